#pragma once

#include <cstddef>

#include "base/work_budget.h"
#include "value/value.h"

namespace isthmus {

// The same for values that sameJson() calls the same, and that live at the same time: keys go by
// their addresses. Incomplete when the work is exhausted.
std::size_t hashJson(const Value& value, WorkBudget& work);

}  // namespace isthmus
