#include "contract/contract_table.h"

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

std::uint32_t versionOf(const ContractTable& table, std::string_view type) {
  const Contract* const contract = table.find(type);
  return contract == nullptr ? 0 : contract->schemaVersion;
}

}  // namespace

TEST_CASE("a contract is found by its type alone") {
  ContractTable table;
  REQUIRE(table.add("cart/add", R"({ "schemaVersion": 2 })"_json, "cart").ok());
  CHECK(versionOf(table, "cart/add") == 2);
  CHECK(table.find("cart/ad") == nullptr);
  CHECK(table.find("") == nullptr);
}

TEST_CASE("an owner replaces its own contract") {
  ContractTable table;
  REQUIRE(table.add("t", R"({ "schemaVersion": 2 })"_json, "cart").ok());
  REQUIRE(table.add("t", R"({ "schemaVersion": 3 })"_json, "cart").ok());
  CHECK(versionOf(table, "t") == 3);
}

TEST_CASE("another owner may define the same, but not otherwise: that names type and both") {
  ContractTable table;
  REQUIRE(table.add("t", R"({ "schemaVersion": 2, "to": "*" })"_json, "cart").ok());
  CHECK(table.add("t", R"({ "to": "*", "schemaVersion": 2.0 })"_json, "profile").ok());
  const auto status = table.add("t", R"({ "schemaVersion": 3 })"_json, "admin");
  REQUIRE_FALSE(status.ok());
  CHECK(toString(status.error().code) == "invalid-definition");
  for (const char* name : {"'t'", "'cart'", "'admin'"}) {
    CAPTURE(name);
    CHECK(status.error().message.find(name) != std::string::npos);
  }
  CHECK(versionOf(table, "t") == 2);
}

TEST_CASE("an owner that shares a contract cannot change it alone") {
  ContractTable table;
  REQUIRE(table.add("t", "{}"_json, "cart").ok());
  REQUIRE(table.add("t", "{}"_json, "profile").ok());
  CHECK_FALSE(table.add("t", R"({ "schemaVersion": 2 })"_json, "cart").ok());
  table.removeOwner("profile");
  CHECK(table.add("t", R"({ "schemaVersion": 2 })"_json, "cart").ok());
}

TEST_CASE("a wrong definition is refused with type and place, and leaves the old contract") {
  ContractTable table;
  REQUIRE(table.add("t", R"({ "schemaVersion": 2 })"_json, "cart").ok());
  const auto status = table.add("t", R"({ "payload": { "not": 1 } })"_json, "cart");
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().where == "/payload/not");
  CHECK(status.error().message.find("'t'") != std::string::npos);
  CHECK(versionOf(table, "t") == 2);
}

TEST_CASE("a contract goes when the last owner of it leaves") {
  ContractTable table;
  REQUIRE(table.add("shared", "{}"_json, "cart").ok());
  REQUIRE(table.add("shared", "{}"_json, "profile").ok());
  REQUIRE(table.add("own", "{}"_json, "cart").ok());
  table.removeOwner("cart");
  CHECK(table.find("own") == nullptr);
  CHECK(table.find("shared") != nullptr);
  table.removeOwner("stranger");
  table.removeOwner("profile");
  CHECK(table.find("shared") == nullptr);
}

TEST_CASE("a table tells its contracts as they were defined, with their owners") {
  ContractTable table;
  REQUIRE(table.add("a", R"({ "to": "*" })"_json, "cart").ok());
  REQUIRE(table.add("a", R"({ "to": "*" })"_json, "profile").ok());
  REQUIRE(table.add("b", "{}"_json, "cart").ok());
  CHECK(toJson(table.toValue()) ==
        R"([{"type":"a","owners":["cart","profile"],"contract":{"to":"*"}},)"
        R"({"type":"b","owners":["cart"],"contract":{}}])");
}
