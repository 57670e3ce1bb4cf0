#pragma once

#include <cstdint>

#include "value/value.h"

namespace isthmus {

// A number up to 2^53 - 1 that equal values have in common, and others hardly ever: FNV-1a of the
// binary form (value/codec.h), whose order of members counts.
std::uint64_t digestOf(const Value& value);

}  // namespace isthmus
