#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "value/value.h"

namespace isthmus {

// The binary form of a value, as it crosses between JavaScript and the engine:
//
//   value  := 0 null | 1 false | 2 true | 3 int | 4 double | 5 string | 6 array | 7 object
//   int    := zigzag varint of a 32-bit integer            double := 8 bytes, little endian, finite
//   string := varint length, that many bytes of WTF-8      array  := varint count, value*
//   object := varint count, (string value)*                varint := LEB128, at most 5 bytes
//
// Only towards JavaScript (`show`): nodes carry their ids, and one it has seen already is a
// reference:
//
//   value  |= 8 reference | 9 shown array | 10 shown object
//   reference := id    shown array := id, array    shown object := id, object    id := double
enum class Tag : std::uint8_t {
  Null,
  False,
  True,
  Int,
  Double,
  String,
  Array,
  Object,
  Reference,
  ShownArray,
  ShownObject
};

using Bytes = std::vector<std::uint8_t>;

class Writer {
 public:
  explicit Writer(Bytes& out) : out_(out) {}
  void value(const Value& value);
  // As `value`, with ids, leaving out what JavaScript has seen.
  void show(const Value& value);
  void varint(std::uint32_t number);
  void float64(double number);
  void text(std::string_view text);

 private:
  void tag(Tag tag) { out_.push_back(static_cast<std::uint8_t>(tag)); }
  void number(double number);
  bool scalar(const Value& value);

  Bytes& out_;
};

// Reads values one after another from bytes that may be hostile. Errors are Undecodable or
// LimitExceeded, with the place inside the value.
class Reader {
 public:
  Reader(std::span<const std::uint8_t> bytes, const Limits& limits)
      : rest_(bytes), limits_(limits), entriesLeft_(limits.entries) {}

  Result<Value> value();
  Result<std::uint32_t> varint();
  Result<double> float64();
  Result<std::string_view> text();
  bool atEnd() const { return rest_.empty(); }

 private:
  Result<Value> valueAt(std::size_t depth);
  Result<Value> int32();
  Result<Value> array(std::size_t depth);
  Result<Value> object(std::size_t depth);
  Result<std::uint32_t> count(std::size_t depth);

  std::span<const std::uint8_t> rest_;
  Limits limits_;
  std::size_t entriesLeft_;
};

Bytes encode(const Value& value);
// Exactly one value, with nothing after it.
Result<Value> decode(std::span<const std::uint8_t> bytes, const Limits& limits = {});

}  // namespace isthmus
