#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "base/vector.h"
#include "value/shared.h"

namespace isthmus {

// A persistent list. Up to kWidth elements lie flat; more hang in a tree of blocks, all leaves at
// one depth, so that a change copies one block per level and shares the rest with the list it came
// from:
//
//   Sequence { flat }                                 size ≤ kWidth when made, no tree
//   Sequence { root }
//     Branch { ends: 32, 61, 93   children: ● ● ● }   ends[i]: elements up to and with child i
//     Leaf   { items }                                1 to kWidth items, no branch is empty
//
// Copying shares. What only this list holds is changed in place, so a list that is built or changed
// again within one action copies each block once.
//
// Ours because the engine needs just this, small in wasm: counts without atomics, as there is one
// thread; no tree around the few elements of most lists; insertion and removal anywhere; and a walk
// over the differences of two lists that passes over what they share, which tells watches and
// JavaScript's views what is new.
template <typename T>
class Sequence {
 public:
  static constexpr std::size_t kWidth = 32;

  Sequence() = default;
  ISTHMUS_SMALL explicit Sequence(Vector<T> items);

  std::size_t size() const { return root_ ? count(*root_) : flat_.size(); }
  bool empty() const { return size() == 0; }
  const T& operator[](std::size_t index) const;
  const T& front() const { return (*this)[0]; }

  // The element, to be changed: its block belongs to this list alone afterwards.
  T& open(std::size_t index) { return root_ ? openInTree(index) : flat_[index]; }
  void insert(std::size_t index, T item);
  void pushBack(T item) { insert(size(), std::move(item)); }
  void erase(std::size_t index);

  // Calls visit(index, before*, after*) for each index at which two lists may differ; what lies in
  // blocks that they share at the same place is left out. A pointer is null where its list has
  // ended. A visit that returns false is the last; returns whether there was none such.
  template <typename Visit>
  static bool visitDifferences(const Sequence& before, const Sequence& after, const Visit& visit);

  // A run of elements that lie side by side.
  struct Run {
    const T* first;
    const T* last;
  };
  // The elements from `index` on, up to the end of its block.
  Run runAt(std::size_t index) const {
    if (root_) return runInTree(index);
    return {flat_.data() + index, flat_.data() + flat_.size()};
  }

  class Iterator;
  Iterator begin() const { return Iterator(*this, 0); }
  Iterator end() const { return Iterator(*this, size()); }

 private:
  struct Block;
  using Pointer = Shared<Block>;

  // A leaf, of height 0, has items; a branch has children.
  struct Block : RefCounted {
    std::uint32_t height = 0;
    Vector<T> items;
    Vector<Pointer> children;
    Vector<std::uint32_t> ends;
  };

  // What most lists never need stays out of line, and out of the way of the rest.
  [[gnu::noinline]] Run runInTree(std::size_t index) const;
  [[gnu::noinline]] T& openInTree(std::size_t index);
  [[gnu::noinline]] void insertInTree(std::size_t index, T item);
  [[gnu::noinline]] void eraseInTree(std::size_t index);
  ISTHMUS_SMALL void grow();
  static std::size_t childAt(const Block& branch, std::size_t index);
  static std::size_t startOf(const Block& branch, std::size_t child);
  static std::size_t count(const Block& block);
  static Block& own(Pointer& block);
  ISTHMUS_SMALL static Pointer branchOf(Vector<Pointer> children);
  static Pointer insertInto(Pointer& at, std::size_t index, T item);
  ISTHMUS_SMALL static Pointer splitLeaf(Block& leaf, std::size_t index);
  ISTHMUS_SMALL static Pointer splitBranch(Block& branch);
  static void eraseFrom(Pointer& at, std::size_t index);
  ISTHMUS_SMALL static void mergeChild(Block& branch, std::size_t child);
  static void updateEnds(Block& branch);
  // Any callable as one type, so that the walk is compiled once.
  struct Visitor {
    bool (*call)(const void* visit, std::size_t index, const T* before, const T* after);
    const void* visit;
    bool operator()(std::size_t index, const T* before, const T* after) const {
      return call(visit, index, before, after);
    }
  };
  static bool visitAll(const Sequence& before, const Sequence& after, const Visitor& visit);
  static bool visitBlocks(const Block& before, const Block& after, std::size_t& from,
                          const Visitor& visit);

