#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "value/recent_arrays.h"
#include "value/staged_lists.h"
#include "value/value.h"

namespace isthmus {

// The binary form of a value, as it crosses between JavaScript and the engine:
//
//   value  := 0 null | 1 false | 2 true | 3 int | 4 double | 5 string | 6 array | 7 object
//          | 15 staged
//   int    := zigzag varint of a 32-bit integer
//   double := 8 bytes, little endian, finite
//   string := varint length, that many bytes of WTF-8
//   array  := varint count, value*
//   object := varint count, (string value)*
//   staged := varint id, of a list that came in pieces (value/staged_lists.h)
//   varint := LEB128, at most 5 bytes
//
// Only towards JavaScript (`show`): nodes carry their ids, one it has seen already is a reference,
// and an object of more than kMapMembers members is a map, which it reads by key:
//
//   value  |= 8 reference | 9 shown array | 10 shown object | 11 map | 13 changed array
//          | 14 ask, in the place of a value that JavaScript reads when it needs it
//   reference     := id
//   shown array   := id, list
//   shown object  := id, shape, value*
//   map           := id, varint place             where it lies: bindings/salvage.cpp
//   changed array := id, id base, varint count, varint changes, (varint index, value)*
//   list          := varint count, (value | 12 references)*
//   references    := varint count, id, step*      the ids of `count` elements in a row
//   shape         := varint 2n | varint 2n+1, varint count, string*
//   step          := zigzag varint, from the id before
//   id            := varint
//
// A shape is the n-th, which is told by its keys first (value/shapes.h). A changed array has the
// elements of its base but for the changes; all beyond the base's end are among them.
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
  ShownObject,
  Map,
  References,
  ChangedArray,
  Ask,
  Staged
};

// A larger object becomes a map view in JavaScript: copying it as a whole would cost more than the
// reads of most actions.
inline constexpr std::size_t kMapMembers = 64;

using Bytes = Vector<std::uint8_t>;

class Encoder {
 public:
  explicit Encoder(Bytes& out) : out_(out) {}
  void value(const Value& value);
  // As `value`, with ids, leaving out what JavaScript has seen, for a reader that reads all of it.
  // The maps in it are pinned (value/node_ids.h).
  void show(const Value& value);
  // As `show`; afterwards the value is found by its id.
  void showState(const Value& value);
  // The members of an object, each an element: varint count, string*, list without its count.
  ISTHMUS_SMALL void showMembers(const Value& object);
  void varint(std::uint32_t number);
  void float64(double number);
  void text(std::string_view text);
  void bytes(const Bytes& bytes);
  // A value that is in this form already.
  void encoded(const Bytes& value) { out_.insert(out_.end(), value.begin(), value.end()); }
  // In the place of a value that is there to be asked for.
  void ask() { tag(Tag::Ask); }

 private:
  void tag(Tag tag) { out_.push_back(static_cast<std::uint8_t>(tag)); }
  void zigzag(std::int32_t number);
  void number(double number);
  bool scalar(const Value& value);

  class Elements;
  void showArray(const Value& array);
  void showElements(const Value& array);
  ISTHMUS_SMALL void showChanges(const Value& array, const RecentArrays::Copy& copy);
  void showObject(const Value& object);
  ISTHMUS_SMALL void shape(const MemberList<Value>& members);

  Bytes& out_;
};

// Reads values one after another from bytes that may be hostile. Errors are Undecodable or
// LimitExceeded, with the place inside the value; after one there is nothing more to read.
class Decoder {
 public:
  // Without `staged` there are no staged lists to refer to.
  Decoder(std::span<const std::uint8_t> bytes, const Limits& limits, StagedLists* staged = nullptr)
      : at_(bytes.data()),
        end_(at_ + bytes.size()),
        limits_(limits),
        entriesLeft_(limits.entries),
        staged_(staged) {}

  Result<Value> value() { return result(any(0, nullptr)); }
  // As `value`, for one that is expected to be much like `earlier`: the parts that equal the part
  // at the same place there are that very part, and cost no memory.
  Result<Value> valueLike(const Value& earlier) { return result(any(0, &earlier)); }
  // Reads to the end: elements or members of a list that lies `depth` levels down.
  ISTHMUS_SMALL Status stage(StagedLists::Id list, std::size_t depth);
  Result<std::uint32_t> varint() { return result(number()); }
  Result<double> float64() { return result(eightBytes()); }
  Result<std::string_view> text();
  // What Encoder::bytes wrote.
  Result<std::string_view> bytes() { return result(unchecked()); }
  Result<Key> key() { return result(key(nullptr)); }
  // Whether a text comes next that is this one, which is then read.
  bool takeText(std::string_view expected);
  // The same for who reads many things and asks once for the first failure: after one, what these
  // return is of no use.
  std::uint32_t nextVarint() { return number(); }
  Value nextValue() { return any(0, nullptr); }
  Key nextKey() { return key(nullptr); }
  ISTHMUS_SMALL void fail(HeapError error);
  bool hasFailed() const { return error_ != nullptr; }
  Status status() { return result(Done{}); }

  bool atEnd() const { return at_ == end_; }
  std::span<const std::uint8_t> rest() const { return {at_, end_}; }

 private:
  // What these return after a failure is of no use; `error_` tells.
  std::uint32_t number() { return at_ != end_ && *at_ < 0x80 ? *at_++ : longNumber(); }
  ISTHMUS_SMALL std::uint32_t longNumber();
  double eightBytes();
  std::string_view unchecked();
  bool checkText(std::string_view bytes);
  Key key(const Key* expected);
  Value any(std::size_t depth, const Value* earlier);
  Value string(const Value* earlier);
  Value integer();
  Value decimal();
  Value array(std::uint32_t size, std::size_t depth);
  Value arrayLike(const Value& earlier, std::size_t depth);
  Value object(std::uint32_t size, std::size_t depth);
  Value objectLike(const Value& earlier, std::size_t depth);
  ISTHMUS_SMALL Value objectAfter(const MemberList<Value>& read, std::uint32_t size,
                                  std::uint32_t left, std::size_t depth);
  Value entry(const Key& key, std::size_t depth, const Value* earlier);
  void element(Value::Items& items, std::size_t depth);
  void member(ObjectBuilder& members, std::size_t depth);
  ISTHMUS_SMALL Value staged();
  std::uint32_t count(std::size_t depth);

  ISTHMUS_SMALL void failBelow(const Key& key);
  template <typename T>
  Result<T> result(T read) {
    if (hasFailed()) return std::move(error_);
    return read;
  }

  const std::uint8_t* at_;
  const std::uint8_t* end_;
  Limits limits_;
  std::size_t entriesLeft_;
  StagedLists* staged_;
  HeapError error_;
};

Bytes encode(const Value& value);
// Exactly one value, with nothing after it.
Result<Value> decode(std::span<const std::uint8_t> bytes, const Limits& limits = {});

}  // namespace isthmus
