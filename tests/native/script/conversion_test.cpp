#include "script/conversion.h"

#include <cmath>
#include <vector>

#include "native/capture.h"
#include "native/value/json_literal.h"

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

TEST_CASE(
    "values become texts and numbers as JavaScript's String, Number and parseFloat make them") {
  struct Case {
    std::string_view value;
    std::string_view text;
    std::string_view number;
    std::string_view leading;
  };
  const Case cases[] = {
      {"null", "null", "0", "NaN"},
      {"true", "true", "1", "NaN"},
      {"-0.0", "0", "0", "0"},
      {"1e21", "1e+21", "1e+21", "1e+21"},
      {R"(" 7px")", " 7px", "NaN", "7"},
      {"[]", "", "0", "NaN"},
      {"[[5]]", "5", "5", "5"},
      {R"([1, null, [2, [true]]])", "1,,2,true", "NaN", "1"},
      {R"({ "a": 1 })", "[object Object]", "NaN", "NaN"},
      {R"([{}, {}])", "[object Object],[object Object]", "NaN", "NaN"},
  };
  for (const auto& [json, text, number, leading] : cases) {
    CAPTURE(json);
    const Value value = parseJson(json).value();
    CHECK(toText(value) == text);
    CHECK(toText(Value(toNumber(value))) == number);
    CHECK(toText(Value(leadingNumber(value))) == leading);
  }
}

TEST_CASE("what JavaScript holds for equal is equal") {
  struct Case {
    std::string_view a;
    std::string_view b;
    bool loosely;
    bool strictly;
  };
  const Case cases[] = {
      {"1", "1", true, true},
      {"0", "-0.0", true, true},
      {R"("a")", R"("a")", true, true},
      {"1", R"("1")", true, false},
      {"1", "true", true, false},
      {R"("1")", "true", true, false},
      {R"("true")", "true", false, false},
      {"null", "null", true, true},
      {"null", "0", false, false},
      {"null", "false", false, false},
      {"null", "[]", false, false},
      {"[]", "[]", false, false},
      {"[]", "{}", false, false},
      {"[]", R"("")", true, false},
      {"[]", "false", true, false},
      {"[1]", "true", true, false},
      {R"(["a", "b"])", R"("a,b")", true, false},
      {"{}", R"("[object Object]")", true, false},
      {"{}", "true", false, false},
  };
  for (const auto& [a, b, loosely, strictly] : cases) {
    CAPTURE(a);
    CAPTURE(b);
    const Value x = parseJson(a).value();
    const Value y = parseJson(b).value();
    CHECK(looselyEqual(x, y) == loosely);
    CHECK(looselyEqual(y, x) == loosely);
    CHECK(strictlyEqual(x, y) == strictly);
  }
  const Value nan(std::nan(""));
  CHECK_FALSE(looselyEqual(nan, nan));
  CHECK_FALSE(strictlyEqual(nan, nan));
}
