#include "contract/never_path.h"

#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

NeverPaths paths(std::string_view json) {
  auto never = readNeverPaths(parseJson(json).value());
  REQUIRE(never.ok());
  return std::move(never).value();
}

}  // namespace

TEST_CASE("a never path removes, unless it says that it refuses") {
  const auto never = paths(R"(["/a", { "path": "/b" }, { "path": "/c", "then": "remove" },
                { "then": "refuse", "path": "/d/e~1f" }])");
  REQUIRE(never.size() == 4);
  for (std::size_t i = 0; i < 3; ++i) CHECK_FALSE(never[i].refuses);
  CHECK(never[3].refuses);
  CHECK(toPointer(never[3].path) == "/d/e~1f");
}

TEST_CASE("parts are taken out of objects, and become null in arrays") {
  const auto never = paths(R"(["/a", "/list/0", "/list/1/x", "/gone/b", "/text/0"])");
  const Value payload = R"({ "a": 1, "list": [1, { "x": 2, "y": 3 }], "text": "abc" })"_json;
  CHECK(toJson(withoutNever(payload, never)) == R"({"list":[null,{"y":3}],"text":"abc"})");
  CHECK(withoutNever("[1]"_json, never).isArray());
  const Value clean = R"({ "b": 1 })"_json;
  CHECK(withoutNever(clean, never).identical(clean));
}

TEST_CASE("a '*' is every element and every member, one of that name included") {
  const auto never = paths(R"(["/cards/*/cvc", "/byId/*/keys/*", "/list/*"])");
  const Value payload = R"({
    "cards": [{ "no": 1, "cvc": 2 }, { "no": 3 }, "text", { "cvc": null }],
    "byId": { "a": { "keys": { "x": 1 } }, "*": { "keys": [1, 2], "b": 3 } },
    "list": [1, [2]], "cvc": 4 })"_json;
  CHECK(toJson(withoutNever(payload, never)) ==
        R"({"cards":[{"no":1},{"no":3},"text",{}],)"
        R"("byId":{"a":{"keys":{}},"*":{"keys":[null,null],"b":3}},"list":[null,null],"cvc":4})");
  CHECK(holdsNever(payload, never));
  CHECK_FALSE(holdsNever(withoutNever(payload, never), never));
  CHECK(holdsNever(R"({ "cards": [{}, { "cvc": 0 }] })"_json, never));
  CHECK_FALSE(holdsNever(R"({ "cards": [{}, { "cvc": null }], "list": [null] })"_json, never));
  const auto refusing = paths(R"([{ "path": "/cards/*/cvc", "then": "refuse" }])");
  CHECK(holdsRefusing(payload, refusing));
  CHECK_FALSE(holdsRefusing(R"({ "cards": [{ "no": 1 }] })"_json, refusing));
}

TEST_CASE("a part is held where it is more than null, and refuses only where told to") {
  const auto never = paths(R"(["/a", { "path": "/b", "then": "refuse" }])");
  CHECK(holdsNever(R"({ "a": false })"_json, never));
  CHECK_FALSE(holdsNever(R"({ "a": null })"_json, never));
  CHECK_FALSE(holdsNever(R"({ "c": { "a": 1 } })"_json, never));
  CHECK_FALSE(holdsRefusing(R"({ "a": 1 })"_json, never));
  CHECK(holdsRefusing(R"({ "a": 1, "b": 1 })"_json, never));
}
