#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace isthmus {

// A thing that is whole at every instruction, though a change of it may be cut off anywhere: in
// wasm JavaScript can throw between any two of them, and the memory is read afterwards.
//
//   current ▼                      current ▼
//         [ A ]  [ B ]   prepare B: [ A ]  [ B' ]   one store: [ A ]  [ B' ]   then A too: [ A' ]
//                                                                     ▲ current
//
// A change is a call that makes the same of both copies: it depends on nothing but what it is given
// and the copy.
template <typename T>
class TwoCopies {
 public:
  explicit TwoCopies(const T& first) : copies_{first, first} {}

  const T& current() const { return copies_[current_]; }
  // What will be current, between `prepare` and `commit`.
  const T& next() const { return copies_[1 - current_]; }

  // Returns what the change returns for the first copy.
  template <typename Change>
  auto change(const Change& change) {
    if constexpr (std::is_void_v<std::invoke_result_t<const Change&, T&>>) {
      prepare(change);
      commit(change);
    } else {
      auto result = prepare(change);
      commit(change);
      return result;
    }
  }

  // The same in two halves, of which the first does what may fail; `commit` follows with the same
  // change before any other. Its first instruction makes the change.
  template <typename Change>
  auto prepare(const Change& change) {
    return change(other());
  }
  template <typename Change>
  void commit(const Change& change) {
    turn();
    change(other());
  }

 private:
  T& other() { return copies_[1 - current_]; }

  // The compiler may move nothing past it.
  void turn() {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    current_ = 1 - current_;
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }

  std::array<T, 2> copies_;
  std::size_t current_ = 0;
};

}  // namespace isthmus
