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

void Value::destroy(std::uint64_t bits) {
  Node* const node = nodeOf(bits);
  const auto kind = static_cast<Kind>(bits & kTagMask);
  if (kind == Kind::String) {
    ::operator delete(node);
    return;
  }
  if (const NodeId id = static_cast<Container*>(node)->id; id != 0) NodeIds::release(id);
  if (kind == Kind::Array) {
    delete static_cast<ArrayNode*>(node);
  } else {
    delete static_cast<ObjectNode*>(node);
  }
}

namespace {

bool equalItems(const Sequence<Value>& a, const Sequence<Value>& b, WorkBudget& work) {
  return a.size() == b.size() &&
         Sequence<Value>::visitDifferences(a, b, [&](std::size_t, const Value* x, const Value* y) {
           return work.spend() && equal(*x, *y, work);
         });
}

bool equalMembers(const MemberList<Value>& a, const MemberList<Value>& b, WorkBudget& work) {
  return MemberList<Value>::haveSameKeys(a, b) &&
         MemberList<Value>::visitDifferences(a, b, [&](const Key&, const Value* x, const Value* y) {
           return work.spend() && equal(*x, *y, work);
         });
}

// Neither copies its list before there is a part of `before` to put into it.
Value reconcileItems(const Value& before, const Value& after, WorkBudget& work) {
  bool same = before.items().size() == after.items().size();
  std::optional<Sequence<Value>> mixed;
  Sequence<Value>::visitDifferences(before.items(), after.items(),
                                    [&](std::size_t index, const Value* x, const Value* y) {
                                      if (x == nullptr || y == nullptr || !work.spend())
                                        return false;
                                      if (x->identical(*y)) return true;
                                      Value next = reconcile(*x, *y, work);
                                      same = same && next.identical(*x);
                                      if (!next.identical(*y)) {
                                        if (!mixed) mixed = after.items();
                                        mixed->open(index) = std::move(next);
                                      }
                                      return true;
                                    });
  if (work.isExhausted()) return after;
  if (same) return before;
  return mixed ? Value(std::move(*mixed), after.nesting()) : after;
}

Value reconcileMembers(const Value& before, const Value& after, WorkBudget& work) {
  bool same = before.members().size() == after.members().size();
  std::optional<MemberList<Value>> mixed;
  MemberList<Value>::visitDifferences(before.members(), after.members(),
                                      [&](const Key& key, const Value* x, const Value* y) {
                                        if (!work.spend()) return false;
                                        same = same && x != nullptr && y != nullptr;
                                        if (x == nullptr || y == nullptr || x->identical(*y))
                                          return true;
                                        Value next = reconcile(*x, *y, work);
                                        same = same && next.identical(*x);
                                        if (!next.identical(*y)) {
                                          if (!mixed) mixed = after.members();
                                          *mixed->open(key) = std::move(next);
                                        }
                                        return true;
                                      });
  if (work.isExhausted()) return after;
  if (same && MemberList<Value>::haveSameKeys(before.members(), after.members())) return before;
  return mixed ? Value(std::move(*mixed), after.nesting()) : after;
}

WorkBudget unlimited() { return WorkBudget(std::numeric_limits<std::int64_t>::max()); }

}  // namespace

bool equal(const Value& a, const Value& b, WorkBudget& work) {
  if (a.identical(b)) return true;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::String:
      return a.string().size() == b.string().size() && work.spend(textSteps(a.string().size())) &&
             a.string() == b.string();
    case Kind::Array:
      return equalItems(a.items(), b.items(), work);
    case Kind::Object:
      return equalMembers(a.members(), b.members(), work);
    default:
      return false;
  }
}

bool equal(const Value& a, const Value& b) {
  auto work = unlimited();
  return equal(a, b, work);
}

// A node that JavaScript has seen keeps its identity when it moves, as a reducer in JavaScript
// would keep it: it gives way only to an equal one.
Value reconcile(const Value& before, const Value& after, WorkBudget& work) {
  if (before.identical(after) || before.kind() != after.kind()) return after;
  if (!after.isContainer() || NodeIds::isExposed(after)) {
    return equal(before, after, work) ? before : after;
  }
  return after.isArray() ? reconcileItems(before, after, work)
                         : reconcileMembers(before, after, work);
}

Value reconcile(const Value& before, const Value& after) {
  auto work = unlimited();
  return reconcile(before, after, work);
}

}  // namespace isthmus
