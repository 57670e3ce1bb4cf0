#pragma once

#include "value/value.h"

namespace isthmus {

// What an expression sees. Null pointers read as null. `nonFinite` is raised by arithmetic that
// yields NaN or an infinity, so that only then a written value is searched for one.
struct Scope {
  const Value* state = nullptr;
  const Value* payload = nullptr;
  const Value* meta = nullptr;
  const Value* item = nullptr;
  bool nonFinite = false;
};

}  // namespace isthmus
