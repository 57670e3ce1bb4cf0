#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "base/compiler.h"
#include "base/vector.h"
#include "base/work_budget.h"
#include "value/depth.h"
#include "value/element_index.h"
#include "value/key.h"
#include "value/member_list.h"
#include "value/sequence.h"

namespace isthmus {

enum class Kind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

class Value;
using NodeId = std::uint32_t;

// An immutable JSON-like value. Scalars are stored inline; strings, arrays and objects are
// reference-counted nodes, shared by every Value that holds them:
//
//   Value { null | bool | double | Node* }
//   Node  { refs, depth } ◄─ StringNode { size, bytes }    WTF-8: every JavaScript string exactly
//                         ◄─ Container { id } ◄─ ArrayNode  { items }     a Sequence
//                                             ◄─ ObjectNode { members }   in JavaScript's key order
//
// Counts are not atomic: the engine runs on one thread. `depth` bounds recursion (value/depth.h);
// `id` is 0 until the node is shown to JavaScript (value/node_ids.h).
//
// A Value takes 8 bytes: a double moved up by kFirstNumber, so that what lies below is free for the
// rest.
//
//   address of a node | kind     its alignment leaves three bits
//   boolean << 3      | kind
//   0                            null
class ISTHMUS_TRIVIAL_ABI Value {
 public:
  using Items = Vector<Value>;
  using Member = MemberList<Value>::Member;
  using Members = Vector<Member>;

  Value() = default;
  explicit Value(bool boolean) : bits_(tagOf(Kind::Boolean) | std::uint64_t{boolean} << kTagBits) {}
  explicit Value(double number) : bits_(bitsOf(number) + kFirstNumber) {}
  explicit Value(std::string_view text);
  explicit Value(const char* text) : Value(std::string_view(text)) {}
  explicit Value(Items items);
  // The members must be in JavaScript's key order without repeats; ObjectBuilder makes such lists,
  // and where it knows the positions of all, their index.
  explicit Value(Members members, KeyIndex positions = {});
  // As copies of an array or object with these contents, whose nesting is known.
  Value(Sequence<Value> items, Depth depth);
  Value(MemberList<Value> members, Depth depth);

  Value(const Value& other) : bits_(other.bits_) { hold(bits_); }
  Value(Value&& other) noexcept : bits_(std::exchange(other.bits_, 0)) {}
  Value& operator=(Value other) noexcept {
    std::swap(bits_, other.bits_);
    return *this;
  }
  ~Value() { release(bits_); }

  Kind kind() const { return isNumber() ? Kind::Number : static_cast<Kind>(bits_ & kTagMask); }
  bool isNull() const { return bits_ == 0; }
  bool isBoolean() const { return isTagged(Kind::Boolean); }
  bool isNumber() const { return bits_ >= kFirstNumber; }
  bool isString() const { return isTagged(Kind::String); }
  bool isArray() const { return isTagged(Kind::Array); }
  bool isObject() const { return isTagged(Kind::Object); }
  bool isContainer() const { return !isNumber() && (bits_ & kTagMask) >= tagOf(Kind::Array); }

  bool boolean() const { return bits_ >> kTagBits != 0; }
  double number() const { return __builtin_bit_cast(double, bits_ - kFirstNumber); }
  std::string_view string() const;
  const Sequence<Value>& items() const;
  const MemberList<Value>& members() const;

  // At least the number of arrays and objects that lie within each other.
  std::size_t depth() const { return nesting().levels(); }
  Depth nesting() const { return isNode() ? node()->depth : Depth(); }
  // Whether they are more than that: where the bound says so, the exact depth decides, and is kept.
  bool isDeeperThan(std::size_t levels) const {
    return depth() > levels && exactDepth().levels() > levels;
  }

  // The member of an object or, for a key that spells an index, the element of an array; nullptr
  // when there is none. The pointer lives as long as this value is unchanged.
  const Value* find(const Key& key) const;

  // Of an array: the index of its elements by a member, made now if it has none.
  const ElementIndex& indexBy(const Key& member) const;

