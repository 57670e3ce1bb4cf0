#pragma once

#include "value/key_index.h"
#include "value/sequence.h"

namespace isthmus {

// The members of an object in JavaScript's order: integer-like keys ascending, then the others as
// they came; no key twice. Persistent like the Sequence it is made of:
//
//   entries  a │ b │ ∅ │ d      up to Sequence's width nothing else
//   index    a→0  b→1  d→3      from there on; ∅ is the place of a removed member
//
// A member keeps its place, so writing a value leaves the index alone. When a quarter of the places
// are empty, or a member belongs between others, the list is made anew.
template <typename Value>
class MemberList {
 public:
  struct Member {
    Key key;
    Value value;
  };

  MemberList() = default;
  // In order, without repeats.
  explicit MemberList(std::vector<Member> members) : entries_(std::move(members)) { buildIndex(); }

  std::size_t size() const { return entries_.size() - removed_; }
  bool empty() const { return size() == 0; }

  const Member& front() const { return *begin(); }
  const Value* find(const Key& key) const {
    const auto at = positionOf(key);
    return at ? &entries_[*at].value : nullptr;
  }
  // The value of a member that exists, to be changed.
  Value* open(const Key& key) {
    const auto at = positionOf(key);
    return at ? &entries_.open(*at).value : nullptr;
  }
  // Adds a member that does not exist.
  void add(Key key, Value value);
  void erase(const Key& key);

  // Calls visit(key, before*, after*) for each member that may differ; null where there is none.
  template <typename Visit>
  static void visitDifferences(const MemberList& before, const MemberList& after,
                               const Visit& visit);

  // Keys without an index rank behind all indices.
  static std::uint32_t rank(const Key& key) { return key.index().value_or(0xFFFF'FFFF); }

  class Iterator;
  Iterator begin() const { return Iterator(entries_.begin(), entries_.end()); }
  Iterator end() const { return Iterator(entries_.end(), entries_.end()); }

 private:
  using Entries = Sequence<Member>;

  bool isIndexed() const { return entries_.size() > Entries::kWidth; }
  std::optional<std::size_t> positionOf(const Key& key) const;
  void buildIndex();
  void rebuild(std::vector<Member> members);
  std::vector<Member> live() const { return {begin(), end()}; }

  Entries entries_;
  KeyIndex index_;
  std::size_t removed_ = 0;
};

template <typename Value>
class MemberList<Value>::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Member;
  using difference_type = std::ptrdiff_t;
  using pointer = const Member*;
  using reference = const Member&;

  Iterator() = default;
  Iterator(typename Entries::Iterator at, typename Entries::Iterator end) : at_(at), end_(end) {
    skipRemoved();
  }

  const Member& operator*() const { return *at_; }
  const Member* operator->() const { return &*at_; }
  Iterator& operator++() {
    ++at_;
    skipRemoved();
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
    while (!(at_ == end_) && !at_->key) ++at_;
  }

  typename Entries::Iterator at_;
  typename Entries::Iterator end_;
};

template <typename Value>
std::optional<std::size_t> MemberList<Value>::positionOf(const Key& key) const {
  if (isIndexed()) return index_.find(key);
  std::size_t at = 0;
  for (const auto& entry : entries_) {
    if (entry.key == key) return at;
    ++at;
  }
  return std::nullopt;
}

template <typename Value>
void MemberList<Value>::add(Key key, Value value) {
  const auto place = rank(key);
  if (!entries_.empty() && place < rank(entries_[entries_.size() - 1].key)) {
    auto members = live();
    const auto after = std::upper_bound(members.begin(), members.end(), place,
                                        [](auto r, const auto& m) { return r < rank(m.key); });
    members.insert(after, {std::move(key), std::move(value)});
    rebuild(std::move(members));
    return;
  }
  const auto position = static_cast<std::uint32_t>(entries_.size());
  entries_.pushBack({key, std::move(value)});
  if (position == Entries::kWidth) {
    buildIndex();
  } else if (isIndexed()) {
    index_.set(key, position);
  }
}

template <typename Value>
void MemberList<Value>::erase(const Key& key) {
  const auto at = *positionOf(key);
  if (!isIndexed()) {
    entries_.erase(at);
    return;
  }
  index_.erase(key);
  entries_.open(at) = Member{};
  ++removed_;
  // The last place is never empty, and few of the others are.
  while (!entries_.empty() && !entries_[entries_.size() - 1].key) {
    entries_.erase(entries_.size() - 1);
    --removed_;
  }
  if (!isIndexed() || removed_ * 4 > entries_.size()) rebuild(live());
}

template <typename Value>
void MemberList<Value>::buildIndex() {
  if (!isIndexed()) return;
  index_ = {};
  std::uint32_t position = 0;
  for (const auto& entry : entries_) index_.set(entry.key, position++);
}

template <typename Value>
void MemberList<Value>::rebuild(std::vector<Member> members) {
  *this = MemberList(std::move(members));
}

template <typename Value>
template <typename Visit>
void MemberList<Value>::visitDifferences(const MemberList& before, const MemberList& after,
                                         const Visit& visit) {
  Entries::visitDifferences(before.entries_, after.entries_,
                            [&](std::size_t, const Member* x, const Member* y) {
                              if (x != nullptr && y != nullptr && x->key == y->key) {
                                if (x->key) visit(x->key, &x->value, &y->value);
                                return;
                              }
                              if (x != nullptr && x->key)
                                visit(x->key, &x->value, after.find(x->key));
                              if (y != nullptr && y->key && before.find(y->key) == nullptr) {
                                visit(y->key, static_cast<const Value*>(nullptr), &y->value);
                              }
                            });
}

}  // namespace isthmus