  Vector<T> flat_;
  Pointer root_;
};

// Forward only, and valid until the list changes.
template <typename T>
class Sequence<T>::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using pointer = const T*;
  using reference = const T&;

  Iterator() = default;
  Iterator(const Sequence& list, std::size_t index) : list_(&list), next_(index) { enterRun(); }

  const T& operator*() const { return *run_.first; }
  const T* operator->() const { return run_.first; }
  Iterator& operator++() {
    if (++run_.first == run_.last) enterRun();
    return *this;
  }
  Iterator operator++(int) {
    Iterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Iterator& a, const Iterator& b) {
    return a.run_.first == b.run_.first;
  }
  friend std::ptrdiff_t operator-(const Iterator& a, const Iterator& b) {
    return static_cast<std::ptrdiff_t>(a.index()) - static_cast<std::ptrdiff_t>(b.index());
  }

 private:
  std::size_t index() const { return next_ - static_cast<std::size_t>(run_.last - run_.first); }
  // At the end there is none.
  void enterRun() {
    run_ = next_ < list_->size() ? list_->runAt(next_) : Run{nullptr, nullptr};
    next_ += static_cast<std::size_t>(run_.last - run_.first);
  }

  const Sequence* list_ = nullptr;
  std::size_t next_ = 0;  // the index behind the run
  Run run_{nullptr, nullptr};
};

template <typename T>
Sequence<T>::Sequence(Vector<T> items) {
  if (items.size() <= kWidth) {
    flat_ = std::move(items);
    return;
  }
  Vector<Pointer> level;
  for (std::size_t start = 0; start < items.size(); start += kWidth) {
    const auto first = items.begin() + static_cast<std::ptrdiff_t>(start);
    const auto last =
        items.begin() + static_cast<std::ptrdiff_t>(std::min(start + kWidth, items.size()));
    level.push_back(Pointer::make());
    level.back()->items.assign(std::make_move_iterator(first), std::make_move_iterator(last));
  }
  while (level.size() > 1) {
    Vector<Pointer> above;
    for (std::size_t start = 0; start < level.size(); start += kWidth) {
      const auto end = std::min(start + kWidth, level.size());
      const auto at = [&](std::size_t i) { return level.begin() + static_cast<std::ptrdiff_t>(i); };
      above.push_back(branchOf({at(start), at(end)}));
    }
    level = std::move(above);
  }
  root_ = std::move(level.front());
}

template <typename T>
const T& Sequence<T>::operator[](std::size_t index) const {
  if (!root_) return flat_[index];
  return *runAt(index).first;
}

template <typename T>
typename Sequence<T>::Run Sequence<T>::runInTree(std::size_t index) const {
  const Block* block = root_.get();
  while (block->height > 0) {
    const auto child = childAt(*block, index);
    index -= startOf(*block, child);
    block = block->children[child].get();
  }
  return {block->items.data() + index, block->items.data() + block->items.size()};
}

template <typename T>
T& Sequence<T>::openInTree(std::size_t index) {
  Pointer* at = &root_;
  while ((*at)->height > 0) {
    Block& branch = own(*at);
    const auto child = childAt(branch, index);
    index -= startOf(branch, child);
    at = &branch.children[child];
  }
  return own(*at).items[index];
}

template <typename T>
void Sequence<T>::insert(std::size_t index, T item) {
  if (!root_ && flat_.size() < kWidth) {
    flat_.insert(flat_.begin() + static_cast<std::ptrdiff_t>(index), std::move(item));
  } else {
    insertInTree(index, std::move(item));
  }
}

