#include "value/value.h"

#include <algorithm>
#include <new>
#include <optional>

#include "value/node_ids.h"

namespace isthmus {
Value::Node* Value::StringNode::make(std::string_view text) {
  constexpr auto kHead = sizeof(Node) + sizeof(std::uint32_t);
  static_assert(sizeof(Node) == 8);
  void* const memory = ::operator new(std::max(kHead + text.size(), sizeof(StringNode)));
  auto* const node = new (memory) StringNode{{}, static_cast<std::uint32_t>(text.size())};
  std::copy(text.begin(), text.end(), node->bytes());
  return node;
}

Value::Value(std::string_view text) : Value(Kind::String, StringNode::make(text)) {}

Value::Value(Items items) : Value(Kind::Array, new ArrayNode) {
  array().depth = Depth::ofEmpty();
  for (const auto& item : items) array().depth.include(item.nesting());
  array().items = Sequence<Value>(std::move(items));
}

Value::Value(Sequence<Value> items, Depth depth) : Value(Kind::Array, new ArrayNode) {
  array().depth = depth;
  array().items = std::move(items);
}

Value::Value(MemberList<Value> members, Depth depth) : Value(Kind::Object, new ObjectNode) {
  object().depth = depth;
  object().members = std::move(members);
}

Value::Value(Members members, KeyIndex positions) : Value(Kind::Object, new ObjectNode) {
  object().depth = Depth::ofEmpty();
  for (const auto& member : members) object().depth.include(member.value.nesting());
  object().members = MemberList<Value>(std::move(members), std::move(positions));
}

// What is exact stays so, hence a part that is shared by many is walked once.
Depth Value::exactDepth() const {
  if (nesting().isExact()) return nesting();
  Depth exact = Depth::ofEmpty();
  if (isArray()) {
    for (const auto& item : items()) exact.include(item.exactDepth());
  } else {
    for (const auto& member : members()) exact.include(member.value.exactDepth());
  }
  return node()->depth = exact;
}

const Value* Value::find(const Key& key) const {
  if (isObject()) return members().find(key);
  if (isArray()) {
    const auto index = key.index();
    if (index && *index < items().size()) return &items()[*index];
  }
  return nullptr;
}

const ElementIndex& Value::indexBy(const Key& member) const {
  auto& indices = array().indices;
  if (!indices) indices = Shared<ElementIndices>::make();
  for (const auto& index : indices->all) {
    if (index.by() == member) return index;
  }
  // Other versions of this array, with other elements, may have the same list of indices.
  if (!indices.unique()) indices = Shared<ElementIndices>::copyOf(*indices);
  return indices->all.emplace_back(member, items());
}

void Value::destroy() {
  if (isString()) {
    ::operator delete(node());
    return;
  }
  if (container().id != 0) NodeIds::release(container().id);
  if (isArray()) {
    delete &array();
  } else {
    delete &object();
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

// Neither copies its list before there is a part of `before` to put into it.
Value reconcileItems(const Value& before, const Value& after) {
  bool same = before.items().size() == after.items().size();
  std::optional<Sequence<Value>> mixed;
  std::size_t index = 0;
  auto earlier = before.items().begin();
  for (const auto& item : after.items()) {
    if (index == before.items().size()) break;
    if (!earlier->identical(item)) {
      Value next = reconcile(*earlier, item);
      same = same && next.identical(*earlier);
      if (!next.identical(item)) {
        if (!mixed) mixed = after.items();
        mixed->open(index) = std::move(next);
      }
    }
    ++earlier;
    ++index;
  }
  if (same) return before;
  return mixed ? Value(std::move(*mixed), after.nesting()) : after;
}

Value reconcileMembers(const Value& before, const Value& after) {
  bool same = before.members().size() == after.members().size();
  std::optional<MemberList<Value>> mixed;
  auto aligned = before.members().begin();
  for (const auto& [key, value] : after.members()) {
    const bool isAligned = !(aligned == before.members().end()) && aligned->key == key;
    const Value* const earlier = isAligned ? &aligned->value : before.find(key);
    if (isAligned) ++aligned;
    same = same && isAligned;
    if (earlier == nullptr || earlier->identical(value)) continue;
    Value next = reconcile(*earlier, value);
    same = same && next.identical(*earlier);
    if (next.identical(value)) continue;
    if (!mixed) mixed = after.members();
    *mixed->open(key) = std::move(next);
  }
  if (same) return before;
  return mixed ? Value(std::move(*mixed), after.nesting()) : after;
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
