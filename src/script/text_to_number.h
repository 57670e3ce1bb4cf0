#pragma once

#include <string_view>

namespace isthmus {

// What JavaScript reads from text as a number; NaN when it reads none.

// Number(text): all of it, with "" as 0, hexadecimal, octal and binary literals, and "Infinity".
double textToNumber(std::string_view text);

// parseFloat(text): as much of its beginning as is a decimal literal or "Infinity".
double textToLeadingNumber(std::string_view text);

}  // namespace isthmus