template <typename T>
void Sequence<T>::insertInTree(std::size_t index, T item) {
  if (!root_) grow();
  if (Pointer right = insertInto(root_, index, std::move(item))) root_ = branchOf({root_, right});
}

template <typename T>
void Sequence<T>::erase(std::size_t index) {
  if (!root_) {
    flat_.erase(flat_.begin() + static_cast<std::ptrdiff_t>(index));
  } else {
    eraseInTree(index);
  }
}

template <typename T>
void Sequence<T>::eraseInTree(std::size_t index) {
  eraseFrom(root_, index);
  while (root_->height > 0 && root_->children.size() == 1) {
    root_ = Pointer(root_->children.front());
  }
  if (count(*root_) == 0) root_ = {};
}

// From flat to a tree of one leaf.
template <typename T>
void Sequence<T>::grow() {
  root_ = Pointer::make();
  root_->items = std::exchange(flat_, {});
}

template <typename T>
std::size_t Sequence<T>::childAt(const Block& branch, std::size_t index) {
  const auto found = std::upper_bound(branch.ends.begin(), branch.ends.end(), index);
  return static_cast<std::size_t>(found - branch.ends.begin());
}

template <typename T>
std::size_t Sequence<T>::startOf(const Block& branch, std::size_t child) {
  return child == 0 ? 0 : branch.ends[child - 1];
}

template <typename T>
std::size_t Sequence<T>::count(const Block& block) {
  if (block.height == 0) return block.items.size();
  return block.children.empty() ? 0 : block.ends.back();
}

template <typename T>
typename Sequence<T>::Pointer Sequence<T>::branchOf(Vector<Pointer> children) {
  Pointer branch = Pointer::make();
  branch->height = children.front()->height + 1;
  branch->children = std::move(children);
  updateEnds(*branch);
  return branch;
}

template <typename T>
typename Sequence<T>::Block& Sequence<T>::own(Pointer& block) {
  if (!block.unique()) block = Pointer::copyOf(*block);
  return *block;
}

// Inserts below `at`; when that was full, returns the new right half.
template <typename T>
typename Sequence<T>::Pointer Sequence<T>::insertInto(Pointer& at, std::size_t index, T item) {
  Block& block = own(at);
  if (block.height == 0) {
    Pointer right = block.items.size() < kWidth ? Pointer() : splitLeaf(block, index);
    const bool goesRight = right && index >= block.items.size();
    auto& items = goesRight ? right->items : block.items;
    const auto place = goesRight ? index - block.items.size() : index;
    items.insert(items.begin() + static_cast<std::ptrdiff_t>(place), std::move(item));
    return right;
  }
  // An insertion at the very end belongs to the last child.
  const auto child = std::min(childAt(block, index), block.children.size() - 1);
  const auto below = index - startOf(block, child);
  if (Pointer right = insertInto(block.children[child], below, std::move(item))) {
    block.children.insert(block.children.begin() + static_cast<std::ptrdiff_t>(child) + 1,
                          std::move(right));
  }
  Pointer right = block.children.size() <= kWidth ? Pointer() : splitBranch(block);
  updateEnds(block);
  return right;
}

// In halves; but an insertion at the end leaves the left one full, as appending wants it.
template <typename T>
typename Sequence<T>::Pointer Sequence<T>::splitLeaf(Block& leaf, std::size_t index) {
  Pointer right = Pointer::make();
  if (index == leaf.items.size()) return right;
  const auto middle = leaf.items.begin() + kWidth / 2;
  right->items.assign(std::make_move_iterator(middle), std::make_move_iterator(leaf.items.end()));
  leaf.items.erase(middle, leaf.items.end());
  return right;
}

template <typename T>
typename Sequence<T>::Pointer Sequence<T>::splitBranch(Block& branch) {
  const auto middle = branch.children.begin() + kWidth / 2;
  Pointer right = branchOf({middle, branch.children.end()});
  branch.children.erase(middle, branch.children.end());
  return right;
}

