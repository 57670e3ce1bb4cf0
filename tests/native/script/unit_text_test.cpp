#include "script/unit_text.h"

#include <doctest/doctest.h>

#include "native/capture.h"
#include "value/wtf8.h"

using namespace isthmus;

namespace {

constexpr std::string_view kHigh = "\xED\xA0\xBD";  // D83D
constexpr std::string_view kLow = "\xED\xB8\x80";   // DE00
constexpr std::string_view kPair = "\U0001F600";    // D83D DE00

std::string joined(std::string_view a, std::string_view b) {
  std::string text(a);
  appendUnits(text, b);
  return text;
}

}  // namespace

TEST_CASE("units are counted as JavaScript's length counts them") {
  const std::pair<std::string_view, std::size_t> cases[] = {
      {"", 0},    {"abc", 3}, {"\u00E9", 1}, {"\u20AC", 1},
      {kPair, 2}, {kHigh, 1}, {kLow, 1},     {"a\U0001F600b\U0010FFFF", 6},
  };
  for (const auto& [text, count] : cases) {
    CAPTURE(text);
    CHECK(unitCount(text) == count);
  }
}

TEST_CASE("a slice cuts between units, also of one code point") {
  struct Case {
    std::size_t from;
    std::size_t count;
    std::string_view slice;
  };
  constexpr std::string_view kText = "\u00E9\U0001F600b";
  const Case cases[] = {
      {0, 1, "\u00E9"},
      {0, 2, "\u00E9\xED\xA0\xBD"},
      {0, 3, "\u00E9\U0001F600"},
      {1, 1, kHigh},
      {1, 2, kPair},
      {2, 1, kLow},
      {2, 9,
       "\xED\xB8\x80"
       "b"},
      {3, 1, "b"},
      {4, 1, ""},
      {9, 1, ""},
      {0, 0, ""},
  };
  for (const auto& [from, count, slice] : cases) {
    CAPTURE(from);
    CAPTURE(count);
    CHECK(unitSlice(kText, from, count) == slice);
  }
  CHECK(unitSlice("plain", 1, 3) == "lai");
}

TEST_CASE("surrogates that meet at a seam become one code point") {
  CHECK(joined(kHigh, kLow) == kPair);
  CHECK(joined(joined("a", kHigh), joined(kLow, "b")) == "a\U0001F600b");
  CHECK(joined(kLow, kHigh) == std::string(kLow) + std::string(kHigh));
  CHECK(joined(kHigh, "a") == std::string(kHigh) + "a");
  CHECK(joined(kPair, kLow) == std::string(kPair) + std::string(kLow));
  CHECK(joined("\uD7FF", kLow) == "\uD7FF" + std::string(kLow));
  CHECK(joined(kHigh, "\uE000") == std::string(kHigh) + "\uE000");
}

TEST_CASE("texts cut anywhere and joined again are what they were, and well-formed") {
  constexpr std::string_view kText = "a\u00E9\u20AC\U0001F600\xED\xB8\x80\xED\xA0\xBD\U0010FFFF";
  for (std::size_t from = 0; from <= unitCount(kText); ++from) {
    for (std::size_t to = from; to <= unitCount(kText); ++to) {
      const auto middle = unitSlice(kText, from, to - from);
      CHECK(isWtf8(middle));
      CHECK(unitCount(middle) == to - from);
      CHECK(containsUnits(kText, middle));
      CHECK(joined(joined(unitSlice(kText, 0, from), middle), unitSlice(kText, to, 99)) == kText);
    }
  }
}

TEST_CASE("a part is found at units, not at bytes") {
  CHECK(containsUnits("abc", "bc"));
  CHECK(containsUnits("abc", ""));
  CHECK_FALSE(containsUnits("abc", "bd"));
  CHECK(containsUnits(kPair, kHigh));
  CHECK(containsUnits("x\U0001F600y", std::string(kLow) + "y"));
  CHECK_FALSE(containsUnits("x\U0001F600y", std::string(kHigh) + "y"));
}
