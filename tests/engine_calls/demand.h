#pragma once

#include <cstdio>
#include <cstdlib>

namespace isthmus::calls {

// Ends the process where it does not hold, so that a fuzzer keeps the input.
inline void demand(bool holds, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (holds) return;
  std::fprintf(stderr, "%s:%d: this does not hold\n", file, line);
  std::abort();
}

}  // namespace isthmus::calls
