#include "reducer/conversion.h"

#include <doctest/doctest.h>

#include <vector>

using namespace isthmus;

TEST_CASE("texts are ordered by UTF-16 units, as JavaScript orders them") {
  const std::vector<std::string_view> ascending = {
      "",
      "a",
      "ab",
      "a\u0301",
      "b",
      "\u007F",
      "\u0080",
      "\uD7FF",
      "\xED\xA0\x80",   // a lone D800
      "\xED\xA0\x80!",  // D800 0021
      "\U00010000",     // D800 DC00
      "\U00010000a",
      "\U000103FF",          // D800 DFFF
      "\xED\xA0\x80\uE000",  // D800 E000
      "\xED\xA0\x81",        // a lone D801
      "\U00010400",          // D801 DC00
      "\U0010FFFF",          // DBFF DFFF
      "\xED\xB0\x80",        // a lone DC00
      "\uE000",
      "\uFFFF",
  };
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      CAPTURE(i);
      CAPTURE(j);
      const auto expected = i < j ? Ordering::Less : i > j ? Ordering::Greater : Ordering::Equal;
      CHECK(static_cast<int>(compare(Value(ascending[i]), Value(ascending[j]))) ==
            static_cast<int>(expected));
    }
  }
}
