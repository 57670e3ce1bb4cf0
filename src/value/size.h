#pragma once

#include "base/limits.h"
#include "base/result.h"
#include "value/value.h"

namespace isthmus {

// Whether a reader with these limits would take the value; LimitExceeded otherwise, as it tells it.
Status checkSize(const Value& value, const Limits& limits);

}  // namespace isthmus
