#pragma once

#include "value/key_index.h"
#include "value/sequence.h"

namespace isthmus {

// The members of an object in JavaScript's order: integer-like keys ascending, then the others as
// they came; no key twice. Persistent like the Sequence it is made of:
//
//   entries  3 │ 7 │ a │ b │ ∅ │ d    up to Sequence's width nothing else
//   numbered 2                        so many keys are indices; they are searched by their order
//   index            a→0 b→1  d→3     the others by hash, from there on; ∅ is a removed member
//
// Ours because persistent maps are ordered by hash or by key, and JavaScript's objects are not.
//
// A member keeps its place among its like, so writing a value leaves the index alone. When a
// quarter of the places are empty the list is made anew; the last place is never empty.
template <typename Value>
class MemberList {
 public:
  struct Member {
    Key key;
    Value value;
  };

  MemberList() = default;
  // In order, without repeats.
  // An index, if there is one, tells the positions of all keys.
  explicit MemberList(Vector<Member> members, KeyIndex index = {});

  std::size_t size() const { return entries_.size() - removed_; }
  bool empty() const { return size() == 0; }

  const Member& front() const { return *begin(); }
  const Value* find(const Key& key) const {
    const auto at = positionOf(key);
    return at ? &entries_[*at].value : nullptr;
  }
  // Where a member stands until members are added or removed.
  std::optional<std::size_t> positionOf(const Key& key) const;
  // The value of a member that exists, to be changed.
  Value& openAt(std::size_t position) { return entries_.open(position).value; }
  Value* open(const Key& key) {
    const auto at = positionOf(key);
    return at ? &openAt(*at) : nullptr;
  }
  // Adds a member that does not exist.
  void add(Key key, Value value);
  void erase(const Key& key);

  // The places of members, some of which may be empty: without a key.
  std::size_t places() const { return entries_.size(); }
  const Member& at(std::size_t place) const { return entries_[place]; }

  // Calls visit(key, before*, after*) for each member that may differ; null where there is none. A
  // visit that returns false is the last; returns whether there was none such.
  template <typename Visit>
  static bool visitDifferences(const MemberList& before, const MemberList& after,
                               const Visit& visit);
  // And in the same order.
  static bool haveSameKeys(const MemberList& a, const MemberList& b);

