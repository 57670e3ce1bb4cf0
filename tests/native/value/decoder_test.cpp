// Values that are read beside one that is much alike.

#include <algorithm>
#include <random>

#include "native/capture.h"
#include "native/rounds.h"
#include "native/value/json_literal.h"
#include "value/codec.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

Value readLike(const Value& value, const Value& earlier) {
  const Bytes bytes = encode(value);
  Decoder decoder(bytes, {});
  auto read = decoder.valueLike(earlier);
  CHECK(decoder.atEnd());
  return std::move(read).value();
}

// Small values of few keys and texts, so that much of two of them is alike.
class RandomValues {
 public:
  explicit RandomValues(std::uint32_t seed) : random_(seed) {}

  Value next(int depth = 4) {
    switch (below(depth > 0 ? 7 : 4)) {
      case 0:
        return Value(below(2) == 0);
      case 1:
        return Value(static_cast<double>(below(3)) - 0.5 * below(2));
      case 2:
        return Value(std::string(below(20), 'x'));
      case 3:
        return {};
      case 4:
        return array(depth - 1);
      default:
        return object(depth - 1);
    }
  }

  // One that differs in some places.
  Value alike(const Value& value) {
    if (below(12) == 0) return next(2);
    if (value.isArray()) return alikeItems(value);
    return value.isObject() ? alikeMembers(value) : value;
  }

  std::uint32_t below(std::uint32_t end) {
    return std::uniform_int_distribution<std::uint32_t>(0, end - 1)(random_);
  }

 private:
  Value array(int depth) {
    Value::Items items;
    for (auto left = below(20) == 0 ? 40 : below(4); left > 0; --left) items.push_back(next(depth));
    return Value(std::move(items));
  }
  Value object(int depth) {
    ObjectBuilder members;
    for (auto left = below(20) == 0 ? 40 : below(4); left > 0; --left) {
      members.set(randomKey(), next(depth));
    }
    return std::move(members).build();
  }
  Value alikeItems(const Value& array) {
    Value::Items items;
    for (const auto& item : array.items()) {
      if (below(15) != 0) items.push_back(alike(item));
    }
    return Value(std::move(items));
  }
  Value alikeMembers(const Value& object) {
    ObjectBuilder members;
    for (const auto& [key, value] : object.members()) {
      if (below(15) == 0) members.set(randomKey(), next(1));
      if (below(15) != 0) members.set(key, alike(value));
    }
    return std::move(members).build();
  }
  Key randomKey() { return Key(std::string(below(2) == 0 ? "k" : "") + std::to_string(below(60))); }

  std::mt19937 random_;
};

bool sameError(const Result<Value>& a, const Result<Value>& b) {
  if (a.ok() || b.ok()) return a.ok() == b.ok();
  return a.error().code == b.error().code && a.error().message == b.error().message &&
         a.error().where == b.error().where;
}

}  // namespace

TEST_CASE("what is alike is the very same, and what is not is read") {
  const Value before = R"({ "a": [1, { "b": "text" }, [2]], "c": { "d": 0.5 } })"_json;
  CHECK(readLike(R"({ "a": [1, { "b": "text" }, [2]], "c": { "d": 0.5 } })"_json, before)
            .identical(before));
  const Value after =
      readLike(R"({ "a": [1, { "b": "text" }, [3]], "c": { "d": 0.5 } })"_json, before);
  CHECK(toJson(after) == R"({"a":[1,{"b":"text"},[3]],"c":{"d":0.5}})");
  CHECK(after.find(Key("c"))->identical(*before.find(Key("c"))));
  const auto second = [](const Value& value) { return value.find(Key("a"))->items()[1]; };
  CHECK(second(after).identical(second(before)));
  CHECK(toJson(before) == R"({"a":[1,{"b":"text"},[2]],"c":{"d":0.5}})");
}

TEST_CASE("a value is the same beside any other") {
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  RandomValues random(seed);
  for (int round = 0; round < rounds(4000); ++round) {
    const Value before = random.next();
    const Value value = random.below(10) == 0 ? random.next() : random.alike(before);
    const Value read = readLike(value, before);
    CAPTURE(toJson(before));
    CAPTURE(toJson(value));
    REQUIRE(equal(read, value));
    REQUIRE(read.depth() == value.depth());
    REQUIRE(equal(before, value) == read.identical(before));
  }
}

TEST_CASE("bytes that are wrong are as wrong beside another value") {
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  RandomValues random(seed);
  for (int round = 0; round < rounds(300); ++round) {
    const Value before = random.next();
    Bytes bytes = encode(random.alike(before));
    bytes[random.below(static_cast<std::uint32_t>(bytes.size()))] ^=
        static_cast<std::uint8_t>(1U << random.below(8));
    const Limits limits{.depth = 3, .entries = 30, .stringBytes = 15};
    CHECK(sameError(Decoder(bytes, limits).valueLike(before), Decoder(bytes, limits).value()));
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
      const auto cut = std::span(bytes).first(size);
      REQUIRE(sameError(Decoder(cut, {}).valueLike(before), Decoder(cut, {}).value()));
    }
  }
}
