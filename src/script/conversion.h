#pragma once

#include <string>

#include "base/action_budget.h"
#include "value/value.h"

namespace isthmus {

// JavaScript's conversions and comparisons (ECMA-262, 7.1 and 7.2) on values, with JsonLogic's one
// difference: an empty array is not truthy. Where a primitive is needed, an array is its elements
// joined by commas, and an object "[object Object]". What takes long, or makes long texts, asks the
// budget; when that is spent, the result is of no use.
bool truthy(const Value& value);

// Number(value).
double toNumber(const Value& value, ActionBudget* budget = nullptr);

// parseFloat(value), as JsonLogic's + and * read their arguments.
double leadingNumber(const Value& value, ActionBudget* budget = nullptr);

// String(value).
std::string toText(const Value& value, ActionBudget* budget = nullptr);

// Appends what Array.prototype.join takes of an element: null is nothing.
void appendJoined(std::string& text, const Value& element, ActionBudget* budget = nullptr);

// Arrays and objects equal only themselves: the same node, not the same content.
bool strictlyEqual(const Value& a, const Value& b, ActionBudget* budget = nullptr);
bool looselyEqual(const Value& a, const Value& b, ActionBudget* budget = nullptr);

enum class Ordering { Less, Equal, Greater, Unordered };
// Two texts by their UTF-16 code units, anything else as numbers.
Ordering compare(const Value& a, const Value& b, ActionBudget* budget = nullptr);

}  // namespace isthmus