  // Keys without an index rank behind all indices.
  static std::uint32_t rank(const Key& key) { return key.index().value_or(0xFFFF'FFFF); }

  class Iterator;
  Iterator begin() const { return Iterator(entries_.begin(), removed_ > 0); }
  Iterator end() const { return Iterator(); }

 private:
  using Entries = Sequence<Member>;

  bool isIndexed() const { return entries_.size() > Entries::kWidth; }
  std::size_t boundOf(std::uint32_t index) const;
  ISTHMUS_SMALL void buildIndex();
  ISTHMUS_SMALL void clearPlace(std::size_t at);
  ISTHMUS_SMALL void closeGaps();

  Entries entries_;
  KeyIndex index_;
  std::uint32_t numbered_ = 0;
  std::uint32_t removed_ = 0;
};

template <typename Value>
MemberList<Value>::MemberList(Vector<Member> members, KeyIndex index) {
  const auto isIndex = [](const Member& member) { return member.key.index().has_value(); };
  numbered_ = static_cast<std::uint32_t>(
      std::partition_point(members.begin(), members.end(), isIndex) - members.begin());
  entries_ = Entries(std::move(members));
  if (isIndexed() && numbered_ == 0 && !index.empty()) {
    index_ = std::move(index);
  } else {
    buildIndex();
  }
}

template <typename Value>
class MemberList<Value>::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Member;
  using difference_type = std::ptrdiff_t;
  using pointer = const Member*;
  using reference = const Member&;

  Iterator() = default;
  Iterator(typename Entries::Iterator at, bool hasGaps) : at_(at), hasGaps_(hasGaps) {
    if (hasGaps_) skipRemoved();
  }

  const Member& operator*() const { return *at_; }
  const Member* operator->() const { return &*at_; }
  Iterator& operator++() {
    ++at_;
    if (hasGaps_) skipRemoved();
    return *this;
  }
  Iterator operator++(int) {
    Iterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

 private:
  void skipRemoved() {
    while (!(at_ == typename Entries::Iterator()) && !at_->key) ++at_;
  }

  typename Entries::Iterator at_;
  bool hasGaps_ = false;
};

template <typename Value>
std::optional<std::size_t> MemberList<Value>::positionOf(const Key& key) const {
  if (const auto index = key.index(); index && isIndexed()) {
    const auto at = boundOf(*index);
    return at < numbered_ && entries_[at].key == key ? std::optional(at) : std::nullopt;
  }
  if (isIndexed()) {
    const auto at = index_.find(key);
    return at ? std::optional<std::size_t>(*at + numbered_) : std::nullopt;
  }
  std::size_t at = 0;
  while (at < entries_.size()) {
    const auto [first, last] = entries_.runAt(at);
    const auto* const found =
        std::find_if(first, last, [&](const auto& m) { return m.key == key; });
    at += static_cast<std::size_t>(found - first);
    if (found != last) return at;
  }
  return std::nullopt;
}

// Where an index stands or belongs among the numbered: first guessed as if they were evenly spread,
// which ids mostly are, then by halves.
template <typename Value>
std::size_t MemberList<Value>::boundOf(std::uint32_t index) const {
  std::size_t low = 0;
  std::size_t high = numbered_;
  bool isGuess = true;
  while (low < high) {
    auto middle = low + (high - low) / 2;
    if (isGuess) {
      const auto first = rank(entries_[low].key);
      const auto last = rank(entries_[high - 1].key);
      if (index <= first) return low;
      if (index > last) return high;
      middle = low + static_cast<std::size_t>(std::uint64_t{index - first} * (high - 1 - low) /
                                              (last - first));
    }
    const auto found = rank(entries_[middle].key);
    if (found == index) return middle;
    (found < index ? low : high) = found < index ? middle + 1 : middle;
    isGuess = !isGuess;
  }
  return low;
}

template <typename Value>
void MemberList<Value>::add(Key key, Value value) {
  const auto index = key.index();
  const auto position = index ? boundOf(*index) : entries_.size();
  entries_.insert(position, {key, std::move(value)});
  if (index) ++numbered_;
  if (entries_.size() == Entries::kWidth + 1) {
    buildIndex();
  } else if (!index && isIndexed()) {
    index_.set(key, static_cast<std::uint32_t>(position - numbered_));
  }
}

template <typename Value>
void MemberList<Value>::erase(const Key& key) {
  const auto at = *positionOf(key);
  const bool isNumbered = at < numbered_;
  if (isNumbered) --numbered_;
  if (isNumbered || !isIndexed()) {
    entries_.erase(at);
  } else {
    index_.erase(key);
    clearPlace(at);
  }
  const bool isSparse = removed_ * 4 > entries_.size() || !isIndexed();
  if (removed_ > 0 && isSparse) closeGaps();
}

template <typename Value>
void MemberList<Value>::closeGaps() {
  *this = MemberList(Vector<Member>(begin(), end()));
}

template <typename Value>
void MemberList<Value>::clearPlace(std::size_t at) {
  entries_.open(at) = Member{};
  ++removed_;
  while (!entries_.empty() && !entries_[entries_.size() - 1].key) {
    entries_.erase(entries_.size() - 1);
    --removed_;
  }
}

template <typename Value>
void MemberList<Value>::buildIndex() {
  if (!isIndexed()) return;
  index_ = {};
  std::uint32_t position = 0;
  for (const auto& entry : entries_) {
    if (position >= numbered_) index_.set(entry.key, position - numbered_);
    ++position;
  }
}

template <typename Value>
template <typename Visit>
bool MemberList<Value>::visitDifferences(const MemberList& before, const MemberList& after,
                                         const Visit& visit) {
  const auto call = [&](const Key& key, const Value* x, const Value* y) {
    if constexpr (std::is_void_v<decltype(visit(key, x, y))>) {
      visit(key, x, y);
      return true;
    } else {
      return visit(key, x, y);
    }
  };
  return Entries::visitDifferences(
      before.entries_, after.entries_, [&](std::size_t, const Member* x, const Member* y) {
        if (x != nullptr && y != nullptr && x->key == y->key) {
          return !x->key || call(x->key, &x->value, &y->value);
        }
        if (x != nullptr && x->key && !call(x->key, &x->value, after.find(x->key))) return false;
        const bool isNew = y != nullptr && y->key && before.find(y->key) == nullptr;
        return !isNew || call(y->key, static_cast<const Value*>(nullptr), &y->value);
      });
}

// Where they stand at other places there may be gaps between them.
template <typename Value>
bool MemberList<Value>::haveSameKeys(const MemberList& a, const MemberList& b) {
  if (a.size() != b.size()) return false;
  const auto isAligned = [](std::size_t, const Member* x, const Member* y) {
    return x != nullptr && y != nullptr && x->key == y->key;
  };
  return Entries::visitDifferences(a.entries_, b.entries_, isAligned) ||
         std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Member& x, const Member& y) { return x.key == y.key; });
}

}  // namespace isthmus
