#include "contract/casters.h"

#include <tuple>

#include "native/value/json_literal.h"
#include "value/path.h"

using namespace isthmus;

namespace {

constexpr Limits kLimits{.depth = 8, .entries = 100, .stringBytes = 1000};

// 1 { user }  2 { user: { name } }  3 { name, total }
Casters userCasters() {
  Casters casters;
  REQUIRE(casters
              .addUp(R"({
      "1": [{ "op": "set", "path": "/user", "value": { "object": { "name": { "var": "state.user" } } } }],
      "2": [{ "op": "set", "path": "/name", "value": { "var": "payload.user.name" } },
            { "op": "remove", "path": "/user" },
            { "op": "set", "path": "/total", "value": { "var": "meta.total" } }] })"_json)
              .ok());
  REQUIRE(
      casters
          .addDown(
              R"({ "2": [{ "op": "set", "path": "/user", "value": { "var": "state.user.name" } }] })"_json)
          .ok());
  return casters;
}

std::string cast(const Casters& casters, std::string_view payload, std::uint64_t from,
                 std::uint64_t to) {
  const auto result =
      casters.cast(parseJson(payload).value(), R"({ "total": 7 })"_json, from, to, kLimits);
  return result ? toJson(result.value()) : result.error().message;
}

}  // namespace

TEST_CASE("casters carry a payload version by version, up and down") {
  const Casters casters = userCasters();
  CHECK(cast(casters, R"({ "user": "Ann" })", 1, 1) == R"({"user":"Ann"})");
  CHECK(cast(casters, R"({ "user": "Ann" })", 1, 2) == R"({"user":{"name":"Ann"}})");
  CHECK(cast(casters, R"({ "user": "Ann" })", 1, 3) == R"({"name":"Ann","total":7})");
  CHECK(cast(casters, R"({ "user": { "name": "Ann" } })", 2, 1) == R"({"user":"Ann"})");
}

TEST_CASE("a version is reached where there are casters all the way") {
  const Casters casters = userCasters();
  CHECK(casters.reach(1, 3));
  CHECK(casters.reach(2, 1));
  CHECK(casters.reach(9, 9));
  CHECK_FALSE(casters.reach(3, 1));
  CHECK_FALSE(casters.reach(1, 4));
  CHECK_FALSE(casters.reach(9'007'199'254'740'991, 1));
  CHECK_FALSE(casters.reach(1, 9'007'199'254'740'991));
}

TEST_CASE("a step that cannot apply is told by version and place, without the payload") {
  const std::string text = cast(userCasters(), R"({ "hunter2": "hunter2" })", 2, 3);
  CHECK(text.find("version 2") != std::string::npos);
  CHECK(text.find("/1") != std::string::npos);
  CHECK(text.find("hunter2") == std::string::npos);
  CHECK(cast(userCasters(), "null", 1, 2).find("version 1") != std::string::npos);
}

TEST_CASE("reset goes back to the payload as it was") {
  Casters casters;
  REQUIRE(casters
              .addUp(R"({ "1": [{ "op": "set", "path": "/a", "value": 2 },
                                { "op": "reset", "path": "/a" }] })"_json)
              .ok());
  CHECK(cast(casters, R"({ "a": 1 })", 1, 2) == R"({"a":1})");
}

TEST_CASE("what grows beyond the limits fails, however small it is in memory") {
  const std::string_view twice =
      R"({ "op": "set", "path": "", "value": { "object": { "a": { "var": "state" }, "b": { "var": "state" } } } })";
  std::string steps = "[" + std::string(twice);
  for (int i = 0; i < 5; ++i) steps += "," + std::string(twice);
  Casters casters;
  REQUIRE(casters.addUp(parseJson("{ \"1\": " + steps + "] }").value()).ok());
  CHECK(cast(casters, "1", 1, 2).find("too large") != std::string::npos);

  Casters texts;
  REQUIRE(texts
              .addUp(R"({ "1": [{ "op": "set", "path": "",
                                  "value": { "cat": [{ "var": "state" }, { "var": "state" }] } }] })"_json)
              .ok());
  CHECK(cast(texts, "\"" + std::string(500, 'x') + "\"", 1, 2).size() == 1002);
  CHECK(cast(texts, "\"" + std::string(501, 'x') + "\"", 1, 2).find("too large") !=
        std::string::npos);
}

TEST_CASE("there are at most 64 casters in a direction") {
  std::string definition = "{ \"1\": []";
  for (int i = 2; i <= 64; ++i) definition += ", \"" + std::to_string(i) + "\": []";
  Casters casters;
  CHECK(casters.addUp(parseJson(definition + " }").value()).ok());
  CHECK(cast(casters, "1", 1, 65) == "1");
  CHECK_FALSE(Casters().addUp(parseJson(definition + ", \"65\": [] }").value()).ok());
}

TEST_CASE("all casters of a payload together take no more than an action may") {
  const std::string step =
      R"([{ "op": "set", "path": "/n", "value": { "map": [{ "var": "state.items" }, 1] } }])";
  Casters casters;
  REQUIRE(casters.addUp(parseJson(R"({ "1": )" + step + R"(, "2": )" + step + "}").value()).ok());
  std::string items = "0";
  for (int i = 1; i < 100; ++i) items += ",0";
  const Value payload = parseJson(R"({ "items": [)" + items + "] }").value();
  for (const auto& [to, steps, isEnough] :
       {std::tuple(2U, 150U, true), std::tuple(3U, 150U, false), std::tuple(3U, 400U, true)}) {
    const auto result = casters.cast(payload, {}, 1, to, {}, {.steps = steps});
    REQUIRE(result.ok() == isEnough);
    if (isEnough) continue;
    CHECK((result.error().code == ErrorCode::TooLarge));
    CHECK(result.error().message.find("version 2") != std::string::npos);
    CHECK(result.error().message.find("limits.actionSteps") != std::string::npos);
  }
}
