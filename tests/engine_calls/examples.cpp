#include "engine_calls/examples.h"

#include <algorithm>

#include "native/reducer/model/random_program.h"
#include "value/json.h"

namespace isthmus::calls {
namespace {

constexpr std::size_t kRandom = 4;
constexpr std::size_t kRandomReducers = 4;
constexpr std::size_t kPayloads = 24;
constexpr std::size_t kIds = 5;

constexpr const char* kCounter = R"({ "name": "counter",
  "initialState": { "n": 0, "history": [], "name": "none" },
  "reducers": {
    "inc": [{ "op": "inc", "path": "/n" }],
    "add": [{ "op": "inc", "path": "/n", "value": { "var": "payload.n" } },
            { "op": "push", "path": "/history", "value": { "var": "payload.n" } }],
    "name": [{ "op": "set", "path": "/name", "value": { "var": "payload.sku" } }],
    "reset": [{ "op": "reset" }] },
  "on": { "cart/clear": [{ "op": "set", "path": "/n", "value": 0 }] } })";

constexpr const char* kCart = R"({ "name": "cart",
  "initialState": { "items": [], "total": 0 }, "index": { "/items": ["sku"] },
  "reducers": {
    "add": [{ "op": "upsert", "path": "/items", "by": "sku",
              "value": { "object": { "sku": { "var": "payload.sku" }, "q": 1 } },
              "onMatch": [{ "op": "inc", "path": "/q" }] },
            { "op": "inc", "path": "/total" }],
    "mark": [{ "op": "updateWhere", "path": "/items",
               "where": { "===": [{ "var": "item.sku" }, { "var": "payload.sku" }] },
               "onMatch": [{ "op": "set", "path": "/seen", "value": { "var": "payload" } }] }],
    "drop": [{ "op": "removeWhere", "path": "/items",
               "where": { ">": [{ "var": "item.q" }, { "var": "payload.n" }] } }],
    "clear": [{ "op": "set", "path": "/items", "value": [] }] },
  "on": { "counter/inc": [{ "op": "inc", "path": "/total" }] } })";

constexpr const char* kPeople = R"({ "name": "people",
  "initialState": { "ids": [], "entities": {} },
  "reducers": {
    "add": [{ "op": "addMany", "path": "", "sortBy": "n",
              "value": { "var": "payload.names.entities" } }],
    "set": [{ "op": "upsertMany", "path": "", "sortBy": "n",
              "value": { "var": "payload.names.entities" } }],
    "update": [{ "op": "updateMany", "path": "", "sortBy": "n",
                 "value": { "var": "payload.names.updates" } }],
    "remove": [{ "op": "removeMany", "path": "", "value": { "var": "payload.names.ids" } }] },
  "on": { "flag/set": [{ "op": "removeAll", "path": "" }] } })";

constexpr const char* kFlag = R"({ "name": "flag", "initialState": false,
  "reducers": { "set": [{ "op": "set", "path": "", "value": { "var": "payload.n" } }],
                "nest": [{ "op": "set", "path": "",
                           "value": { "object": { "within": { "var": "state" } } } }] } })";

// More members than JavaScript is shown at once, and a list long enough to be shown by its changes.
std::string large() {
  std::string members;
  std::string items;
  for (int i = 0; i < 70; ++i) {
    const auto number = std::to_string(i);
    members +=
        (i == 0 ? "\"k" : ",\"k") + number + "\":" + (i % 8 == 0 ? "[" + number + "]" : number);
    items += (i == 0 ? "" : ",") + (i % 8 == 0 ? "{\"i\":" + number + "}" : number);
  }
  return R"({ "name": "large", "initialState": { "map": {)" + members + R"(}, "list": [)" + items +
         R"(] }, "reducers": {
    "set": [{ "op": "set", "path": ["map", { "var": "payload.key" }],
              "value": { "var": "payload.n" } }],
    "at": [{ "op": "set", "path": ["list", { "var": "payload.n" }],
             "value": { "var": "payload.sku" } }],
    "push": [{ "op": "push", "path": "/list", "value": { "var": "payload.names.entity" } }],
    "shift": [{ "op": "remove", "path": "/list/0" }] } })";
}

std::string random(unsigned seed) {
  model::RandomProgram program(seed, kIds);
  std::string reducers;
  for (std::size_t i = 0; i < kRandomReducers; ++i) {
    reducers += (i == 0 ? "\"run" : ",\"run") + std::to_string(i) +
                "\":" + program.steps(1 + program.below(3));
  }
  const std::string index = seed % 2 == 0 ? R"("index":{"/items":["sku","q"]},)" : "";
  return R"({"name":"random)" + std::to_string(seed) + "\"," + index + R"("initialState":)" +
         program.initialState() + R"(,"reducers":{)" + reducers + "}}";
}

Example example(const std::string& json) {
  Example made{parseJson(json).value(), {}, {}};
  made.initialState = *made.definition.find(Key("initialState"));
  const std::string name(made.definition.find(Key("name"))->string());
  for (const char* const field : {"reducers", "on"}) {
    const Value* const reducers = made.definition.find(Key(field));
    if (reducers == nullptr) continue;
    const std::string prefix = field == std::string("on") ? "" : name + "/";
    for (const auto& reducer : reducers->members()) {
      made.steps.emplace(prefix + reducer.key.text(), reducer.value);
    }
  }
  return made;
}

}  // namespace

const std::vector<Example>& examples() {
  static const auto* const all = [] {
    auto* const made = new std::vector<Example>;
    for (const auto& json : {std::string(kCounter), std::string(kCart), std::string(kPeople),
                             std::string(kFlag), large()}) {
      made->push_back(example(json));
    }
    for (unsigned i = 1; i <= kRandom; ++i) made->push_back(example(random(i)));
    return made;
  }();
  return *all;
}

const std::vector<std::string>& types() {
  static const auto* const all = [] {
    auto* const made = new std::vector<std::string>{"nobody/handles"};
    for (const auto& from : examples()) {
      for (const auto& [type, steps] : from.steps) {
        if (std::find(made->begin(), made->end(), type) == made->end()) made->push_back(type);
      }
    }
    return made;
  }();
  return *all;
}

const std::vector<Value>& payloads() {
  static const auto* const all = [] {
    auto* const made = new std::vector<Value>{Value()};
    for (unsigned i = 1; i < kPayloads; ++i) {
      made->push_back(parseJson(model::RandomProgram(i, kIds).payload()).value());
    }
    return made;
  }();
  return *all;
}

const std::vector<std::string>& pointers() {
  static const auto* const all = new std::vector<std::string>{"",
                                                              "/n",
                                                              "/name",
                                                              "/history",
                                                              "/history/0",
                                                              "/items",
                                                              "/items/0",
                                                              "/items/0/q",
                                                              "/items/1/sku",
                                                              "/total",
                                                              "/ids",
                                                              "/ids/0",
                                                              "/entities",
                                                              "/entities/k1",
                                                              "/entities/k1/n",
                                                              "/map",
                                                              "/map/k1",
                                                              "/map/k8",
                                                              "/list",
                                                              "/list/0",
                                                              "/list/1",
                                                              "/list/8/i",
                                                              "/free",
                                                              "/free/list/0",
                                                              "/free/object",
                                                              "/free/object/k",
                                                              "/people/ids",
                                                              "/within/within",
                                                              "/codes/entities"};
  return *all;
}

}  // namespace isthmus::calls
