#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "value/element_index.h"
#include "value/key.h"
#include "value/member_list.h"
#include "value/sequence.h"

namespace isthmus {

enum class Kind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

class Value;

// An immutable JSON-like value. Scalars are stored inline; strings, arrays and objects are
// reference-counted nodes, shared by every Value that holds them:
//
//   Value { kind, bool | double | Node* }
//   Node  { refs, depth, id } ◄─ StringNode { text }      WTF-8: every JavaScript string exactly
//                             ◄─ ArrayNode  { items }     a Sequence
//                             ◄─ ObjectNode { members }   a MemberList: in JavaScript's key order
//
// Counts are not atomic: the engine runs on one thread. `depth` is at least 1 + the deepest child's
// and bounds recursion; `id` is 0 until the node is shown to JavaScript (value/node_ids.h).
class Value {
 public:
  using Items = std::vector<Value>;
  using Member = MemberList<Value>::Member;
  using Members = std::vector<Member>;

  Value() : kind_(Kind::Null), number_(0) {}
  explicit Value(bool boolean) : kind_(Kind::Boolean), boolean_(boolean) {}
  explicit Value(double number) : kind_(Kind::Number), number_(number) {}
  explicit Value(std::string text);
  explicit Value(std::string_view text) : Value(std::string(text)) {}
  explicit Value(const char* text) : Value(std::string(text)) {}
  explicit Value(Items items);
  // The members must be in JavaScript's key order without repeats; ObjectBuilder makes such lists.
  explicit Value(Members members);
  // As copies of an array or object with these contents, whose nesting is known.
  Value(Sequence<Value> items, std::size_t depth);
  Value(MemberList<Value> members, std::size_t depth);

  Value(const Value& other) : kind_(other.kind_), number_(0) {
    copyContent(other);
    if (isNode()) ++node_->refs;
  }
  Value(Value&& other) noexcept : kind_(other.kind_), number_(0) {
    copyContent(other);
    other.kind_ = Kind::Null;
  }
  Value& operator=(Value other) noexcept {
    swap(other);
    return *this;
  }
  ~Value() {
    if (isNode() && --node_->refs == 0) destroy(node_, kind_);
  }

  Kind kind() const { return kind_; }
  bool isNull() const { return kind_ == Kind::Null; }
  bool isBoolean() const { return kind_ == Kind::Boolean; }
  bool isNumber() const { return kind_ == Kind::Number; }
  bool isString() const { return kind_ == Kind::String; }
  bool isArray() const { return kind_ == Kind::Array; }
  bool isObject() const { return kind_ == Kind::Object; }
  bool isContainer() const { return kind_ >= Kind::Array; }

  bool boolean() const { return boolean_; }
  double number() const { return number_; }
  const std::string& string() const;
  const Sequence<Value>& items() const;
  const MemberList<Value>& members() const;

  std::size_t depth() const { return isNode() ? node_->depth : 0; }

  // The member of an object or, for a key that spells an index, the element of an array; nullptr
  // when there is none. The pointer lives as long as this value is unchanged.
  const Value* find(const Key& key) const;

  // Of an array: the index of its elements by a member, made now if it has none.
  const ElementIndex& indexBy(const Key& member) const;

  // The same scalar or the very same node. -0 and 0 differ here, as they do in JavaScript's
  // Object.is.
  bool identical(const Value& other) const;

  struct Node {
    std::uint32_t refs = 1;
    std::uint16_t depth = 0;
    std::uint64_t id = 0;
  };

 private:
  friend class Draft;
  friend class NodeIds;

  struct StringNode;
  struct ArrayNode;
  struct ObjectNode;

  Value(Kind kind, Node* node) : kind_(kind), node_(node) {}

  bool isNode() const { return kind_ >= Kind::String; }
  void copyContent(const Value& other) { number_ = other.number_; }
  void swap(Value& other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(number_, other.number_);
  }
  static void destroy(Node* node, Kind kind);

  Kind kind_;
  // number_ is the widest alternative, so that copying it copies any of them.
  union {
    bool boolean_;
    double number_;
    Node* node_;
  };
};

struct Value::StringNode : Node {
  std::string text;
};
struct Value::ArrayNode : Node {
  Sequence<Value> items;
  Shared<ElementIndices> indices;  // of just these items, or none
};
struct Value::ObjectNode : Node {
  MemberList<Value> members;
};

inline const std::string& Value::string() const {
  return static_cast<const StringNode*>(node_)->text;
}
inline const Sequence<Value>& Value::items() const {
  return static_cast<const ArrayNode*>(node_)->items;
}
inline const MemberList<Value>& Value::members() const {
  return static_cast<const ObjectNode*>(node_)->members;
}

// Deep equality; identical nodes are equal at once. Numbers compare as Object.is does, and the
// order of members counts, since JavaScript shows it.
bool equal(const Value& a, const Value& b);

// `after`, with every part that equals the same part of `before` replaced by that part of `before`,
// so that what did not change keeps its node. Returns `before` itself when the two are equal.
Value reconcile(const Value& before, const Value& after);

}  // namespace isthmus
