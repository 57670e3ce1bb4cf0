#pragma once

#include <string>

namespace isthmus {

// String(number) in JavaScript (ECMA-262, 6.1.6.1.20): the fewest digits that read back as the
// same double.
std::string numberToText(double number);

}  // namespace isthmus
