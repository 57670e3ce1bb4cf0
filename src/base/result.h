#pragma once

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/error.h"

namespace isthmus {

// A value or an Error. The engine is built without exceptions, so every fallible call returns one.
// An error lies on the heap, so that a success costs no more than the value. Beside an error there
// is an empty value, or none of a type that has no such.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(HeapError error) : error_(std::move(error)) {}
  Result(Error&& error) : error_(toHeap(std::move(error))) {}
  Result(const Error& error) : error_(toHeap(error)) {}

  bool ok() const { return error_ == nullptr; }
  explicit operator bool() const { return ok(); }

  T& value() & { return const_cast<T&>(std::as_const(*this).value()); }
  T&& value() && { return std::move(value()); }
  const T& value() const& {
    assert(ok());
    if constexpr (kHasEmpty) {
      return value_;
    } else {
      return *value_;
    }
  }
  Error& error() {
    assert(!ok());
    return *error_;
  }
  const Error& error() const {
    assert(!ok());
    return *error_;
  }
  // The error, for whoever hands it on; nothing is left here.
  HeapError pass() {
    assert(!ok());
    return std::move(error_);
  }

 private:
  static constexpr bool kHasEmpty = std::is_default_constructible_v<T>;

  HeapError error_;
  std::conditional_t<kHasEmpty, T, std::optional<T>> value_{};
};

// What a call returns that has nothing to say but that it succeeded.
struct Done {};
template <>
class [[nodiscard]] ISTHMUS_TRIVIAL_ABI Result<Done> {
 public:
  Result(Done) {}
  Result(HeapError error) : error_(std::move(error)) {}
  Result(Error&& error) : error_(toHeap(std::move(error))) {}
  Result(const Error& error) : error_(toHeap(error)) {}

  bool ok() const { return error_ == nullptr; }
  explicit operator bool() const { return ok(); }
  Error& error() {
    assert(!ok());
    return *error_;
  }
  const Error& error() const {
    assert(!ok());
    return *error_;
  }
  HeapError pass() {
    assert(!ok());
    return std::move(error_);
  }

 private:
  HeapError error_;
};
using Status = Result<Done>;

}  // namespace isthmus
