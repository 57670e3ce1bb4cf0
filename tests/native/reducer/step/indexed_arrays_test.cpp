#include "reducer/step/indexed_arrays.h"

#include <doctest/doctest.h>

#include <random>

#include "native/capture.h"
#include "native/rounds.h"
#include "native/value/json_literal.h"
#include "reducer/program.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

// Every way in which an array or its elements change, and upserts by two members.
const char* const kReducers = R"({
  "bySku": [{ "op": "upsert", "path": "/items", "by": "sku", "value": { "var": "payload.item" } }],
  "byEan": [{ "op": "upsert", "path": "/items", "by": "ean", "value": { "var": "payload.item" },
              "onMatch": [{ "op": "inc", "path": "/q" }] }],
  "twice": [{ "op": "upsert", "path": "/items", "by": "sku", "value": { "var": "payload.item" } },
            { "op": "upsert", "path": "/items", "by": "ean", "value": { "var": "payload.item" } }],
  "count": [{ "op": "set", "path": ["items", { "var": "payload.at" }, "q"], "value": 0 }],
  "rename": [{ "op": "set", "path": ["items", { "var": "payload.at" }, "sku"],
               "value": { "var": "payload.item.sku" } }],
  "unname": [{ "op": "unset", "path": ["items", { "var": "payload.at" }, "ean"] }],
  "merge": [{ "op": "merge", "path": ["items", { "var": "payload.at" }],
              "value": { "var": "payload.item" } }],
  "replace": [{ "op": "set", "path": ["items", { "var": "payload.at" }],
                "value": { "var": "payload.item" } }],
  "push": [{ "op": "push", "path": "/items", "value": { "var": "payload.item" } }],
  "insert": [{ "op": "insert", "path": ["items", { "var": "payload.at" }],
               "value": { "var": "payload.item" } }],
  "remove": [{ "op": "unset", "path": ["items", { "var": "payload.at" }] }],
  "drop": [{ "op": "removeWhere", "path": "/items",
             "where": { "===": [{ "var": "item.sku" }, { "var": "payload.item.sku" }] } }],
  "odd": [{ "op": "push", "path": "/items", "value": { "var": "payload.at" } }],
  "all": [{ "op": "set", "path": "/items", "value": { "var": "state.items" } }]
})";

Program compiled(const char* index) {
  ObjectBuilder definition;
  definition.set("name", Value("cart"));
  definition.set("initialState", R"({ "items": [] })"_json);
  definition.set("reducers", parseJson(kReducers).value());
  if (index != nullptr) definition.set("index", parseJson(index).value());
  auto program = Program::compile(std::move(definition).build());
  REQUIRE_MESSAGE(program.ok(), program.error().message);
  return std::move(program).value();
}

Value randomKey(std::mt19937& random) {
  const auto number = static_cast<double>(random() % 60);
  if (random() % 20 == 0) return random() % 2 == 0 ? Value() : Value(true);
  if (random() % 2 == 0) return Value(random() % 50 == 0 ? -0.0 : number);
  return Value(std::to_string(static_cast<int>(number)));
}

Value randomPayload(std::mt19937& random, std::size_t size) {
  ObjectBuilder item;
  item.set("sku", randomKey(random));
  if (random() % 8 != 0) item.set("ean", randomKey(random));
  item.set("q", Value(static_cast<double>(random() % 5)));
  ObjectBuilder payload;
  payload.set("item", std::move(item).build());
  payload.set("at", Value(static_cast<double>(random() % (size + 1))));
  return std::move(payload).build();
}

struct Malformed {
  const char* index;
  const char* where;
};

constexpr Malformed kMalformed[] = {
    {"[]", "/index"},
    {"\"/items\"", "/index"},
    {R"({ "items": ["sku"] })", "/index/items"},
    {R"({ "/a~2": ["sku"] })", "/index/~1a~02"},
    {R"({ "/items": "sku" })", "/index/~1items"},
    {R"({ "/items": { "0": "sku" } })", "/index/~1items"},
    {R"({ "/items": ["sku", null] })", "/index/~1items/1"},
};

}  // namespace

TEST_CASE("an index that is malformed is refused with its place") {
  for (const auto& [index, where] : kMalformed) {
    CAPTURE(index);
    ObjectBuilder definition;
    definition.set("name", Value("cart"));
    definition.set("initialState", Value());
    definition.set("index", parseJson(index).value());
    const auto program = Program::compile(std::move(definition).build());
    REQUIRE_FALSE(program.ok());
    CHECK((program.error().code == ErrorCode::InvalidDefinition));
    CHECK(program.error().where == where);
  }
}

TEST_CASE("upserts with an index do what they do without, at any version of the state") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  const Program indexed = compiled(R"({ "/items": ["sku", "ean"] })");
  const Program scanned = compiled(nullptr);
  const auto types = indexed.types();
  std::vector<std::pair<Value, Value>> versions{{indexed.initialState(), scanned.initialState()}};
  for (int step = 0; step < rounds(20'000); ++step) {
    // Mostly the latest version, sometimes one before it, as time travel has it.
    const auto from = random() % 4 != 0 ? versions.size() - 1 : random() % versions.size();
    const auto [state, plain] = versions[from];
    const auto size = state.find(Key("items"))->items().size();
    const bool isGrowing = size < 40 || random() % 3 == 0;
    const Key type = isGrowing ? Key("cart/bySku") : types[random() % types.size()];
    const Value payload = randomPayload(random, size);
    CAPTURE(type.text());
    CAPTURE(toJson(payload));
    const auto next = indexed.reduce(state, {type, payload, {}});
    const auto expected = scanned.reduce(plain, {type, payload, {}});
    REQUIRE(next.ok() == expected.ok());
    if (!next) continue;
    REQUIRE(equal(next.value(), expected.value()));
    versions.emplace_back(next.value(), expected.value());
    if (versions.size() > 20) versions.erase(versions.begin());
  }
}
