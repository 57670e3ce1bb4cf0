#pragma once

#include "value/value.h"

namespace isthmus {

// Equality as JSON Schema defines it: numbers by mathematical value, so -0 equals 0, and objects
// whatever the order of their members.
bool sameJson(const Value& a, const Value& b);

}  // namespace isthmus
