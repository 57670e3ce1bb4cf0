#pragma once

#include <optional>

#include "arguments.h"
#include "reducer/program.h"

namespace isthmus::bindings {

// A slice's state as JavaScript has it; nothing for a node that is gone.
//
//   state := varint 0 (initial) | varint 1, varint id | varint 2, value
std::optional<Value> readState(Arguments& arguments, const Program& program);

// The same for one that is not the initial state.
std::optional<Value> readState(Arguments& arguments);

}  // namespace isthmus::bindings
