#include "value/object_builder.h"

#include <algorithm>

namespace isthmus {
namespace {

constexpr std::size_t kScanned = 16;  // up to here a scan beats a hash table

std::uint32_t rank(const Key& key) { return MemberList<Value>::rank(key); }

bool ranksBefore(const Value::Member& a, const Value::Member& b) {
  return rank(a.key) < rank(b.key);
}

}  // namespace

Value* ObjectBuilder::slotOf(const Key& key) {
  if (members_.size() <= kScanned) {
    const auto found = std::find_if(members_.begin(), members_.end(),
                                    [&](const auto& member) { return member.key == key; });
    return found == members_.end() ? nullptr : &found->value;
  }
  for (std::size_t i = positions_.size(); i < members_.size(); ++i) {
    positions_.emplace(members_[i].key, i);
  }
  const auto found = positions_.find(key);
  return found == positions_.end() ? nullptr : &members_[found->second].value;
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
  if (!ordered_) std::stable_sort(members_.begin(), members_.end(), ranksBefore);
  return Value(std::move(members_));
}

}  // namespace isthmus
