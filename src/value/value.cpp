#include "value/value.h"

#include <algorithm>
#include <cmath>

#include "value/node_ids.h"

namespace isthmus {
namespace {

std::size_t deeper(std::size_t depth, const Value& child) {
  return std::max(depth, child.depth() + 1);
}

std::uint16_t clampDepth(std::size_t depth) {
  return static_cast<std::uint16_t>(std::min<std::size_t>(depth, 0xFFFF));
}

bool sameNumber(double a, double b) {
  return a == b ? std::signbit(a) == std::signbit(b) : std::isnan(a) && std::isnan(b);
}

}  // namespace

Value::Value(std::string text) : kind_(Kind::String), number_(0) {
  auto* const node = new StringNode;
  node->text = std::move(text);
  node_ = node;
}

Value::Value(Items items) : kind_(Kind::Array), number_(0) {
  auto* const node = new ArrayNode;
  std::size_t depth = 1;
  for (const auto& item : items) depth = deeper(depth, item);
  node->depth = clampDepth(depth);
  node->items = std::move(items);
  node_ = node;
}

Value::Value(Members members) : kind_(Kind::Object), number_(0) {
  auto* const node = new ObjectNode;
  std::size_t depth = 1;
  for (const auto& member : members) depth = deeper(depth, member.value);
  node->depth = clampDepth(depth);
  node->members = std::move(members);
  node_ = node;
}

const std::string& Value::string() const { return static_cast<const StringNode*>(node_)->text; }

const Value::Items& Value::items() const { return static_cast<const ArrayNode*>(node_)->items; }

const Value::Members& Value::members() const {
  return static_cast<const ObjectNode*>(node_)->members;
}

const Value* Value::find(const Key& key) const {
  if (isObject()) {
    for (const auto& member : members()) {
      if (member.key == key) return &member.value;
    }
  } else if (isArray()) {
    const auto index = key.index();
    if (index && *index < items().size()) return &items()[*index];
  }
  return nullptr;
}

bool Value::identical(const Value& other) const {
  if (kind_ != other.kind_) return false;
  switch (kind_) {
    case Kind::Null:
      return true;
    case Kind::Boolean:
      return boolean_ == other.boolean_;
    case Kind::Number:
      return sameNumber(number_, other.number_);
    default:
      return node_ == other.node_;
  }
}

void Value::destroy(Node* node, Kind kind) {
  if (node->id != 0) NodeIds::release(node->id);
  switch (kind) {
    case Kind::String:
      delete static_cast<StringNode*>(node);
      break;
    case Kind::Array:
      delete static_cast<ArrayNode*>(node);
      break;
    default:
      delete static_cast<ObjectNode*>(node);
  }
}

bool equal(const Value& a, const Value& b) {
  if (a.identical(b)) return true;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::String:
      return a.string() == b.string();
    case Kind::Array:
      return std::equal(a.items().begin(), a.items().end(), b.items().begin(), b.items().end(),
                        equal);
    case Kind::Object:
      return std::equal(
          a.members().begin(), a.members().end(), b.members().begin(), b.members().end(),
          [](const auto& x, const auto& y) { return x.key == y.key && equal(x.value, y.value); });
    default:
      return false;
  }
}

namespace {

Value reconcileItems(const Value& before, const Value& after) {
  const auto& old = before.items();
  bool same = old.size() == after.items().size();
  bool reused = false;
  Value::Items items = after.items();
  for (std::size_t i = 0; i < items.size() && i < old.size(); ++i) {
    items[i] = reconcile(old[i], items[i]);
    reused = reused || !items[i].identical(after.items()[i]);
    same = same && items[i].identical(old[i]);
  }
  if (same) return before;
  return reused ? Value(std::move(items)) : after;
}

Value reconcileMembers(const Value& before, const Value& after) {
  const auto& old = before.members();
  bool same = old.size() == after.members().size();
  bool reused = false;
  Value::Members members = after.members();
  for (std::size_t i = 0; i < members.size(); ++i) {
    auto& [key, value] = members[i];
    const bool aligned = i < old.size() && old[i].key == key;
    const Value* const earlier = aligned ? &old[i].value : before.find(key);
    if (earlier != nullptr) value = reconcile(*earlier, value);
    reused = reused || !value.identical(after.members()[i].value);
    same = same && aligned && value.identical(*earlier);
  }
  if (same) return before;
  return reused ? Value(std::move(members)) : after;
}

}  // namespace

// A node that JavaScript has seen keeps its identity when it moves, as a reducer in JavaScript
// would keep it: it gives way only to an equal one.
Value reconcile(const Value& before, const Value& after) {
  if (before.identical(after) || before.kind() != after.kind()) return after;
  if (!after.isContainer() || NodeIds::isExposed(after))
    return equal(before, after) ? before : after;
  return after.isArray() ? reconcileItems(before, after) : reconcileMembers(before, after);
}

}  // namespace isthmus