template <typename T>
void Sequence<T>::eraseFrom(Pointer& at, std::size_t index) {
  Block& block = own(at);
  if (block.height == 0) {
    block.items.erase(block.items.begin() + static_cast<std::ptrdiff_t>(index));
    return;
  }
  const auto child = childAt(block, index);
  eraseFrom(block.children[child], index - startOf(block, child));
  mergeChild(block, child);
  updateEnds(block);
}

// Keeps blocks from shrinking to nothing: one that fits into its left neighbour moves there.
template <typename T>
void Sequence<T>::mergeChild(Block& branch, std::size_t child) {
  const auto erase = [&](std::size_t i) {
    branch.children.erase(branch.children.begin() + static_cast<std::ptrdiff_t>(i));
  };
  const auto width = [&](const Block& block) {
    return block.height == 0 ? block.items.size() : block.children.size();
  };
  if (width(*branch.children[child]) == 0) {
    erase(child);
    return;
  }
  if (child == 0) return;
  const Block& right = *branch.children[child];
  if (width(*branch.children[child - 1]) + width(right) > kWidth / 2) return;
  Block& left = own(branch.children[child - 1]);
  left.items.insert(left.items.end(), right.items.begin(), right.items.end());
  left.children.insert(left.children.end(), right.children.begin(), right.children.end());
  if (left.height > 0) updateEnds(left);
  erase(child);
}

template <typename T>
void Sequence<T>::updateEnds(Block& branch) {
  branch.ends.resize(branch.children.size());
  std::size_t end = 0;
  for (std::size_t i = 0; i < branch.children.size(); ++i) {
    end += count(*branch.children[i]);
    branch.ends[i] = static_cast<std::uint32_t>(end);
  }
}

template <typename T>
template <typename Visit>
bool Sequence<T>::visitDifferences(const Sequence& before, const Sequence& after,
                                   const Visit& visit) {
  const auto call = [](const void* callable, std::size_t index, const T* x, const T* y) {
    const Visit& called = *static_cast<const Visit*>(callable);
    if constexpr (std::is_void_v<decltype(called(index, x, y))>) {
      called(index, x, y);
      return true;
    } else {
      return called(index, x, y);
    }
  };
  return visitAll(before, after, {call, &visit});
}

template <typename T>
bool Sequence<T>::visitAll(const Sequence& before, const Sequence& after, const Visitor& visit) {
  std::size_t from = 0;
  const bool isAlike = before.root_ && after.root_ && before.root_->height == after.root_->height;
  if (isAlike && !visitBlocks(*before.root_, *after.root_, from, visit)) return false;
  Iterator x(before, from);
  Iterator y(after, from);
  for (std::size_t i = from; i < before.size() || i < after.size(); ++i) {
    const T* const left = i < before.size() ? &*x++ : nullptr;
    const T* const right = i < after.size() ? &*y++ : nullptr;
    if (!visit(i, left, right)) return false;
  }
  return true;
}

// Walks two blocks, which begin at the index `from`, for as long as their elements lie at the same
// indices, and moves `from` to the index from which on they are to be compared one by one.
template <typename T>
bool Sequence<T>::visitBlocks(const Block& before, const Block& after, std::size_t& from,
                              const Visitor& visit) {
  if (&before == &after) {
    from += count(before);
    return true;
  }
  if (before.height == 0) {
    if (before.items.size() != after.items.size()) return true;
    for (std::size_t i = 0; i < before.items.size(); ++i, ++from) {
      if (!visit(from, &before.items[i], &after.items[i])) return false;
    }
    return true;
  }
  const std::size_t offset = from;
  for (std::size_t i = 0; i < before.children.size() && i < after.children.size(); ++i) {
    if (!visitBlocks(*before.children[i], *after.children[i], from, visit)) return false;
    if (from != offset + before.ends[i] || from != offset + after.ends[i]) break;
  }
  return true;
}

}  // namespace isthmus
