// Runs the JSON cases natively; tests/web runs the same files through wasm. Each file is a list of
//
//   expressions.json  { name, rule, scope?: { state, payload, meta, item }, result }
//                     { name, rule, refused: pointer into the rule }
//   schema.json       { name, assertFormats?, schema, tests: [{ data, valid }] }
//                     { name, assertFormats?, schema, refused: pointer into the schema }
//   patterns.json     { name, pattern, matches: [text], others: [text] }
//   credentials.json  { kind: of credential, or null, text: [parts] }
//                     in parts, since no key that somebody could take for a real one stands here
//   bridge.json       { name, store, contracts: { type: contract }, counters?,
//                       messages: [{ now, enabled?: true, envelope, expect: "accepted" | reason,
//                                    payload?: of the action that is applied }] }
//                     the store's own sender id is "self"; what is accepted is settled as applied
//   payloads.json     { name, contract, payloads: [{ outbound: shape, expect } or
//                                                  { inbound: shape, expect }] }
//                     expect is "<schemaVersion> <payload>", or the reason, perhaps ": <message>"
//   programs.json     { name, initialState, reducers: { event: steps },
//                       actions: [{ event, payload?, meta?, expect: state } or
//                                 { event, payload?, meta?, error: { step, path } }] }
//                     { name, initialState, reducers, index?, refused: pointer into the program }
//   entities.json     as programs.json; what Redux Toolkit's adapter makes of the same actions

#include <algorithm>
#include <vector>

#include "bridge/bridge.h"
#include "bridge/payload_gate.h"
#include "cases/case_file.h"
#include "contract/credential.h"
#include "contract/pattern/pattern.h"
#include "contract/schema.h"
#include "native/capture.h"
#include "reducer/expression/expression.h"
#include "reducer/program.h"
#include "value/codec.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

void runExpression(const Value& example) {
  const auto rule = Expression::compile(*member(example, "rule"));
  if (member(example, "refused") != nullptr) {
    REQUIRE_FALSE(rule.ok());
    CHECK(rule.error().where == textOf(example, "refused"));
    return;
  }
  REQUIRE_MESSAGE(rule.ok(), rule.error().message);
  Scope scope;
  if (const Value* const roots = member(example, "scope")) {
    scope.state = member(*roots, "state");
    scope.payload = member(*roots, "payload");
    scope.meta = member(*roots, "meta");
    scope.item = member(*roots, "item");
  }
  CHECK(toJson(rule.value().evaluate(scope)) == toJson(*member(example, "result")));
}

SchemaOptions schemaOptions(const Value& example) {
  const Value* const asserts = member(example, "assertFormats");
  SchemaOptions options{.assertFormats = asserts != nullptr};
  if (asserts == nullptr || asserts->isBoolean()) return options;
  for (const auto& name : member(*asserts, "annotations")->items()) {
    options.annotations.emplace_back(name.string());
  }
  return options;
}

void runSchema(const Value& example) {
  const auto schema = Schema::compile(*member(example, "schema"), schemaOptions(example));
  if (member(example, "refused") != nullptr) {
    REQUIRE_FALSE(schema.ok());
    CHECK((schema.error().code == ErrorCode::InvalidDefinition));
    CHECK(schema.error().where == textOf(example, "refused"));
    return;
  }
  REQUIRE_MESSAGE(schema.ok(), schema.error().where << ": " << schema.error().message);
  for (const auto& test : member(example, "tests")->items()) {
    CAPTURE(toJson(*member(test, "data")));
    CHECK(!schema.value().check(*member(test, "data")) == member(test, "valid")->boolean());
  }
}

