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
// A slice that begins with a seed; 0 is that of the initial state.
ConvergingSlice sliceOf(int slice, int seed);
Value initialState();
// The state that is begun with under a digest: a seed's, or one that a tab has made, and told.
Value seedState(std::uint64_t digest);
void tellSeed(std::uint64_t digest, const Value& state);

// An action for the slices of a mask; its payload is { by, id }.
Value actionValue(unsigned mask, int operation, int by, int id);
Action actionOf(const Value& action);
// The increment that it is for a slice, or 0.
double incrementOf(const Value& action, int slice);

// The state after it, or the same where it is refused.
Value reduced(int slice, const Value& state, const Action& action);

}  // namespace isthmus::campaign
