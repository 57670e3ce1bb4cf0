#pragma once

#include <string>
#include <string_view>

namespace isthmus {

// Texts as JavaScript sees them, as sequences of UTF-16 code units, though they are held in WTF-8:
// a code point above U+FFFF counts as two units, and may be cut between them.

std::size_t unitCount(std::string_view text);

// At most `count` units from the unit at `from` on.
std::string unitSlice(std::string_view text, std::size_t from, std::size_t count);

// Appends; a high surrogate at the seam and the low one after it become one code point.
void appendUnits(std::string& text, std::string_view more);

bool containsUnits(std::string_view text, std::string_view part);

// Below, at or above zero as `a` stands before, at or after `b`.
int compareUnits(std::string_view a, std::string_view b);

}  // namespace isthmus
