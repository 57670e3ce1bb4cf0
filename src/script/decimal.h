#pragma once

#include <string>

// Ours, of exact integers and without tables of powers, because the same parts of Google's
// double-conversion are some seven times the code: 33 KB in Debian's 3.2.1 for x86-64, where g++
// -O2 makes 4.4 KB of these.
namespace isthmus {

// A positive number in decimal: 0.d1d2...dk times 10 to the power of `point`. Neither the first nor
// the last digit is a zero.
struct Decimal {
  std::string digits;
  int point;
};

// The fewest digits that read back as this positive finite double; of several such the closest.
Decimal shortestDecimal(double number);

// The double closest to a decimal; of two as close the even one, and infinity above them all. No
// digits are 0.
double nearestNumber(const Decimal& decimal);

}  // namespace isthmus
