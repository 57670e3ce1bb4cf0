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

TEST_CASE("a part is held where it is more than null, and refuses only where told to") {
  const auto never = paths(R"(["/a", { "path": "/b", "then": "refuse" }])");
  CHECK(holdsNever(R"({ "a": false })"_json, never));
  CHECK_FALSE(holdsNever(R"({ "a": null })"_json, never));
  CHECK_FALSE(holdsNever(R"({ "c": { "a": 1 } })"_json, never));
  CHECK_FALSE(holdsRefusing(R"({ "a": 1 })"_json, never));
  CHECK(holdsRefusing(R"({ "a": 1, "b": 1 })"_json, never));
}
