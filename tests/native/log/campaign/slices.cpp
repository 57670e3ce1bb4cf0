#include "native/log/campaign/slices.h"

#include <array>
#include <map>
#include <string>

#include "log/action_keys.h"
#include "value/json.h"
#include "value/object_builder.h"

namespace isthmus::campaign {
namespace {

constexpr std::uint64_t kDigests = 1000;
constexpr std::uint64_t kSeeds = 1000;
constexpr std::array<const char*, kOperations> kOperationNames{"inc", "append", "set", "moody"};
constexpr std::array<const char*, kOperations> kSteps{
    R"([{ "op": "inc", "path": "/sum", "value": { "var": "payload.by" } }])",
    R"([{ "op": "push", "path": "/list", "value": { "var": "payload.id" } },
        { "op": "set", "path": "/order", "value":
          { "%": [{ "+": [{ "*": [{ "var": "state.order" }, 31] }, { "var": "payload.id" }] },
                  1000003] } }])",
    R"([{ "op": "set", "path": "/order", "value": { "var": "payload.by" } }])",
    R"([{ "op": "inc", "path": "/sum", "value":
          { "if": [{ "===": [{ "%": [{ "var": "state.order" }, 4] }, 0] }, "no", 0] } },
        { "op": "set", "path": "/order", "value":
          { "%": [{ "+": [{ "*": [{ "var": "state.order" }, 17] }, 7] }, 1000003] } }])"};

std::string typeOf(unsigned mask, int operation) {
  return "to" + std::to_string(mask) + "/" + kOperationNames[static_cast<std::size_t>(operation)];
}

Value stateOf(int seed) {
  ObjectBuilder state;
  state.set("sum", Value(seed * 1000.0));
  state.set("order", Value(seed * 77.0 + 1));
  state.set("list", Value(Value::Items{}));
  return std::move(state).build();
}

std::uint64_t digestOf(int seed) { return kDigests + static_cast<std::uint64_t>(seed); }

std::map<std::uint64_t, Value>& toldSeeds() {
  static auto* const seeds = new std::map<std::uint64_t, Value>;
  return *seeds;
}

Program compile(int slice) {
  ObjectBuilder on;
  for (unsigned mask = 1; mask < 1U << static_cast<unsigned>(kSlices); ++mask) {
    if ((mask >> static_cast<unsigned>(slice) & 1U) == 0) continue;
    for (int operation = 0; operation < kOperations; ++operation) {
      on.set(typeOf(mask, operation),
             parseJson(kSteps[static_cast<std::size_t>(operation)]).value());
    }
  }
  ObjectBuilder definition;
  definition.set("name", Value(nameOf(slice).text()));
  definition.set("initialState", initialState());
  definition.set("reducers", Value(Value::Members{}));
  definition.set("on", std::move(on).build());
  return Program::compile(std::move(definition).build()).value();
}

std::shared_ptr<const Program> sharedProgram(int slice) {
  static const std::array<std::shared_ptr<const Program>, kSlices> kPrograms{
      std::make_shared<Program>(compile(0)), std::make_shared<Program>(compile(1)),
      std::make_shared<Program>(compile(2))};
  return kPrograms[static_cast<std::size_t>(slice)];
}

}  // namespace

const Program& programOf(int slice) { return *sharedProgram(slice); }

Key nameOf(int slice) { return Key("slice" + std::to_string(slice)); }

Value initialState() { return stateOf(0); }

Value seedState(std::uint64_t digest) {
  const auto told = toldSeeds().find(digest);
  return told == toldSeeds().end() ? stateOf(static_cast<int>(digest - kDigests)) : told->second;
}

void tellSeed(std::uint64_t digest, const Value& state) {
  if (digest - kDigests >= kSeeds) toldSeeds().try_emplace(digest, state);
}

ConvergingSlice sliceOf(int slice, int seed) {
  return {nameOf(slice), nameOf(slice),  slice == kScripted ? nullptr : sharedProgram(slice),
          stateOf(seed), digestOf(seed), initialState(),
          digestOf(0)};
}

Value actionValue(unsigned mask, int operation, int by, int id) {
  ObjectBuilder payload;
  payload.set("by", Value(static_cast<double>(by)));
  payload.set("id", Value(static_cast<double>(id)));
  ObjectBuilder action;
  action.set("type", Value(typeOf(mask, operation)));
  action.set("payload", std::move(payload).build());
  return std::move(action).build();
}

Action actionOf(const Value& action) {
  return {Key(action.find(typeKey())->string()), *action.find(payloadKey()), {}};
}

double incrementOf(const Value& action, int slice) {
  const std::string_view type = action.find(typeKey())->string();
  if (!type.ends_with("/inc")) return 0;
  const auto mask = static_cast<unsigned>(type[2] - '0');
  const bool isFor = (mask >> static_cast<unsigned>(slice) & 1U) != 0;
  return isFor ? action.find(payloadKey())->find(Key("by"))->number() : 0;
}

Value reduced(int slice, const Value& state, const Action& action) {
  const auto next = programOf(slice).reduce(state, action);
  return next ? next.value() : state;
}

}  // namespace isthmus::campaign
