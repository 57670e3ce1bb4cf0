#include "value/object_builder.h"

#include <algorithm>

namespace isthmus {
namespace {

constexpr std::size_t kScanned = 16;  // up to here a scan beats an index

std::uint32_t rank(const Key& key) { return MemberList<Value>::rank(key); }

bool ranksBefore(const Value::Member& a, const Value::Member& b) {
  return rank(a.key) < rank(b.key);
}

// Integer-like keys first, and in order; the others keep theirs.
Value::Members inOrder(Value::Members members) {
  Value::Members ordered;
  Value::Members named;
  ordered.reserve(members.size());
  for (auto& member : members) {
    (member.key.index() ? ordered : named).push_back(std::move(member));
  }
  std::sort(ordered.begin(), ordered.end(), ranksBefore);
  for (auto& member : named) ordered.push_back(std::move(member));
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
