#pragma once

#include "log/histories.h"

// The slices of the campaign. Each counts, appends, sets and has an action that it refuses
// depending on its state, so that the order of all actions can be seen in it.
namespace isthmus::campaign {

inline constexpr int kSlices = 3;
inline constexpr int kScripted = 2;  // the slice whose states JavaScript holds
inline constexpr int kOperations = 4;

// { sum, order, list }
const Program& programOf(int slice);
Key nameOf(int slice);
// Of the seed 0: the initial one.
Value seedState(int seed);
std::uint64_t digestOf(int seed);
int seedOf(std::uint64_t digest);
ConvergingSlice sliceOf(int slice, int seed);

// An action for the slices of a mask; its payload is { by, id }.
Value actionValue(unsigned mask, int operation, int by, int id);
Action actionOf(const Value& action);
// The increment that it is for a slice, or 0.
double incrementOf(const Value& action, int slice);

// The state after it, or the same where it is refused.
Value reduced(int slice, const Value& state, const Action& action);

}  // namespace isthmus::campaign
