#include "value/object_builder.h"

#include <algorithm>

namespace isthmus {
namespace {

constexpr std::size_t kScanned = 16;  // up to here a scan beats a hash table

// Keys without an index sort behind all indices and keep their order.
std::uint64_t rank(const Key& key) { return key.index().value_or(0xFFFF'FFFF); }

bool ranksBefore(const Value::Member& a, const Value::Member& b) {
  return rank(a.key) < rank(b.key);
}

}  // namespace

MemberPosition positionOf(const Value::Members& members, const Key& key) {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const auto& member) { return member.key == key; });
  if (found != members.end()) return {static_cast<std::size_t>(found - members.begin()), true};
  const auto after =
      std::upper_bound(members.begin(), members.end(), rank(key),
                       [](std::uint64_t r, const auto& member) { return r < rank(member.key); });
  return {static_cast<std::size_t>(after - members.begin()), false};
}

Value* ObjectBuilder::slotOf(const Key& key) {
  if (members_.size() <= kScanned) {
    const auto [at, found] = positionOf(members_, key);
    return found ? &members_[at].value : nullptr;
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