void runPattern(const Value& example) {
  const auto pattern = Pattern::compile(textOf(example, "pattern"));
  REQUIRE_MESSAGE(pattern.ok(), pattern.error().message);
  for (const std::string_view list : {"matches", "others"}) {
    for (const auto& text : member(example, list)->items()) {
      CAPTURE(toJson(text));
      WorkBudget work(100'000);
      CHECK(pattern.value().matches(text.string(), work) == (list == "matches"));
    }
  }
}

std::string joined(const Value& parts) {
  std::string text;
  for (const auto& part : parts.items()) text += part.string();
  return text;
}

void checkCredential(const Value& example) {
  const std::string text = joined(*member(example, "text"));
  CAPTURE(text);
  const auto found = findCredential(Value(text));
  const Value* const kind = member(example, "kind");
  CHECK((found ? found->kind : "") == (kind->isNull() ? "" : kind->string()));
}

std::string verdict(Bridge& bridge, const Value& message) {
  const Value* const enabled = member(message, "enabled");
  const auto inbound =
      bridge.inbound(encode(*member(message, "envelope")), enabled == nullptr || enabled->boolean(),
                     member(message, "now")->number());
  if (!inbound.accepted) return std::string(toString(inbound.reason));
  bridge.settle(true);
  if (const Value* const payload = member(message, "payload")) {
    CHECK(toJson(*member(inbound.action, "payload")) == toJson(*payload));
  }
  return "accepted";
}

// With its members by name, since the order in which types are counted is nobody's concern.
std::string sorted(const Value& value) {
  if (!value.isObject()) return toJson(value);
  std::vector<std::string> members;
  for (const auto& [key, content] : value.members()) {
    members.push_back(key.text() + ": " + sorted(content));
  }
  std::sort(members.begin(), members.end());
  std::string text = "{";
  for (const auto& entry : members) text += " " + entry + ";";
  return text + " }";
}

void runBridge(const Value& example) {
  BridgeOptions options;
  options.sender = "self";
  options.store = textOf(example, "store");
  Bridge bridge(std::move(options));
  for (const auto& [type, contract] : member(example, "contracts")->members()) {
    REQUIRE(bridge.addContract(type.text(), contract, "case").ok());
  }
  for (const auto& message : member(example, "messages")->items()) {
    CAPTURE(toJson(message));
    CHECK(verdict(bridge, message) == textOf(message, "expect"));
  }
  if (const Value* const counters = member(example, "counters")) {
    CHECK(sorted(bridge.counters().toValue()) == sorted(*counters));
  }
}

std::string textOf(const PayloadGate::Passage& passage, const std::string& expected) {
  const auto& [refusal, shape] = passage;
  if (!refusal) {
    return std::to_string(shape.schemaVersion) + " " + toJson(shape.payload.value_or(Value()));
  }
  const std::string reason(toString(refusal->reason));
  return expected.find(':') == std::string::npos ? reason : reason + ": " + refusal->message;
}

void runPayloads(const Value& example) {
  const Limits limits{.depth = 8, .entries = 32, .stringBytes = 1024};
  const auto gate = PayloadGate::compile("case", *member(example, "contract"), limits);
  REQUIRE_MESSAGE(gate.ok(), gate.error().message);
  for (const auto& one : member(example, "payloads")->items()) {
    CAPTURE(toJson(one));
    const Value* const outbound = member(one, "outbound");
    const auto passage = outbound != nullptr
                             ? gate.value().outbound(encode(*outbound))
                             : gate.value().inbound(encode(*member(one, "inbound")));
    const auto expected = textOf(one, "expect");
    CHECK(textOf(passage, expected) == expected);
  }
}

Action readAction(const Value& example) {
  const Value* const payload = member(example, "payload");
  const Value* const meta = member(example, "meta");
  return {Key("case/" + textOf(example, "event")), payload == nullptr ? Value() : *payload,
          meta == nullptr ? Value() : *meta};
}

void runProgram(const Value& example) {
  ObjectBuilder definition;
  definition.set("name", Value("case"));
  definition.set("initialState", *member(example, "initialState"));
  definition.set("reducers", *member(example, "reducers"));
  if (const Value* const index = member(example, "index")) definition.set("index", *index);
  const auto program = Program::compile(std::move(definition).build());
  if (member(example, "refused") != nullptr) {
    REQUIRE_FALSE(program.ok());
    CHECK((program.error().code == ErrorCode::InvalidDefinition));
    CHECK(program.error().where == textOf(example, "refused"));
    return;
  }
  REQUIRE_MESSAGE(program.ok(), program.error().message);
  Value state = program.value().initialState();
  for (const auto& action : member(example, "actions")->items()) {
    CAPTURE(toJson(action));
    const std::string before = toJson(state);
    auto next = program.value().reduce(state, readAction(action));
    CHECK(toJson(state) == before);
    if (const Value* const expected = member(action, "error")) {
      REQUIRE_FALSE(next.ok());
      CHECK(next.error().step == textOf(*expected, "step"));
      CHECK(next.error().where == textOf(*expected, "path"));
    } else {
      REQUIRE_MESSAGE(next.ok(), next.error().message);
      CHECK(toJson(next.value()) == toJson(*member(action, "expect")));
      state = std::move(next).value();
    }
  }
}

void runAll(const std::string& file, void (*run)(const Value&)) {
  const Value cases = readCases(file);
  for (const auto& example : cases.items()) {
    const std::string name = textOf(example, "name");
    CAPTURE(name);
    run(example);
  }
}

}  // namespace

TEST_CASE("every expression case holds") { runAll("expressions.json", runExpression); }

TEST_CASE("every schema case holds") { runAll("schema.json", runSchema); }

TEST_CASE("every pattern case holds") { runAll("patterns.json", runPattern); }

TEST_CASE("credentials are told from innocent texts, each with its kind") {
  const Value cases = readCases("credentials.json");
  for (const auto& example : cases.items()) checkCredential(example);
}

TEST_CASE("every bridge case holds") { runAll("bridge.json", runBridge); }

TEST_CASE("every payload case holds") { runAll("payloads.json", runPayloads); }

TEST_CASE("every program case holds") { runAll("programs.json", runProgram); }

TEST_CASE("every entity case holds") { runAll("entities.json", runProgram); }
