#pragma once

#include "value/value.h"

namespace isthmus {

// JavaScript's conversions and comparisons (ECMA-262, 7.1 and 7.2) on values, with JsonLogic's one
// difference: an empty array is not truthy. Arrays and objects are never converted: they are NaN as
// numbers and equal only to themselves.
bool truthy(const Value& value);

// Number(value).
double toNumber(const Value& value);

// parseFloat(value), as JsonLogic's + and * read their arguments.
double leadingNumber(const Value& value);

bool looselyEqual(const Value& a, const Value& b);
bool strictlyEqual(const Value& a, const Value& b);

enum class Ordering { Less, Equal, Greater, Unordered };
// Two strings by their UTF-16 code units, anything else as numbers.
Ordering compare(const Value& a, const Value& b);

}  // namespace isthmus