  // The same scalar or the very same node. -0 and 0 differ here, as they do in JavaScript's
  // Object.is.
  bool identical(const Value& other) const { return bits_ == other.bits_; }

 private:
  friend class Draft;
  friend class NodeIds;

  struct alignas(8) Node {
    std::uint32_t refs = 1;
    Depth depth;
  };
  struct StringNode;
  struct Container;
  struct ArrayNode;
  struct ObjectNode;

  static constexpr unsigned kTagBits = 3;
  static constexpr std::uint64_t kTagMask = (1 << kTagBits) - 1;
  static constexpr std::uint64_t kFirstNumber = std::uint64_t{1} << 49;

  static constexpr std::uint64_t tagOf(Kind kind) { return static_cast<std::uint64_t>(kind); }
  // All NaNs are one, and stay clear of the sum's upper end. (em++ 3.1.6 has no std::bit_cast.)
  static std::uint64_t bitsOf(double number) {
    return __builtin_bit_cast(std::uint64_t,
                              number == number ? number : std::numeric_limits<double>::quiet_NaN());
  }
  Value(Kind kind, Node* node) : bits_(tagOf(kind) | reinterpret_cast<std::uintptr_t>(node)) {}

  bool isTagged(Kind kind) const { return !isNumber() && (bits_ & kTagMask) == tagOf(kind); }
  static bool isNode(std::uint64_t bits) {
    return bits < kFirstNumber && (bits & kTagMask) >= tagOf(Kind::String);
  }
  static Node* nodeOf(std::uint64_t bits) {
    return __builtin_bit_cast(Node*, static_cast<std::uintptr_t>(bits & ~kTagMask));
  }
  bool isNode() const { return isNode(bits_); }
  Node* node() const { return nodeOf(bits_); }
  // By their bits, so that a Value which never has to lie in memory does not.
  static void hold(std::uint64_t bits) {
    if (isNode(bits)) ++nodeOf(bits)->refs;
  }
  static void release(std::uint64_t bits) {
    if (isNode(bits) && --nodeOf(bits)->refs == 0) destroy(bits);
  }
  Container& container() const;
  ArrayNode& array() const;
  ObjectNode& object() const;
  ISTHMUS_SMALL Depth exactDepth() const;
  static void destroy(std::uint64_t bits);

  std::uint64_t bits_ = 0;
};

// The text's bytes follow its size.
struct Value::StringNode : Node {
  static Node* make(std::string_view text);
  std::uint32_t size;
  char* bytes() { return reinterpret_cast<char*>(&size + 1); }
};
struct Value::Container : Node {
  NodeId id = 0;
};
struct Value::ArrayNode : Container {
  Sequence<Value> items;
  Shared<ElementIndices> indices;  // of just these items, or none
};
struct Value::ObjectNode : Container {
  MemberList<Value> members;
};

inline Value::Container& Value::container() const { return static_cast<Container&>(*node()); }
inline Value::ArrayNode& Value::array() const { return static_cast<ArrayNode&>(*node()); }
inline Value::ObjectNode& Value::object() const { return static_cast<ObjectNode&>(*node()); }
inline std::string_view Value::string() const {
  auto& text = static_cast<StringNode&>(*node());
  return {text.bytes(), text.size};
}
inline const Sequence<Value>& Value::items() const { return array().items; }
inline const MemberList<Value>& Value::members() const { return object().members; }

// Deep equality; identical nodes are equal at once. Numbers compare as Object.is does, and the
// order of members counts, since JavaScript shows it.
bool equal(const Value& a, const Value& b);
// The same, or false when the budget does not suffice: parts that are shared count, and are
// compared, as often as they stand there.
bool equal(const Value& a, const Value& b, WorkBudget& work);

// `after`, with every part that equals the same part of `before` replaced by that part of `before`,
// so that what did not change keeps its node. Returns `before` itself when the two are equal.
Value reconcile(const Value& before, const Value& after);
// The same as far as the budget suffices; `after` as it is where it does not.
Value reconcile(const Value& before, const Value& after, WorkBudget& work);

}  // namespace isthmus
