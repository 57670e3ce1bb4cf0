#include "value/draft.h"

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

Path at(std::string_view pointer) { return parsePointer(pointer).value(); }

constexpr std::string_view kState =
    R"({ "list": [1, [2], 3], "map": { "a": { "b": 1 } }, "n": 0 })";

}  // namespace

TEST_CASE("a draft writes where it is told, and the root it began with stays as it was") {
  struct Case {
    std::string_view what;
    Status (*change)(Draft&);
    std::string_view after;
  };
  const Case cases[] = {
      {"set a member", [](Draft& d) { return d.set(at("/n"), Value(1.0)); },
       R"({"list":[1,[2],3],"map":{"a":{"b":1}},"n":1})"},
      {"set a deep member", [](Draft& d) { return d.set(at("/map/a/b"), Value(2.0)); },
       R"({"list":[1,[2],3],"map":{"a":{"b":2}},"n":0})"},
      {"add a member", [](Draft& d) { return d.set(at("/map/c"), Value()); },
       R"({"list":[1,[2],3],"map":{"a":{"b":1},"c":null},"n":0})"},
      {"add an integer-like key", [](Draft& d) { return d.set(at("/0"), Value()); },
       R"({"0":null,"list":[1,[2],3],"map":{"a":{"b":1}},"n":0})"},
      {"set an element", [](Draft& d) { return d.set(at("/list/1"), Value("x")); },
       R"({"list":[1,"x",3],"map":{"a":{"b":1}},"n":0})"},
      {"set the root", [](Draft& d) { return d.set({}, Value("all")); }, R"("all")"},
      {"remove a member", [](Draft& d) { return d.remove(at("/map/a")); },
       R"({"list":[1,[2],3],"map":{},"n":0})"},
      {"remove an element", [](Draft& d) { return d.remove(at("/list/0")); },
       R"({"list":[[2],3],"map":{"a":{"b":1}},"n":0})"},
      {"insert in front", [](Draft& d) { return d.insert(at("/list/0"), Value(0.0)); },
       R"({"list":[0,1,[2],3],"map":{"a":{"b":1}},"n":0})"},
      {"insert at the end", [](Draft& d) { return d.insert(at("/list/3"), Value(4.0)); },
       R"({"list":[1,[2],3,4],"map":{"a":{"b":1}},"n":0})"},
      {"push into an inner array", [](Draft& d) { return d.push(at("/list/1"), Value(9.0)); },
       R"({"list":[1,[2,9],3],"map":{"a":{"b":1}},"n":0})"},
      {"put the root into itself", [](Draft& d) { return d.set(at("/n"), d.root()); },
       R"({"list":[1,[2],3],"map":{"a":{"b":1}},"n":{"list":[1,[2],3],"map":{"a":{"b":1}},"n":0}})"},
  };
  const std::string before = toJson(parseJson(kState).value());
  for (const auto& [what, change, after] : cases) {
    CAPTURE(what);
    const Value root = parseJson(kState).value();
    Draft draft(root);
    REQUIRE(change(draft).ok());
    CHECK(toJson(draft.root()) == after);
    CHECK(toJson(root) == before);
  }
}

TEST_CASE("a change that has no place is a failed step that names the path") {
  struct Case {
    std::string_view what;
    Status (*change)(Draft&);
    std::string_view where;
  };
  const Case cases[] = {
      {"set below nothing", [](Draft& d) { return d.set(at("/x/y"), Value()); }, "/x"},
      {"set below a number", [](Draft& d) { return d.set(at("/n/y"), Value()); }, "/n/y"},
      {"set behind the end", [](Draft& d) { return d.set(at("/list/3"), Value()); }, "/list/3"},
      {"set a word of an array", [](Draft& d) { return d.set(at("/list/a"), Value()); }, "/list/a"},
      {"remove nothing", [](Draft& d) { return d.remove(at("/map/x")); }, "/map/x"},
      {"remove behind the end", [](Draft& d) { return d.remove(at("/list/3")); }, "/list/3"},
      {"remove the root", [](Draft& d) { return d.remove({}); }, ""},
      {"insert beyond the end", [](Draft& d) { return d.insert(at("/list/4"), Value()); },
       "/list/4"},
      {"insert into an object", [](Draft& d) { return d.insert(at("/map/0"), Value()); }, "/map/0"},
      {"insert the root", [](Draft& d) { return d.insert({}, Value()); }, ""},
      {"push to an object", [](Draft& d) { return d.push(at("/map"), Value()); }, "/map"},
      {"push to nothing", [](Draft& d) { return d.push(at("/x"), Value()); }, "/x"},
  };
  for (const auto& [what, change, where] : cases) {
    CAPTURE(what);
    const Value root = parseJson(kState).value();
    const std::string before = toJson(root);
    Draft draft(root);
    const auto status = change(draft);
    REQUIRE_FALSE(status.ok());
    CHECK(toString(status.error().code) == "step-failed");
    CHECK(status.error().where == where);
    CHECK_FALSE(status.error().message.empty());
    CHECK(toJson(root) == before);
  }
}

