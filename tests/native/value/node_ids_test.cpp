#include "value/node_ids.h"

#include <algorithm>

#include "native/value/json_literal.h"
#include "value/draft.h"

using namespace isthmus;

TEST_CASE("a node gets an id when it is shown, keeps it, and is found by it once it is enlisted") {
  const Value value = "[1]"_json;
  CHECK_FALSE(NodeIds::isExposed(value));
  const auto id = NodeIds::expose(value);
  CHECK(id != 0);
  CHECK(NodeIds::isExposed(value));
  CHECK(NodeIds::expose(Value(value)) == id);
  CHECK_FALSE(NodeIds::find(id).has_value());
  CHECK(NodeIds::enlist(value) == id);
  const auto found = NodeIds::find(id);
  REQUIRE(found.has_value());
  CHECK(found->identical(value));
}

TEST_CASE("an id dies with its node, comes back once, and is free again once it was taken") {
  NodeIds::takeReleased();
  NodeId id = 0;
  {
    const Value value = R"({ "a": 1 })"_json;
    id = NodeIds::enlist(value);
  }
  CHECK_FALSE(NodeIds::find(id).has_value());
  const Value other = "[]"_json;
  CHECK(NodeIds::expose(other) != id);
  CHECK(NodeIds::takeReleased() == std::vector<NodeId>{id});
  CHECK(NodeIds::takeReleased().empty());
  CHECK(NodeIds::expose("{}"_json) == id);
}

TEST_CASE("an id that was never given finds nothing") {
  CHECK_FALSE(NodeIds::find(0).has_value());
  CHECK_FALSE(NodeIds::find(~NodeId{0}).has_value());
}

TEST_CASE("the ids of a whole tree come back when its root dies") {
  NodeIds::takeReleased();
  std::vector<NodeId> ids;
  {
    const Value root = "[[1], [[2]]]"_json;
    ids = {NodeIds::expose(root), NodeIds::expose(root.items()[0]),
           NodeIds::expose(root.items()[1].items()[0])};
  }
  auto released = NodeIds::takeReleased();
  std::sort(ids.begin(), ids.end());  // which are given again in any order
  std::sort(released.begin(), released.end());
  CHECK(released == ids);
}

TEST_CASE("a draft never changes a node that was shown, even one it holds alone") {
  Draft draft(R"({ "list": [1] })"_json);
  const auto id = NodeIds::expose(*draft.find({Key("list")}));
  REQUIRE(draft.push({Key("list")}, Value(2.0)).ok());
  CHECK(toJson(draft.root()) == R"({"list":[1,2]})");
  CHECK_FALSE(NodeIds::isExposed(*draft.find({Key("list")})));
  CHECK_FALSE(NodeIds::find(id).has_value());
}

TEST_CASE("a pin keeps a node and what is in it alive until it is taken away") {
  NodeIds::takeReleased();
  NodeId id = 0;
  {
    const Value value = "[[1]]"_json;
    id = NodeIds::pin(value);
    CHECK(NodeIds::pin(value) == id);
    NodeIds::expose(value.items()[0]);
  }
  REQUIRE(NodeIds::find(id).has_value());
  CHECK(toJson(*NodeIds::find(id)) == "[[1]]");
  NodeIds::unpin(id);
  CHECK_FALSE(NodeIds::find(id).has_value());
  CHECK(NodeIds::takeReleased().size() == 2);
}

TEST_CASE("taking away a pin that is not there changes nothing") {
  const Value value = "[1]"_json;
  const auto id = NodeIds::enlist(value);
  NodeIds::unpin(id);
  NodeIds::unpin(0);
  CHECK(NodeIds::find(id).has_value());
}

TEST_CASE("an unpinned node is found no more, unless it was enlisted") {
  const Value value = "[1]"_json;
  const auto id = NodeIds::pin(value);
  NodeIds::unpin(id);
  CHECK_FALSE(NodeIds::find(id));
  NodeIds::enlist(value);
  CHECK(NodeIds::find(id)->identical(value));
}
