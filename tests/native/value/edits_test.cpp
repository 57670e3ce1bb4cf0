#include "value/edits.h"

#include <doctest/doctest.h>

#include <string>

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

// Writes edits as web/engine/edits.ts does.
class Written {
 public:
  Written& put(std::initializer_list<const char*> path, const Value& value) {
    return op(0, path).value(value);
  }
  Written& putBefore(std::initializer_list<const char*> path,
                     std::initializer_list<const char*> source) {
    return op(0, path).before(source);
  }
  Written& putSaved(std::initializer_list<const char*> path, std::uint32_t number) {
    op(0, path);
    encoder_.varint(2);
    encoder_.varint(number);
    return *this;
  }
  Written& remove(std::initializer_list<const char*> path) { return op(1, path); }
  Written& arrange(std::initializer_list<const char*> path, std::uint32_t pieces) {
    op(2, path);
    encoder_.varint(pieces);
    return *this;
  }
  Written& save(std::initializer_list<const char*> path) { return op(3, path); }
  Written& range(std::uint32_t from, std::uint32_t to) {
    encoder_.varint(0);
    encoder_.varint(from);
    encoder_.varint(to);
    return *this;
  }
  Written& others(std::uint32_t count) {
    encoder_.varint(count);
    return *this;
  }
  // Sources follow, after a key each.
  Written& object(std::uint32_t count) { return counted(3, count); }
  Written& array(std::uint32_t count) { return counted(4, count); }
  Written& key(const char* key) {
    encoder_.text(key);
    return *this;
  }
  Written& at(std::initializer_list<const char*> where) { return op(0, where); }
  Written& value(const Value& value) {
    encoder_.varint(0);
    encoder_.value(value);
    return *this;
  }
  Written& before(std::initializer_list<const char*> source) {
    encoder_.varint(1);
    path(source);
    return *this;
  }

  Result<Value> on(const Value& state) const {
    Bytes ended = bytes_;
    ended.push_back(4);
    return onBytes(ended, state);
  }
  static Result<Value> onBytes(std::span<const std::uint8_t> bytes, const Value& state) {
    Decoder decoder(bytes, {});
    return Edits(decoder, state).apply();
  }
  const Bytes& bytes() const { return bytes_; }

 private:
  Written& counted(std::uint32_t kind, std::uint32_t count) {
    encoder_.varint(kind);
    encoder_.varint(count);
    return *this;
  }
  Written& op(std::uint32_t code, std::initializer_list<const char*> where) {
    encoder_.varint(code);
    path(where);
    return *this;
  }
  void path(std::initializer_list<const char*> keys) {
    encoder_.varint(static_cast<std::uint32_t>(keys.size()));
    for (const char* const key : keys) {
      encoder_.varint(0);
      encoder_.text(key);
    }
  }

  Bytes bytes_;
  Encoder encoder_{bytes_};
};

std::string shown(const Result<Value>& made) {
  return made.ok() ? toJson(made.value()) : made.error().message;
}

Value numbers(int count) {
  Value::Items items;
  for (int i = 0; i < count; ++i) items.emplace_back(static_cast<double>(i));
  return Value(std::move(items));
}

}  // namespace

TEST_CASE("no edits leave the very value") {
  const Value state = R"({ "n": 1 })"_json;
  CHECK(Written().on(state).value().identical(state));
}

TEST_CASE("members are set, and removed, and others keep their nodes") {
  const Value state = R"({ "user": { "name": "Ada" }, "n": 1, "list": [1] })"_json;
  const auto made =
      Written().put({"user", "name"}, Value("Grace")).remove({"n"}).put({"m"}, Value()).on(state);
  CHECK(shown(made) == R"({"user":{"name":"Grace"},"list":[1],"m":null})");
  CHECK(made.value().find(Key("list"))->identical(*state.find(Key("list"))));
  CHECK(toJson(state) == R"({"user":{"name":"Ada"},"n":1,"list":[1]})");
}

TEST_CASE("what equals what was there is not changed") {
  const Value state = R"({ "user": { "name": "Ada" } })"_json;
  CHECK(Written().put({"user"}, R"({ "name": "Ada" })"_json).on(state).value().identical(state));
}

TEST_CASE("a part goes elsewhere as it was before all edits") {
  const Value state = R"({ "a": { "n": 1 }, "b": 2 })"_json;
  const auto made =
      Written().put({"a", "n"}, Value(5.0)).putBefore({"b"}, {"a"}).putBefore({"c"}, {}).on(state);
  CHECK(shown(made) == R"({"a":{"n":5},"b":{"n":1},"c":{"a":{"n":1},"b":2}})");
  CHECK(made.value().find(Key("c"))->identical(state));
}

