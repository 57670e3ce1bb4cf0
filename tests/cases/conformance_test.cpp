// Runs the public suites of JSON Schema and JsonLogic where they lie beside the project, in
// ../shared/data; elsewhere there is nothing to run.

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "cases/case_file.h"
#include "contract/schema.h"
#include "reducer/expression.h"

using namespace isthmus;

namespace {

struct Tally {
  int ran = 0;
  int unsupported = 0;
};

std::string dataFolder() { return casesFolder() + "/../../../shared/data"; }

std::vector<std::string> schemaFiles() {
  std::vector<std::string> paths;
  std::error_code absent;
  for (const auto& entry :
       std::filesystem::directory_iterator(dataFolder() + "/json-schema", absent)) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path().string());
  }
  return paths;
}

void runGroup(const Value& group, Tally& tally) {
  const auto schema = Schema::compile(*member(group, "schema"));
  const auto& tests = member(group, "tests")->items();
  if (!schema) {
    tally.unsupported += static_cast<int>(tests.size());
    return;
  }
  for (const auto& test : tests) {
    CAPTURE(textOf(test, "description"));
    CHECK(!schema.value().check(*member(test, "data")) == member(test, "valid")->boolean());
    ++tally.ran;
  }
}

bool mentionsVar(const Value& rule) {
  if (rule.isArray()) {
    return std::any_of(rule.items().begin(), rule.items().end(), mentionsVar);
  }
  if (!rule.isObject()) return false;
  return member(rule, "var") != nullptr ||
         std::any_of(rule.members().begin(), rule.members().end(),
                     [](const auto& entry) { return mentionsVar(entry.value); });
}

}  // namespace

TEST_CASE("the JSON Schema Test Suite holds for every schema that is not refused") {
  Tally tally;
  for (const auto& path : schemaFiles()) {
    CAPTURE(path);
    const auto groups = readJsonFile(path);
    for (const auto& group : groups->items()) {
      CAPTURE(textOf(group, "description"));
      runGroup(group, tally);
    }
  }
  MESSAGE("JSON Schema: " << tally.ran << " ran, " << tally.unsupported
                          << " refused with their schemas");
}

TEST_CASE("the JsonLogic suite holds for every rule without data that is not refused") {
  const auto cases = readJsonFile(dataFolder() + "/json-logic/cases.json");
  Tally tally;
  for (const auto& example : cases ? cases->items() : Sequence<Value>{}) {
    const Value& rule = *member(example, "rule");
    const auto expression = Expression::compile(rule);
    if (mentionsVar(rule) || !expression) {
      ++tally.unsupported;
      continue;
    }
    CAPTURE(toJson(rule));
    Scope scope;
    CHECK(toJson(expression.value().evaluate(scope)) == toJson(*member(example, "result")));
    ++tally.ran;
  }
  MESSAGE("JsonLogic: " << tally.ran << " ran, " << tally.unsupported << " refused or with data");
}
