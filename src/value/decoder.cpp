#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/same_text.h"
#include "value/codec.h"
#include "value/object_builder.h"
#include "value/path.h"
#include "value/wtf8.h"

namespace isthmus {
namespace {

ISTHMUS_SMALL HeapError undecodable(std::string_view message) {
  return toHeap({ErrorCode::Undecodable, std::string(message)});
}

ISTHMUS_SMALL HeapError beyond(std::size_t limit, const char* of) {
  return toHeap({ErrorCode::LimitExceeded,
                 "the value exceeds the limit of " + std::to_string(limit) + " " + of});
}

constexpr std::size_t kPlaces = 256;
constexpr std::size_t kShort = 16;

std::size_t placeOf(std::string_view text) {
  std::uint32_t hash = 0;
  for (const char byte : text) hash = hash * 31 + static_cast<unsigned char>(byte);
  return (hash ^ (hash >> 8U)) % kPlaces;
}

// Short texts repeat: statuses, currencies, tags. One that was read lately is the same node again;
// what is remembered was checked to be WTF-8.
Value& recentText(std::string_view text) {
  static auto* const recent = new Vector<Value>(kPlaces, Value(""));
  return (*recent)[placeOf(text)];
}

// So do keys, whose table is bigger and whose hash costs more.
Key& recentKey(std::string_view text) {
  static auto* const recent = new Vector<Key>(kPlaces, Key(""));
  return (*recent)[placeOf(text)];
}

}  // namespace

void Decoder::fail(HeapError error) {
  if (!hasFailed()) error_ = std::move(error);
  at_ = end_;
}

void Decoder::failBelow(const Key& key) { error_ = below(key, std::move(error_)); }

std::uint32_t Decoder::longNumber() {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 35 && !atEnd(); shift += 7) {
    const std::uint64_t byte = *at_++;
    number |= (byte & 0x7FU) << shift;
    if (byte < 0x80) {
      if (number > 0xFFFF'FFFF) break;
      return static_cast<std::uint32_t>(number);
    }
  }
  fail(undecodable("a length or an integer is cut off or too long"));
  return 0;
}

double Decoder::eightBytes() {
  double number = 0;
  if (rest().size() < sizeof number) {
    fail(undecodable("a number is cut off"));
    return 0;
  }
  std::memcpy(&number, at_, sizeof number);
  at_ += sizeof number;
  return number;
}

Result<std::string_view> Decoder::text() {
  const auto text = unchecked();
  checkText(text);
  return result(text);
}

// A failure when it is none.
bool Decoder::checkText(std::string_view bytes) {
  if (isWtf8(bytes)) return true;
  fail(undecodable("a string is not WTF-8"));
  return false;
}

bool Decoder::takeText(std::string_view expected) {
  const auto* const start = at_;
  if (sameText(unchecked(), expected) && !hasFailed()) return true;
  if (!hasFailed()) at_ = start;
  return false;
}

Value Decoder::string(const Value* earlier) {
  const auto text = unchecked();
  if (earlier != nullptr && earlier->isString() && sameText(earlier->string(), text))
    return *earlier;
  Value* const place = text.size() > kShort ? nullptr : &recentText(text);
  if (place != nullptr && sameText(place->string(), text)) return *place;
  if (!checkText(text)) return {};
  Value value(text);
  if (place != nullptr) *place = value;
  return value;
}

Key Decoder::key(const Key* expected) {
  const auto text = unchecked();
  if (expected != nullptr && sameText(expected->text(), text)) return *expected;
  Key* const place = text.size() > kShort ? nullptr : &recentKey(text);
  if (place != nullptr && sameText(place->text(), text)) return *place;
  if (!checkText(text)) return {};
  Key key(text);
  if (place != nullptr) *place = key;
  return key;
}

// Its bytes may be no WTF-8.
std::string_view Decoder::unchecked() {
  const auto length = number();
  if (length > rest().size()) {
    fail(undecodable("a string is cut off"));
    return {};
  }
  if (length > limits_.stringBytes) {
    fail(beyond(limits_.stringBytes, "bytes in a string"));
    return {};
  }
  const std::string_view text(reinterpret_cast<const char*>(at_), length);
  at_ += length;
  return text;
}

Value Decoder::integer() {
  const auto zigzag = number();
  const std::uint32_t bits = (zigzag >> 1U) ^ (0U - (zigzag & 1U));
  return Value(static_cast<double>(static_cast<std::int32_t>(bits)));
}

Value Decoder::decimal() {
  const double number = eightBytes();
  if (!std::isfinite(number)) fail(undecodable("NaN and infinities are not values"));
  return Value(number);
}

// The number of entries of a container one level below `depth`. Every entry takes a byte at least.
std::uint32_t Decoder::count(std::size_t depth) {
  if (depth >= limits_.depth) fail(beyond(limits_.depth, "nested levels"));
  const auto count = number();
  if (count > rest().size()) fail(undecodable("a container is cut off"));
  if (count > entriesLeft_) fail(beyond(limits_.entries, "entries"));
  if (hasFailed()) return 0;
  entriesLeft_ -= count;
  return count;
}

// The value of an element or a member.
Value Decoder::entry(const Key& key, std::size_t depth, const Value* earlier) {
  Value value = any(depth, earlier);
  if (hasFailed()) failBelow(key);
  return value;
}

void Decoder::element(Value::Items& items, std::size_t depth) {
  items.push_back(any(depth, nullptr));
  if (hasFailed()) failBelow(Key::fromIndex(static_cast<std::uint32_t>(items.size() - 1)));
}

void Decoder::member(ObjectBuilder& members, std::size_t depth) {
  Key name = key(nullptr);
  if (hasFailed()) return;
  Value value = entry(name, depth, nullptr);
  members.set(std::move(name), std::move(value));
}

Value Decoder::array(std::uint32_t size, std::size_t depth) {
  Value::Items items;
  items.reserve(size);
  for (std::uint32_t i = 0; i < size && !hasFailed(); ++i) element(items, depth + 1);
  return Value(std::move(items));
}

Value Decoder::object(std::uint32_t size, std::size_t depth) {
  ObjectBuilder builder;
  builder.reserve(size);
  for (std::uint32_t i = 0; i < size && !hasFailed(); ++i) member(builder, depth + 1);
  return std::move(builder).build();
}

// A list that is copied only when an element turns out to be another one.
Value Decoder::arrayLike(const Value& earlier, std::size_t depth) {
  const auto size = count(depth);
  if (size != earlier.items().size()) return array(size, depth);
  std::optional<Sequence<Value>> changed;
  Depth deepest = Depth::ofEmpty();
  std::uint32_t i = 0;
  for (const auto& expected : earlier.items()) {
    Value item = any(depth + 1, &expected);
    if (hasFailed()) {
      failBelow(Key::fromIndex(i));
      return {};
    }
    deepest.include(item.nesting());
    if (!item.identical(expected)) {
      if (!changed) changed = earlier.items();
      changed->open(i) = std::move(item);
    }
    ++i;
  }
  return changed ? Value(std::move(*changed), deepest) : earlier;
}

// The same for members, as long as they have the keys of those before.
Value Decoder::objectLike(const Value& earlier, std::size_t depth) {
  const auto size = count(depth);
  if (size != earlier.members().size()) return object(size, depth);
  std::optional<MemberList<Value>> changed;
  Depth deepest = Depth::ofEmpty();
  std::uint32_t left = size;
  for (const auto& expected : earlier.members()) {
    const auto* const start = at_;
    const Key name = key(&expected.key);
    if (hasFailed()) return {};
    if (!(name == expected.key)) {
      at_ = start;
      return objectAfter(changed ? *changed : earlier.members(), size, left, depth);
    }
    Value value = entry(name, depth + 1, &expected.value);
    if (hasFailed()) return {};
    --left;
    deepest.include(value.nesting());
    if (value.identical(expected.value)) continue;
    if (!changed) changed = earlier.members();
    *changed->open(name) = std::move(value);
  }
  return changed ? Value(std::move(*changed), deepest) : earlier;
}

// An object of which the last `left` members are still to be read, and the others begin `read`.
Value Decoder::objectAfter(const MemberList<Value>& read, std::uint32_t size, std::uint32_t left,
                           std::size_t depth) {
  ObjectBuilder builder;
  builder.reserve(size);
  auto known = read.begin();
  for (std::uint32_t i = left; i < size; ++i, ++known) builder.set(known->key, known->value);
  for (; left > 0 && !hasFailed(); --left) member(builder, depth + 1);
  return std::move(builder).build();
}

Value Decoder::staged() {
  const auto id = number();
  auto* const list = staged_ == nullptr || hasFailed() ? nullptr : staged_->find(id);
  if (list != nullptr) return staged_->take(*list);
  fail(undecodable("a list was not staged"));
  return {};
}

Status Decoder::stage(StagedLists::Id id, std::size_t depth) {
  if (depth > limits_.depth) return beyond(limits_.depth, "nested levels");
  auto* const list = staged_->find(id);
  if (list == nullptr) return undecodable("a list was not staged");
  while (!atEnd()) list->isObject ? member(list->members, depth) : element(list->items, depth);
  return result(Done{});
}

Value Decoder::any(std::size_t depth, const Value* earlier) {
  if (atEnd()) {
    fail(undecodable("a value is missing"));
    return {};
  }
  switch (const auto tag = static_cast<Tag>(*at_++); tag) {
    case Tag::Null:
      return {};
    case Tag::False:
    case Tag::True:
      return Value(tag == Tag::True);
    case Tag::Int:
      return integer();
    case Tag::Double:
      return decimal();
    case Tag::String:
      return string(earlier);
    case Tag::Array:
      if (earlier != nullptr && earlier->isArray()) return arrayLike(*earlier, depth);
      return array(count(depth), depth);
    case Tag::Object:
      if (earlier != nullptr && earlier->isObject()) return objectLike(*earlier, depth);
      return object(count(depth), depth);
    case Tag::Staged:
      return staged();
    default:
      fail(undecodable("an unknown kind of value"));
      return {};
  }
}

Result<Value> decode(std::span<const std::uint8_t> bytes, const Limits& limits) {
  Decoder decoder(bytes, limits);
  auto value = decoder.value();
  if (value && !decoder.atEnd()) return undecodable("there are bytes after the value");
  return value;
}

}  // namespace isthmus
