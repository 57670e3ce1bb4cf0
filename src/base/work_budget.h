#pragma once

#include <cstddef>
#include <cstdint>

namespace isthmus {

// The work that may still be done, in steps of some ten nanoseconds, so that no program, no schema
// and no value together keep a page busy. What runs out stays out.
class WorkBudget {
 public:
  explicit WorkBudget(std::int64_t steps) : left_(steps) {}

  bool spend(std::size_t steps = 1) {
    left_ -= static_cast<std::int64_t>(steps);
    return left_ >= 0;
  }
  void exhaust() { left_ = -1; }
  bool isExhausted() const { return left_ < 0; }
  std::int64_t left() const { return left_; }

 private:
  std::int64_t left_;
};

// Reading a text is a step, and one more for so many bytes.
inline std::size_t textSteps(std::size_t bytes) { return 1 + bytes / 64; }

}  // namespace isthmus
