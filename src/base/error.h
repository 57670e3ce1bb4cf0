#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/compiler.h"

namespace isthmus {

// Every failure the engine reports. The same names, in the same order, form the union
// `EngineErrorCode` of web/base/errors.ts; a test compares the two lists.
#define ISTHMUS_ERROR_CODES(X)                                                     \
  X(Undecodable, "undecodable")              /* bytes that are not a value      */ \
  X(LimitExceeded, "limit-exceeded")         /* too deep, too long, too many    */ \
  X(InvalidPath, "invalid-path")             /* not a JSON Pointer or location  */ \
  X(InvalidDefinition, "invalid-definition") /* a program or contract          */  \
  X(StepFailed, "step-failed")               /* a step cannot apply to a state  */ \
  X(SliceExists, "slice-exists")             /* the key is taken                */ \
  X(SliceMissing, "slice-missing")           /* no slice under that key         */ \
  X(UnknownId, "unknown-id")                 /* an id that names nothing        */ \
  X(Busy, "busy")                            /* another action is being applied */ \
  X(TooLarge, "too-large")                   /* an action over its limits       */ \
  X(NotCrossing, "not-crossing")             /* would change a converging slice */

enum class ErrorCode : std::uint8_t {
#define ISTHMUS_ENUMERATOR(name, text) name,
  ISTHMUS_ERROR_CODES(ISTHMUS_ENUMERATOR)
#undef ISTHMUS_ENUMERATOR
};

#define ISTHMUS_COUNT(name, text) +1
inline constexpr std::size_t kErrorCodeCount = 0 ISTHMUS_ERROR_CODES(ISTHMUS_COUNT);
#undef ISTHMUS_COUNT

std::string_view toString(ErrorCode code);

// What went wrong and where. Messages name what, where and what to do; never untrusted payload.
// Errors are rare, so all that makes, moves and deletes them is a call.
struct Error {
  [[gnu::cold]] Error(ErrorCode code, std::string_view message, std::string_view where = {},
                      std::string_view step = {}, std::string_view slice = {});
  [[gnu::cold]] Error(const Error& other);
  [[gnu::cold]] Error(Error&& other) noexcept;
  [[gnu::cold]] ~Error();
  Error& operator=(const Error&) = delete;
  Error& operator=(Error&&) = delete;

  ErrorCode code;
  std::string message;
  std::string where;  // JSON Pointer into what was read: a definition, an action, a state
  std::string step;   // JSON Pointer to the step inside its reducer, for StepFailed
  std::string slice;  // the slice whose program refused the action
};

// An error on the heap, or none.
class ISTHMUS_TRIVIAL_ABI HeapError {
 public:
  HeapError() = default;
  HeapError(std::nullptr_t) {}
  explicit HeapError(Error* error) : error_(error) {}
  HeapError(HeapError&& other) noexcept : error_(std::exchange(other.error_, nullptr)) {}
  HeapError& operator=(HeapError other) noexcept {
    std::swap(error_, other.error_);
    return *this;
  }
  ~HeapError() {
    if (error_ != nullptr) drop(error_);
  }

  explicit operator bool() const { return error_ != nullptr; }
  Error& operator*() const { return *error_; }
  Error* operator->() const { return error_; }
  friend bool operator==(const HeapError& error, std::nullptr_t) { return error.error_ == nullptr; }

 private:
  [[gnu::cold]] static void drop(const Error* error);

  Error* error_ = nullptr;
};
[[gnu::cold]] HeapError toHeap(Error&& error);
[[gnu::cold]] HeapError toHeap(const Error& error);

// An InvalidDefinition at a place inside the definition.
[[gnu::cold]] HeapError invalidDefinition(std::string_view message, std::string_view where = {});

}  // namespace isthmus
