#include "base/action_budget.h"

namespace isthmus {

HeapError ActionBudget::refusal(std::string_view where) const {
  const bool isBytes = bytes_.isExhausted();
  const auto limit = isBytes ? limits_.bytes : limits_.steps;
  return toHeap({ErrorCode::TooLarge,
                 "the action takes more than " + std::to_string(limit) +
                     (isBytes ? " bytes to make; if it must, raise limits.actionBytes"
                              : " steps; if it must, raise limits.actionSteps"),
                 where});
}

}  // namespace isthmus
