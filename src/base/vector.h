#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace isthmus {

// The memory of a Vector: bytes from `begin_` to `end_` are its items, up to `limit_` there is
// room.
class VectorBytes {
 public:
  VectorBytes(const VectorBytes&) = delete;
  VectorBytes& operator=(const VectorBytes&) = delete;

 protected:
  VectorBytes() = default;
  ~VectorBytes() {
    if (begin_ != nullptr) ::operator delete(begin_);
  }

  std::size_t used() const { return static_cast<std::size_t>(end_ - begin_); }
  // Room for so many bytes at all.
  void makeRoom(std::size_t bytes);
  // So many bytes without items, at an offset; what lies there moves up.
  char* open(std::size_t offset, std::size_t bytes);
  char* openEnd(std::size_t bytes) {
    if (static_cast<std::size_t>(limit_ - end_) < bytes) growBy(bytes);
    return std::exchange(end_, end_ + bytes);
  }
  // Bytes whose items are gone; what lies behind them moves down.
  void close(std::size_t offset, std::size_t bytes);
  void swap(VectorBytes& other) noexcept {
    std::swap(begin_, other.begin_);
    std::swap(end_, other.end_);
    std::swap(limit_, other.limit_);
  }

  char* begin_ = nullptr;
  char* end_ = nullptr;
  char* limit_ = nullptr;

 private:
  void growBy(std::size_t bytes);
};

// The names are those of std::vector, and T may be a pointer.
// NOLINTBEGIN(readability-identifier-naming,bugprone-sizeof-expression)

// What a std::vector is, for items that may be moved by moving their bytes: those that no pointer
// leads to, as into a std::string of some libraries. What moves them is one piece of code for all
// kinds of items, where each std::vector brings its own.
template <typename T>
class Vector : private VectorBytes {
 public:
  using value_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using const_reference = const T&;
  using iterator = T*;
  using const_iterator = const T*;

  Vector() = default;
  explicit Vector(std::size_t size) { resize(size); }
  Vector(std::size_t size, const T& item) {
    reserve(size);
    while (this->size() < size) push_back(item);
  }
  template <typename Iterator, typename = std::enable_if_t<!std::is_integral_v<Iterator>>>
  Vector(Iterator first, Iterator last) {
    append(first, last);
  }
  Vector(std::initializer_list<T> items) { append(items.begin(), items.end()); }
  Vector(const std::vector<T>& items) { append(items.begin(), items.end()); }
  Vector(const Vector& other) { append(other.begin(), other.end()); }
  Vector(Vector&& other) noexcept { swap(other); }
  Vector& operator=(Vector other) noexcept {
    swap(other);
    return *this;
  }
  ~Vector() { destroy(begin(), end()); }

  T* data() { return reinterpret_cast<T*>(begin_); }
  const T* data() const { return reinterpret_cast<const T*>(begin_); }
  T* begin() { return data(); }
  T* end() { return reinterpret_cast<T*>(end_); }
  const T* begin() const { return data(); }
  const T* end() const { return reinterpret_cast<const T*>(end_); }
  std::size_t size() const { return used() / sizeof(T); }
  bool empty() const { return begin_ == end_; }
  T& operator[](std::size_t index) { return data()[index]; }
  const T& operator[](std::size_t index) const { return data()[index]; }
  T& front() { return *begin(); }
  const T& front() const { return *begin(); }
  T& back() { return end()[-1]; }
  const T& back() const { return end()[-1]; }

  void reserve(std::size_t size) { makeRoom(size * sizeof(T)); }
  void push_back(T item) { new (openEnd(sizeof(T))) T(std::move(item)); }
  template <typename... Parts>
  T& emplace_back(Parts&&... parts) {
    push_back(T(std::forward<Parts>(parts)...));
    return back();
  }
  void pop_back() { erase(end() - 1); }
  T* insert(const T* at, T item) { return new (open(offsetOf(at), sizeof(T))) T(std::move(item)); }
  // Of items that are not in this list.
  template <typename Iterator>
  T* insert(const T* at, Iterator first, Iterator last) {
    const auto bytes = static_cast<std::size_t>(std::distance(first, last)) * sizeof(T);
    auto* const gap = reinterpret_cast<T*>(open(offsetOf(at), bytes));
    std::uninitialized_copy(first, last, gap);
    return gap;
  }
  T* insert(const T* at, std::initializer_list<T> items) {
    return insert(at, items.begin(), items.end());
  }
  T* erase(T* at) { return erase(at, at + 1); }
  T* erase(T* first, T* last) {
    destroy(first, last);
    close(offsetOf(first), static_cast<std::size_t>(last - first) * sizeof(T));
    return first;
  }
  void clear() { erase(begin(), end()); }
  template <typename Iterator>
  void assign(Iterator first, Iterator last) {
    clear();
    append(first, last);
  }
  void resize(std::size_t size) {
    if (size < this->size()) erase(begin() + size, end());
    const auto more = size - this->size();
    std::uninitialized_value_construct_n(reinterpret_cast<T*>(openEnd(more * sizeof(T))), more);
  }
  void swap(Vector& other) noexcept { VectorBytes::swap(other); }

  friend bool operator==(const Vector& a, const Vector& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }
  friend bool operator<(const Vector& a, const Vector& b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  std::size_t offsetOf(const T* at) const {
    return static_cast<std::size_t>(reinterpret_cast<const char*>(at) - begin_);
  }
  template <typename Iterator>
  void append(Iterator first, Iterator last) {
    insert(end(), first, last);
  }
  static void destroy(T* first, T* last) {
    for (; first != last; ++first) first->~T();
  }
};

template <typename T, typename Predicate>
void erase_if(Vector<T>& list, const Predicate& isGone) {
  list.erase(std::remove_if(list.begin(), list.end(), isGone), list.end());
}
// NOLINTEND(readability-identifier-naming,bugprone-sizeof-expression)

}  // namespace isthmus
