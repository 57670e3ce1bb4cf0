#include "script/text_to_number.h"
#include "native/capture.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace isthmus;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool isSame(double a, double b) {
  return std::isnan(a) ? std::isnan(b) : a == b && std::signbit(a) == std::signbit(b);
}

}  // namespace

TEST_CASE("text is read as a number exactly as JavaScript's Number and parseFloat read it") {
  struct Case {
    std::string_view text;
    double whole;    // Number(text)
    double leading;  // parseFloat(text)
  };
  const Case cases[] = {
      {"", 0, kNaN},
      {"  \t\n", 0, kNaN},
      {"12", 12, 12},
      {" -1.5e3 ", -1500, -1500},
      {"+.5", 0.5, 0.5},
      {"5.", 5, 5},
      {".", kNaN, kNaN},
      {"-", kNaN, kNaN},
      {"-0", -0.0, -0.0},
      {"1e", kNaN, 1},
      {"1e+", kNaN, 1},
      {"1.2.3", kNaN, 1.2},
      {"12px", kNaN, 12},
      {"px12", kNaN, kNaN},
      {"1 2", kNaN, 1},
      {"1_000", kNaN, 1},
      {"0x1F", 31, 0},
      {"0XfF", 255, 0},
      {"0b101", 5, 0},
      {"0o17", 15, 0},
      {"0x", kNaN, 0},
      {"0b2", kNaN, 0},
      {"-0x1", kNaN, -0.0},
      {"0x1p3", kNaN, 0},
      {"Infinity", kInfinity, kInfinity},
      {" -Infinity ", -kInfinity, -kInfinity},
      {"Infinityx", kNaN, kInfinity},
      {"infinity", kNaN, kNaN},
      {"inf", kNaN, kNaN},
      {"nan", kNaN, kNaN},
      {"1e999", kInfinity, kInfinity},
      {"1e-999", 0, 0},
      {"-1e99999999999999999999", -kInfinity, -kInfinity},
      {"0e99999999999999999999", 0, 0},
      {"000.000", 0, 0},
      {"-00.0e5", -0.0, -0.0},
      {"007.50e-1", 0.75, 0.75},
      {"0.1", 0.1, 0.1},
      {"123456789012345678", 123456789012345680.0, 123456789012345680.0},
      {"1.7976931348623157E+308", 1.7976931348623157e308, 1.7976931348623157e308},
      {"4.9e-324", 5e-324, 5e-324},
      {"\u00A0\uFEFF\u20287\u3000", 7, 7},
      {"\u200B7", kNaN, kNaN},
      {"true", kNaN, kNaN},
  };
  for (const auto& [text, whole, leading] : cases) {
    CAPTURE(text);
    CHECK(isSame(textToNumber(text), whole));
    CHECK(isSame(textToLeadingNumber(text), leading));
  }
}
