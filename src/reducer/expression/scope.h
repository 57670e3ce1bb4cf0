#pragma once

#include <cstdint>

#include "base/action_budget.h"
#include "value/value.h"

namespace isthmus {

// What the paths of a rule begin at (reducer/expression/variable.h): the roots of a program; the
// element that an operator such as `map` is at; or the two values of `reduce`.
enum class Frame : std::uint8_t { Roots, Element, Reduction };

// What an expression sees. Null pointers read as null. `item` is the element in an Element frame.
// `incoming` is what an upsert brings, in the steps it applies to what is there.
// `nonFinite` is raised by arithmetic that yields NaN or an infinity, so that only then a written
// value is searched for one. What a spent budget lets evaluate is of no use.
struct Scope {
  const Value* state = nullptr;
  const Value* payload = nullptr;
  const Value* meta = nullptr;
  const Value* item = nullptr;
  const Value* incoming = nullptr;
  bool nonFinite = false;
  Frame frame = Frame::Roots;
  const Value* current = nullptr;
  const Value* accumulator = nullptr;
  ActionBudget* budget = nullptr;

  bool spend(std::size_t steps = 1) const { return isthmus::spend(budget, steps); }
  bool make(std::size_t bytes) const { return isthmus::make(budget, bytes); }
  bool isSpent() const { return isthmus::isSpent(budget); }
};

}  // namespace isthmus