TEST_CASE("what was saved stands at several places as one") {
  const Value state = R"({ "a": { "n": 1 } })"_json;
  const auto made = Written().put({"a", "n"}, Value(5.0)).save({"a"}).putSaved({"b"}, 1).on(state);
  CHECK(shown(made) == R"({"a":{"n":5},"b":{"n":5}})");
  CHECK(made.value().find(Key("a"))->identical(*made.value().find(Key("b"))));
}

TEST_CASE("a new value may hold parts of what was") {
  const Value state = R"({ "a": { "n": 1 }, "list": [1] })"_json;
  const auto made = Written()
                        .at({"box"})
                        .object(2)
                        .key("kept")
                        .before({"a"})
                        .key("list")
                        .array(2)
                        .before({"list"})
                        .value(Value(2.0))
                        .on(state);
  CHECK(shown(made) == R"({"a":{"n":1},"list":[1],"box":{"kept":{"n":1},"list":[[1],2]}})");
  CHECK(made.value().find(Key("box"))->find(Key("kept"))->identical(*state.find(Key("a"))));
  Written deep;
  deep.at({"deep"});
  for (int i = 0; i < 1000; ++i) deep.array(1);
  CHECK((deep.value(Value()).on(state).error().code == ErrorCode::Undecodable));
}

TEST_CASE("an array is told anew by what it was") {
  const Value state = R"({ "list": [0, 1, 2, 3] })"_json;
  const auto made = Written()
                        .arrange({"list"}, 4)
                        .others(1)
                        .value(Value("new"))
                        .range(1, 2)
                        .others(2)
                        .before({"list", "0"})
                        .value(Value())
                        .range(3, 4)
                        .on(state);
  CHECK(shown(made) == R"({"list":["new",1,0,null,3]})");
  const auto turned = Written().arrange({"list"}, 2).range(2, 4).range(0, 2).on(state);
  CHECK(shown(turned) == R"({"list":[2,3,0,1]})");
  CHECK(shown(Written().arrange({"list"}, 0).on(state)) == R"({"list":[]})");
}

TEST_CASE("a large array is changed where it differs, whatever is inserted and removed") {
  const Value before = numbers(1000);
  const auto made = Written()
                        .arrange({}, 5)
                        .range(0, 300)
                        .others(2)
                        .value(Value("a"))
                        .value(Value("b"))
                        .range(301, 700)
                        .range(702, 1000)
                        .others(1)
                        .value(Value("z"))
                        .on(before);
  const auto& items = made.value().items();
  REQUIRE(items.size() == 1000);
  CHECK(items[299].number() == 299);
  CHECK(std::string(items[300].string()) == "a");
  CHECK(std::string(items[301].string()) == "b");
  CHECK(items[302].number() == 301);
  CHECK(items[700].number() == 699);
  CHECK(items[701].number() == 702);
  CHECK(std::string(items[999].string()) == "z");
}

TEST_CASE("what does not fit the value is an error with its place") {
  const Value state = R"({ "list": [1], "n": 1 })"_json;
  const auto code = [&](const Written& written) { return written.on(state).error().code; };
  CHECK((code(Written().remove({"gone"})) == ErrorCode::StepFailed));
  CHECK((code(Written().put({"n", "m"}, Value())) == ErrorCode::StepFailed));
  CHECK((code(Written().putBefore({"m"}, {"gone"})) == ErrorCode::Undecodable));
  CHECK((code(Written().putSaved({"m"}, 1)) == ErrorCode::Undecodable));
  CHECK((code(Written().save({"gone"})) == ErrorCode::Undecodable));
  CHECK((code(Written().arrange({"n"}, 0)) == ErrorCode::Undecodable));
  CHECK((code(Written().arrange({"list"}, 1).range(0, 2)) == ErrorCode::Undecodable));
  const std::uint8_t unknown[] = {9, 0};
  CHECK((Written::onBytes(unknown, state).error().code == ErrorCode::Undecodable));
}

TEST_CASE("edits that are cut off anywhere are an error") {
  const Value state = R"({ "list": [1, 2], "n": 1 })"_json;
  const auto written = Written()
                           .put({"n"}, R"({ "a": [1] })"_json)
                           .arrange({"list"}, 2)
                           .range(1, 2)
                           .others(1)
                           .before({"n"})
                           .save({"n"})
                           .putSaved({"m"}, 1);
  REQUIRE(written.on(state).ok());
  for (std::size_t size = 0; size < written.bytes().size(); ++size) {
    const Bytes part(written.bytes().begin(),
                     written.bytes().begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(!Written::onBytes(part, state).ok());
  }
}

TEST_CASE("a state that would lie too deep is refused") {
  Value deep;
  for (int i = 0; i < 250; ++i) deep = Value(Value::Items{deep});
  const Value state = R"({ "a": { "b": { "c": { "d": { "e": { "f": {} } } } } } })"_json;
  const auto made = Written().put({"a", "b", "c", "d", "e", "f", "g"}, deep).on(state);
  CHECK((made.error().code == ErrorCode::LimitExceeded));
}
