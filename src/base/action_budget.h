#pragma once

#include "base/error.h"
#include "base/work_budget.h"

namespace isthmus {

// What the reducers of one action may take: steps, which are evaluated expressions, visited
// elements and compared parts; and bytes of the values they make, which count when they are made,
// about as large as they are.
struct ActionLimits {
  std::size_t bytes = 128U << 20U;
  std::size_t steps = 50'000'000;
};

// What is left of that, over all slices which handle the action. Whoever is about to do or to make
// something asks before; once the answer was no it is always no, and the action is refused.
class ActionBudget {
 public:
  explicit ActionBudget(const ActionLimits& limits = {})
      : limits_(limits),
        steps_(static_cast<std::int64_t>(limits.steps)),
        bytes_(static_cast<std::int64_t>(limits.bytes)) {}

  bool spend(std::size_t steps = 1) { return steps_.spend(steps); }
  bool make(std::size_t bytes) {
    if (!isSpent() && !bytes_.spend(bytes)) steps_.exhaust();
    return !isSpent();
  }
  bool isSpent() const { return steps_.isExhausted(); }
  WorkBudget& steps() { return steps_; }

  // Of what is spent: a TooLarge that says which limit it was.
  [[gnu::cold]] HeapError refusal(std::string_view where) const;

 private:
  ActionLimits limits_;
  WorkBudget steps_;
  WorkBudget bytes_;
};

// Of no budget there is always enough.
inline bool spend(ActionBudget* budget, std::size_t steps = 1) {
  return budget == nullptr || budget->spend(steps);
}
inline bool make(ActionBudget* budget, std::size_t bytes) {
  return budget == nullptr || budget->make(bytes);
}
inline bool isSpent(const ActionBudget* budget) { return budget != nullptr && budget->isSpent(); }

// About what arrays and objects of so many entries take.
inline std::size_t arrayBytes(std::size_t items) { return 64 + 8 * items; }
inline std::size_t objectBytes(std::size_t members) { return 96 + 16 * members; }

}  // namespace isthmus
