#include <algorithm>
#include <cmath>
#include <cstring>

#include "value/codec.h"
#include "value/object_builder.h"
#include "value/path.h"
#include "value/wtf8.h"

namespace isthmus {
namespace {

[[gnu::cold]] HeapError undecodable(std::string_view message) {
  return toHeap({ErrorCode::Undecodable, std::string(message)});
}

[[gnu::cold]] HeapError beyond(std::size_t limit, const char* of) {
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
  static auto* const recent = new std::vector<Value>(kPlaces, Value(""));
  return (*recent)[placeOf(text)];
}

// So do keys, whose table is bigger and whose hash costs more.
Key& recentKey(std::string_view text) {
  static auto* const recent = new std::vector<Key>(kPlaces, Key(""));
  return (*recent)[placeOf(text)];
}

}  // namespace

Result<std::uint32_t> Reader::varint() {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 35 && !rest_.empty(); shift += 7) {
    const std::uint64_t byte = rest_.front();
    rest_ = rest_.subspan(1);
    number |= (byte & 0x7FU) << shift;
    if (byte < 0x80) {
      if (number > 0xFFFF'FFFF) break;
      return static_cast<std::uint32_t>(number);
    }
  }
  return undecodable("a length or an integer is cut off or too long");
}

Result<double> Reader::float64() {
  double number = 0;
  if (rest_.size() < sizeof number) return undecodable("a number is cut off");
  std::memcpy(&number, rest_.data(), sizeof number);
  rest_ = rest_.subspan(sizeof number);
  return number;
}

Result<std::string_view> Reader::text() {
  auto text = unchecked();
  if (text && !isWtf8(text.value())) return undecodable("a string is not WTF-8");
  return text;
}

Result<Value> Reader::string() {
  const auto text = unchecked();
  if (!text) return text.error();
  Value* const place = text.value().size() > kShort ? nullptr : &recentText(text.value());
  if (place != nullptr && place->string() == text.value()) return *place;
  if (!isWtf8(text.value())) return undecodable("a string is not WTF-8");
  Value value(text.value());
  if (place != nullptr) *place = value;
  return value;
}

Result<Key> Reader::key() {
  const auto text = unchecked();
  if (!text) return text.error();
  Key* const place = text.value().size() > kShort ? nullptr : &recentKey(text.value());
  if (place != nullptr && place->text() == text.value()) return *place;
  if (!isWtf8(text.value())) return undecodable("a string is not WTF-8");
  Key key(text.value());
  if (place != nullptr) *place = key;
  return key;
}

// Its bytes may be no WTF-8.
Result<std::string_view> Reader::unchecked() {
  const auto length = varint();
  if (!length) return length.error();
  if (length.value() > rest_.size()) return undecodable("a string is cut off");
  if (length.value() > limits_.stringBytes) {
    return beyond(limits_.stringBytes, "bytes in a string");
  }
  const std::string_view text(reinterpret_cast<const char*>(rest_.data()), length.value());
  rest_ = rest_.subspan(length.value());
  return text;
}

Result<Value> Reader::int32() {
  const auto zigzag = varint();
  if (!zigzag) return zigzag.error();
  const std::uint32_t bits = (zigzag.value() >> 1U) ^ (0U - (zigzag.value() & 1U));
  return Value(static_cast<double>(static_cast<std::int32_t>(bits)));
}

// The number of entries of a container one level below `depth`. Every entry takes a byte at least.
Result<std::uint32_t> Reader::count(std::size_t depth) {
  if (depth >= limits_.depth) return beyond(limits_.depth, "nested levels");
  auto count = varint();
  if (!count) return count;
  if (count.value() > rest_.size()) return undecodable("a container is cut off");
  if (count.value() > entriesLeft_) return beyond(limits_.entries, "entries");
  entriesLeft_ -= count.value();
  return count;
}

Status Reader::element(Value::Items& items, std::size_t depth) {
  auto item = valueAt(depth);
  if (!item) {
    const auto index = static_cast<std::uint32_t>(items.size());
    return below(Key::fromIndex(index), std::move(item.error()));
  }
  items.push_back(std::move(item).value());
  return Done{};
}

Status Reader::member(ObjectBuilder& members, std::size_t depth) {
  auto name = key();
  if (!name) return name.error();
  auto value = valueAt(depth);
  if (!value) return below(name.value(), std::move(value.error()));
  members.set(std::move(name).value(), std::move(value).value());
  return Done{};
}

Result<Value> Reader::array(std::size_t depth) {
  const auto size = count(depth);
  if (!size) return size.error();
  Value::Items items;
  items.reserve(size.value());
  for (std::uint32_t i = 0; i < size.value(); ++i) {
    if (auto status = element(items, depth + 1); !status) return std::move(status.error());
  }
  return Value(std::move(items));
}

Result<Value> Reader::object(std::size_t depth) {
  const auto size = count(depth);
  if (!size) return size.error();
  ObjectBuilder builder;
  builder.reserve(size.value());
  for (std::uint32_t i = 0; i < size.value(); ++i) {
    if (auto status = member(builder, depth + 1); !status) return std::move(status.error());
  }
  return std::move(builder).build();
}

Result<Value> Reader::staged() {
  const auto id = varint();
  if (!id) return id.error();
  auto* const list = staged_ == nullptr ? nullptr : staged_->find(id.value());
  if (list == nullptr) return undecodable("a list was not staged");
  return staged_->take(*list);
}

Status Reader::stage(StagedLists::Id id, std::size_t depth) {
  if (depth > limits_.depth) return beyond(limits_.depth, "nested levels");
  auto* const list = staged_->find(id);
  if (list == nullptr) return undecodable("a list was not staged");
  while (!atEnd()) {
    auto status = list->isObject ? member(list->members, depth) : element(list->items, depth);
    if (!status) return status;
  }
  return Done{};
}

Result<Value> Reader::valueAt(std::size_t depth) {
  if (rest_.empty()) return undecodable("a value is missing");
  const auto tag = static_cast<Tag>(rest_.front());
  rest_ = rest_.subspan(1);
  switch (tag) {
    case Tag::Null:
      return Value();
    case Tag::False:
    case Tag::True:
      return Value(tag == Tag::True);
    case Tag::Int:
      return int32();
    case Tag::Double: {
      const auto number = float64();
      if (!number) return number.error();
      if (!std::isfinite(number.value())) return undecodable("NaN and infinities are not values");
      return Value(number.value());
    }
    case Tag::String:
      return string();
    case Tag::Array:
      return array(depth);
    case Tag::Object:
      return object(depth);
    case Tag::Staged:
      return staged();
    default:
      return undecodable("an unknown kind of value");
  }
}

Result<Value> Reader::value() { return valueAt(0); }

Result<Value> decode(std::span<const std::uint8_t> bytes, const Limits& limits) {
  Reader reader(bytes, limits);
  auto value = reader.value();
  if (value && !reader.atEnd()) return undecodable("there are bytes after the value");
  return value;
}

}  // namespace isthmus
