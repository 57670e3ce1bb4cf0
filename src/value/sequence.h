#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "value/shared.h"

namespace isthmus {

// A persistent list. Up to kWidth elements lie flat; more hang in a tree of blocks, all leaves at
// one depth, so that a change copies one block per level and shares the rest with the list it came
// from:
//
//   Sequence { flat }                                   size ≤ kWidth when made, no tree
//   Sequence { root, height, size }
//     Branch { ends: 32, 61, 93   children: ●  ●  ● }   ends[i]: elements up to and including child
//     i Leaf   { items }                                  1 to kWidth items, no branch is empty
//
// Copying shares. What only this list holds is changed in place, so a list that is built or changed
// again within one action copies each block once.
template <typename T>
class Sequence {
 public:
  static constexpr std::size_t kWidth = 32;

  Sequence() = default;
  explicit Sequence(std::vector<T> items);

  std::size_t size() const { return root_ ? size_ : flat_.size(); }
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
  // ended.
  template <typename Visit>
  static void visitDifferences(const Sequence& before, const Sequence& after, const Visit& visit);

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

  // A leaf has items, a branch has children; the height says which.
  struct Block : RefCounted {
    std::vector<T> items;
    std::vector<Pointer> children;
    std::vector<std::uint32_t> ends;
  };

  // What most lists never need stays out of line, and out of the way of the rest.
  [[gnu::noinline]] Run runInTree(std::size_t index) const;
  [[gnu::noinline]] T& openInTree(std::size_t index);
  [[gnu::noinline]] void insertInTree(std::size_t index, T item);
  [[gnu::noinline]] void eraseInTree(std::size_t index);
  void grow();
  static std::size_t childAt(const Block& branch, std::size_t index);
  static std::size_t startOf(const Block& branch, std::size_t child);
  static std::size_t count(const Block& block, unsigned height);
  static Block& own(Pointer& block);
  static Pointer insertInto(Pointer& at, unsigned height, std::size_t index, T item);
  static Pointer splitLeaf(Block& leaf, std::size_t index);
  static Pointer splitBranch(Block& branch);
  static void eraseFrom(Pointer& at, unsigned height, std::size_t index);
  static void mergeChild(Block& branch, std::size_t child, unsigned childHeight);
  static void updateEnds(Block& branch, unsigned height);
  template <typename Visit>
  static std::size_t visitBlocks(const Block& before, const Block& after, unsigned height,
                                 std::size_t offset, const Visit& visit);

  std::vector<T> flat_;
  Pointer root_;
  unsigned height_ = 0;  // of root_: 0 is a leaf
  std::size_t size_ = 0;
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
  Iterator(const Sequence& list, std::size_t index) : list_(&list), index_(index) {
    if (index_ < list.size()) run_ = list.runAt(index_);
  }

  const T& operator*() const { return *run_.first; }
  const T* operator->() const { return run_.first; }
  Iterator& operator++() {
    ++index_;
    if (++run_.first == run_.last && index_ < list_->size()) run_ = list_->runAt(index_);
    return *this;
  }
  Iterator operator++(int) {
    Iterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }
  friend std::ptrdiff_t operator-(const Iterator& a, const Iterator& b) {
    return static_cast<std::ptrdiff_t>(a.index_) - static_cast<std::ptrdiff_t>(b.index_);
  }