TEST_CASE("writing an equal value keeps the very root") {
  const Value root = parseJson(kState).value();
  const std::pair<std::string_view, std::string_view> writes[] = {
      {"/n", "0"},        {"/list", "[1, [2], 3]"},
      {"/list/1", "[2]"}, {"/map", R"({ "a": { "b": 1 } })"},
      {"", kState},
  };
  for (const auto& [pointer, json] : writes) {
    CAPTURE(pointer);
    Draft draft(root);
    REQUIRE(draft.set(at(pointer), parseJson(json).value()).ok());
    CHECK(draft.root().identical(root));
  }
  Draft draft(root);
  REQUIRE(draft.set(at("/n"), Value(-0.0)).ok());
  CHECK_FALSE(draft.root().identical(root));
}

TEST_CASE("a change copies the path to it and shares everything else") {
  const Value root = parseJson(kState).value();
  Draft draft(root);
  REQUIRE(draft.set(at("/map/a/b"), Value(2.0)).ok());
  CHECK(draft.find(at("/list"))->identical(*find(root, at("/list"))));
  CHECK_FALSE(draft.find(at("/map"))->identical(*find(root, at("/map"))));
}

TEST_CASE("writing a partly equal value keeps the nodes of the equal parts") {
  const Value root = parseJson(kState).value();
  Draft draft(root);
  REQUIRE(draft.set(at("/list"), "[1, [2], 4]"_json).ok());
  CHECK(draft.find(at("/list/1"))->identical(*find(root, at("/list/1"))));
}

TEST_CASE("nodes that the draft made itself are changed in place, others never") {
  const Value root = parseJson(kState).value();
  Draft draft(root);
  REQUIRE(draft.push(at("/list"), Value(4.0)).ok());
  const auto* const items = &draft.find(at("/list"))->items();
  REQUIRE(draft.push(at("/list"), Value(5.0)).ok());
  CHECK(&draft.find(at("/list"))->items() == items);
  const Value held = *draft.find(at("/list"));
  REQUIRE(draft.push(at("/list"), Value(6.0)).ok());
  CHECK(toJson(held) == "[1,[2],3,4,5]");
  CHECK(toJson(*draft.find(at("/list"))) == "[1,[2],3,4,5,6]");
  CHECK(toJson(root) == toJson(parseJson(kState).value()));
}

TEST_CASE("the depth of a drafted value covers what was put into it") {
  Draft draft(R"({ "a": [] })"_json);
  CHECK(draft.root().depth() == 2);
  REQUIRE(draft.push(at("/a"), "[[1]]"_json).ok());
  CHECK(draft.root().depth() == 4);
  REQUIRE(draft.set(at("/a/0/0/0"), R"({ "b": {} })"_json).ok());
  CHECK(draft.root().depth() == 6);
  REQUIRE(draft.insert(at("/a/0"), "[[[[[]]]]]"_json).ok());
  CHECK(draft.root().depth() == 7);
}

TEST_CASE("a depth follows the value: what was deep and is gone again counts no more") {
  Draft draft(R"({ "a": [[]], "deep": { "b": [[[1]]] }, "list": [[[1]], [[2]]] })"_json);
  CHECK_FALSE(draft.root().isDeeperThan(5));
  CHECK(draft.root().isDeeperThan(4));
  REQUIRE(draft.remove(at("/deep")).ok());
  CHECK_FALSE(draft.root().isDeeperThan(4));
  CHECK(draft.root().isDeeperThan(3));
  REQUIRE(draft.remove(at("/list/0")).ok());
  REQUIRE(draft.set(at("/list/0"), Value(1.0)).ok());
  CHECK_FALSE(draft.root().isDeeperThan(3));
  REQUIRE(draft.remove(at("/list")).ok());
  CHECK(draft.root().isDeeperThan(2));
  REQUIRE(draft.set(at("/a/0"), Value(1.0)).ok());
  CHECK_FALSE(draft.root().isDeeperThan(2));
  CHECK(draft.root().isDeeperThan(1));
}

TEST_CASE("the depth of a small value with huge unfolding is found at once") {
  Draft draft(R"({ "pair": [[]] })"_json);
  REQUIRE(draft.remove(at("/pair/0")).ok());
  Value pairs = std::move(draft).take();
  for (int level = 0; level < 100; ++level) pairs = Value(Value::Items{pairs, pairs});
  CHECK_FALSE(pairs.isDeeperThan(102));
  CHECK(pairs.isDeeperThan(101));
}
