#pragma once

#include <cstddef>
#include <cstdint>

namespace isthmus {

// The work that one check may still take, in steps of some ten nanoseconds, so that no schema and
// no value together keep a page busy. What runs out stays out.
class WorkBudget {
 public:
  explicit WorkBudget(std::int64_t steps) : left_(steps) {}

  bool spend(std::size_t steps = 1) {
    left_ -= static_cast<std::int64_t>(steps);
    return left_ >= 0;
  }
  bool isExhausted() const { return left_ < 0; }
  std::int64_t left() const { return left_; }

 private:
  std::int64_t left_;
};

}  // namespace isthmus
