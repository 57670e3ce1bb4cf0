#pragma once

#include <string>

#include "value/value.h"

namespace isthmus {

// JavaScript's conversions and comparisons (ECMA-262, 7.1 and 7.2) on values, with JsonLogic's one
// difference: an empty array is not truthy. Where a primitive is needed, an array is its elements
// joined by commas, and an object "[object Object]".
bool truthy(const Value& value);

// Number(value).
double toNumber(const Value& value);

// parseFloat(value), as JsonLogic's + and * read their arguments.
double leadingNumber(const Value& value);

// String(value).
std::string toText(const Value& value);

// Appends what Array.prototype.join takes of an element: null is nothing.
void appendJoined(std::string& text, const Value& element);

// Arrays and objects equal only themselves: the same node, not the same content.
bool strictlyEqual(const Value& a, const Value& b);
bool looselyEqual(const Value& a, const Value& b);

enum class Ordering { Less, Equal, Greater, Unordered };
// Two texts by their UTF-16 code units, anything else as numbers.
Ordering compare(const Value& a, const Value& b);

}  // namespace isthmus
