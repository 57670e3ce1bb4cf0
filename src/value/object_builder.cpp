#include "value/object_builder.h"

#include <algorithm>

#include "base/stable_order.h"

namespace isthmus {
namespace {

constexpr std::size_t kScanned = 16;  // up to here a scan beats an index

std::uint32_t rank(const Key& key) { return MemberList<Value>::rank(key); }

// Integer-like keys first, and in order; the others keep theirs.
Value::Members inOrder(Value::Members members) {
  const auto isBefore = [&](std::uint32_t a, std::uint32_t b) {
    return rank(members[a].key) < rank(members[b].key);
  };
  Value::Members ordered;
  ordered.reserve(members.size());
  for (const auto at : stableOrder(members.size(), isBefore)) {
    ordered.push_back(std::move(members[at]));
  }
  return ordered;
}

}  // namespace

Value* ObjectBuilder::slotOf(const Key& key) {
  if (members_.size() <= kScanned) {
    const auto found = std::find_if(members_.begin(), members_.end(),
                                    [&](const auto& member) { return member.key == key; });
    return found == members_.end() ? nullptr : &found->value;
  }
  indexMembers();
  const auto position = positions_.find(key);
  return position ? &members_[*position].value : nullptr;
}

void ObjectBuilder::indexMembers() {
  for (; indexed_ < members_.size(); ++indexed_) {
    positions_.set(members_[indexed_].key, static_cast<std::uint32_t>(indexed_));
  }
}

ObjectBuilder& ObjectBuilder::set(Key key, Value value) {
  if (Value* const slot = slotOf(key)) {
    *slot = std::move(value);
    return *this;
  }
  if (!members_.empty() && rank(key) < rank(members_.back().key)) ordered_ = false;
  members_.push_back(Value::Member{std::move(key), std::move(value)});
  return *this;
}

Value ObjectBuilder::build() && {
  if (!ordered_) return Value(inOrder(std::move(members_)));
  if (indexed_ > 0) indexMembers();
  return Value(std::move(members_), std::move(positions_));
}

}  // namespace isthmus
