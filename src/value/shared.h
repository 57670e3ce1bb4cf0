#pragma once

#include <cstdint>
#include <utility>

#include "base/compiler.h"

namespace isthmus {

// The count of a thing held by Shared pointers; a copy of the thing begins at none. Not atomic.
struct RefCounted {
  RefCounted() = default;
  RefCounted(const RefCounted&) {}
  RefCounted& operator=(const RefCounted&) = delete;
  std::uint32_t refs = 0;
};

// A pointer that shares its RefCounted target.
template <typename T>
class ISTHMUS_TRIVIAL_ABI Shared {
 public:
  Shared() = default;
  static Shared make() { return Shared(new T); }
  static Shared copyOf(const T& target) { return Shared(new T(target)); }

  Shared(const Shared& other) : target_(other.target_) {
    if (target_ != nullptr) ++target_->refs;
  }
  Shared(Shared&& other) noexcept : target_(std::exchange(other.target_, nullptr)) {}
  Shared& operator=(Shared other) noexcept {
    std::swap(target_, other.target_);
    return *this;
  }
  ~Shared() { release(target_); }

  explicit operator bool() const { return target_ != nullptr; }
  bool unique() const { return target_->refs == 1; }
  T* get() const { return target_; }
  T& operator*() const { return *target_; }
  T* operator->() const { return target_; }

 private:
  explicit Shared(T* target) : target_(target) { ++target_->refs; }
  static void release(T* target) {
    if (target != nullptr && --target->refs == 0) delete target;
  }

  T* target_ = nullptr;
};

}  // namespace isthmus
