#pragma once

#include <cassert>
#include <optional>
#include <utility>

#include "base/error.h"

namespace isthmus {

// A value or an Error. The engine is built without exceptions, so every fallible call returns one.
// An error lies on the heap, so that a success costs no more than the value.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(HeapError error) : error_(std::move(error)) {}
  Result(Error&& error) : error_(toHeap(std::move(error))) {}
  Result(const Error& error) : error_(toHeap(error)) {}

  bool ok() const { return error_ == nullptr; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    assert(ok());
    return *value_;
  }
  const T& value() const& {
    assert(ok());
    return *value_;
  }
  T&& value() && {
    assert(ok());
    return *std::move(value_);
  }
  Error& error() {
    assert(!ok());
    return *error_;
  }
  const Error& error() const {
    assert(!ok());
    return *error_;
  }

 private:
  HeapError error_;
  std::optional<T> value_;
};

// What a call returns that has nothing to say but that it succeeded.
struct Done {};
using Status = Result<Done>;

}  // namespace isthmus
