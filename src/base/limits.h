#pragma once

#include <cstddef>

namespace isthmus {

// Bounds on a value from outside. Depth counts nested arrays and objects.
struct Limits {
  std::size_t depth = 256;
  std::size_t entries = 4'000'000;     // array elements and object members in all
  std::size_t stringBytes = 1U << 28;  // one string or key, in WTF-8
};

}  // namespace isthmus
