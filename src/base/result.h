#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "base/error.h"

namespace isthmus {

// A value or an Error. The engine is built without exceptions, so every fallible call returns one.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    assert(ok());
    return *std::get_if<0>(&content_);
  }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&content_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&content_));
  }
  Error& error() {
    assert(!ok());
    return *std::get_if<1>(&content_);
  }
  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&content_);
  }

 private:
  std::variant<T, Error> content_;
};

// What a call returns that has nothing to say but that it succeeded.
struct Done {};
using Status = Result<Done>;

}  // namespace isthmus
