// Runs the public suites of JSON Schema and JsonLogic where they lie beside the project, in
// ../shared/data; elsewhere there is nothing to run.

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "cases/case_file.h"
#include "contract/schema.h"
#include "native/capture.h"
#include "reducer/expression/expression.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

struct Tally {
  int ran = 0;
  int refused = 0;
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

// Of what the suite asks for, only dynamic references may be refused.
void runGroup(const Value& group, Tally& tally) {
  const auto schema = Schema::compile(*member(group, "schema"));
  const auto& tests = member(group, "tests")->items();
  if (!schema) {
    CAPTURE(schema.error().message);
    CHECK(schema.error().where.find("/$dynamicRef") != std::string::npos);
    MESSAGE("refused: " << textOf(group, "description"));
    tally.refused += static_cast<int>(tests.size());
    return;
  }
  for (const auto& test : tests) {
    CAPTURE(textOf(test, "description"));
    CHECK(!schema.value().check(*member(test, "data")) == member(test, "valid")->boolean());
    ++tally.ran;
  }
}

// The rule with `data` as its data: programs give it a whole value as the element of an array.
Value evaluate(const Value& rule, const Value& data) {
  ObjectBuilder map;
  map.set("map", Value(std::vector<Value>{parseJson(R"({ "var": "payload" })").value(), rule}));
  const auto compiled = Expression::compile(std::move(map).build());
  REQUIRE_MESSAGE(compiled.ok(), compiled.error().where << ": " << compiled.error().message);
  const Value payload(std::vector<Value>{data});
  Scope scope;
  scope.payload = &payload;
  return compiled.value().evaluate(scope).items()[0];
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
  MESSAGE("JSON Schema: " << tally.ran << " ran, " << tally.refused
                          << " refused with their schemas");
}

TEST_CASE("the JsonLogic suite holds") {
  const auto cases = readJsonFile(dataFolder() + "/json-logic/cases.json");
  int ran = 0;
  if (cases) {
    for (const auto& example : cases->items()) {
      CAPTURE(textOf(example, "description"));
      const Value* const data = member(example, "data");
      const Value result = evaluate(*member(example, "rule"), data == nullptr ? Value() : *data);
      CHECK(toJson(result) == toJson(*member(example, "result")));
      ++ran;
    }
  }
  MESSAGE("JsonLogic: " << ran << " ran");
}