 private:
  const Sequence* list_ = nullptr;
  std::size_t index_ = 0;
  Run run_{nullptr, nullptr};
};

template <typename T>
Sequence<T>::Sequence(std::vector<T> items) {
  if (items.size() <= kWidth) {
    flat_ = std::move(items);
    return;
  }
  size_ = items.size();
  std::vector<Pointer> level;
  for (std::size_t start = 0; start < items.size(); start += kWidth) {
    const auto first = items.begin() + static_cast<std::ptrdiff_t>(start);
    const auto last =
        items.begin() + static_cast<std::ptrdiff_t>(std::min(start + kWidth, items.size()));
    level.push_back(Pointer::make());
    level.back()->items.assign(std::make_move_iterator(first), std::make_move_iterator(last));
  }
  while (level.size() > 1) {
    std::vector<Pointer> above;
    for (std::size_t start = 0; start < level.size(); start += kWidth) {
      const auto end = std::min(start + kWidth, level.size());
      above.push_back(Pointer::make());
      for (std::size_t i = start; i < end; ++i) above.back()->children.push_back(level[i]);
      updateEnds(*above.back(), height_ + 1);
    }
    level = std::move(above);
    ++height_;
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
  for (unsigned height = height_; height > 0; --height) {
    const auto child = childAt(*block, index);
    index -= startOf(*block, child);
    block = block->children[child].get();
  }
  return {block->items.data() + index, block->items.data() + block->items.size()};
}

template <typename T>
T& Sequence<T>::openInTree(std::size_t index) {
  Pointer* at = &root_;
  for (unsigned height = height_; height > 0; --height) {
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
  if (Pointer right = insertInto(root_, height_, index, std::move(item))) {
    Pointer top = Pointer::make();
    top->children = {std::move(root_), std::move(right)};
    updateEnds(*top, ++height_);
    root_ = std::move(top);
  }
  ++size_;
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
  eraseFrom(root_, height_, index);
  --size_;
  while (height_ > 0 && root_->children.size() == 1) {
    root_ = Pointer(root_->children.front());
    --height_;
  }
  if (size_ > 0) return;
  root_ = {};
  height_ = 0;
}

// From flat to a tree of one leaf.
template <typename T>
void Sequence<T>::grow() {
  size_ = flat_.size();
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
std::size_t Sequence<T>::count(const Block& block, unsigned height) {
  return height == 0 ? block.items.size() : block.ends.back();
}

template <typename T>
typename Sequence<T>::Block& Sequence<T>::own(Pointer& block) {
  if (!block.unique()) block = Pointer::copyOf(*block);
  return *block;
}

// Inserts below `at`; when that was full, returns the new right half.
template <typename T>
typename Sequence<T>::Pointer Sequence<T>::insertInto(Pointer& at, unsigned height,
                                                      std::size_t index, T item) {
  Block& block = own(at);
  if (height == 0) {
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
  if (Pointer right = insertInto(block.children[child], height - 1, below, std::move(item))) {
    block.children.insert(block.children.begin() + static_cast<std::ptrdiff_t>(child) + 1,
                          std::move(right));
  }
  updateEnds(block, height);
  if (block.children.size() <= kWidth) return {};
  Pointer right = splitBranch(block);
  updateEnds(block, height);
  updateEnds(*right, height);
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
  Pointer right = Pointer::make();
  const auto middle = branch.children.begin() + kWidth / 2;
  right->children.assign(middle, branch.children.end());
  branch.children.erase(middle, branch.children.end());
  return right;
}

template <typename T>
void Sequence<T>::eraseFrom(Pointer& at, unsigned height, std::size_t index) {
  Block& block = own(at);
  if (height == 0) {
    block.items.erase(block.items.begin() + static_cast<std::ptrdiff_t>(index));
    return;
  }
  const auto child = childAt(block, index);
  eraseFrom(block.children[child], height - 1, index - startOf(block, child));
  mergeChild(block, child, height - 1);
  updateEnds(block, height);
}

// Keeps blocks from shrinking to nothing: one that fits into its left neighbour moves there.
template <typename T>
void Sequence<T>::mergeChild(Block& branch, std::size_t child, unsigned childHeight) {
  const auto erase = [&](std::size_t i) {
    branch.children.erase(branch.children.begin() + static_cast<std::ptrdiff_t>(i));
  };
  const auto width = [&](const Block& block) {
    return childHeight == 0 ? block.items.size() : block.children.size();
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
  if (childHeight > 0) updateEnds(left, childHeight);
  erase(child);
}

template <typename T>
void Sequence<T>::updateEnds(Block& branch, unsigned height) {
  branch.ends.resize(branch.children.size());
  std::size_t end = 0;
  for (std::size_t i = 0; i < branch.children.size(); ++i) {
    end += count(*branch.children[i], height - 1);
    branch.ends[i] = static_cast<std::uint32_t>(end);
  }
}

template <typename T>
template <typename Visit>
void Sequence<T>::visitDifferences(const Sequence& before, const Sequence& after,
                                   const Visit& visit) {
  std::size_t from = 0;
  if (before.root_ && after.root_ && before.height_ == after.height_) {
    from = visitBlocks(*before.root_, *after.root_, before.height_, 0, visit);
  }
  Iterator x(before, from);
  Iterator y(after, from);
  for (std::size_t i = from; i < before.size() || i < after.size(); ++i) {
    visit(i, i < before.size() ? &*x++ : nullptr, i < after.size() ? &*y++ : nullptr);
  }
}

// Walks two blocks for as long as their elements lie at the same indices, and returns the index
// from which on they are to be compared one by one.
template <typename T>
template <typename Visit>
std::size_t Sequence<T>::visitBlocks(const Block& before, const Block& after, unsigned height,
                                     std::size_t offset, const Visit& visit) {
  if (&before == &after) return offset + count(before, height);
  if (height == 0) {
    if (before.items.size() != after.items.size()) return offset;
    for (std::size_t i = 0; i < before.items.size(); ++i) {
      visit(offset + i, &before.items[i], &after.items[i]);
    }
    return offset + before.items.size();
  }
  std::size_t done = 0;
  for (std::size_t i = 0; i < before.children.size() && i < after.children.size(); ++i) {
    const Block& x = *before.children[i];
    const Block& y = *after.children[i];
    done = visitBlocks(x, y, height - 1, offset + done, visit) - offset;
    if (done != before.ends[i] || done != after.ends[i]) break;
  }
  return offset + done;
}

}  // namespace isthmus
