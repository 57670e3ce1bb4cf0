#pragma once

namespace isthmus {

// Whether `number` is a multiple of the positive `divisor`, both taken as the decimals they are
// written as: 0.03 is one of 0.01, though their doubles' quotient is not whole.
bool isMultipleOf(double number, double divisor);

}  // namespace isthmus
