#include "value/wtf8.h"
#include "native/capture.h"

#include <doctest/doctest.h>

#include <memory>

using isthmus::isWtf8;

namespace {

// The text in a heap block of exactly its size, so that ASan sees one byte too many.
bool check(std::string_view text) {
  const auto block = std::make_unique<char[]>(text.size());
  text.copy(block.get(), text.size());
  return isWtf8({block.get(), text.size()});
}

}  // namespace

TEST_CASE("every JavaScript string has one form in WTF-8, and anything else is refused") {
  struct Case {
    std::string_view text;
    bool valid;
    std::string_view what;
  };
  const Case cases[] = {
      {"", true, "empty"},
      {{"a\0b", 3}, true, "a zero byte"},
      {"\x7F", true, "the last of one byte"},
      {"\xC2\x80", true, "the first of two bytes"},
      {"\xDF\xBF", true, "the last of two bytes"},
      {"\xE0\xA0\x80", true, "the first of three bytes"},
      {"\xEF\xBF\xBF", true, "the last of three bytes"},
      {"\xF0\x90\x80\x80", true, "the first of four bytes"},
      {"\xF4\x8F\xBF\xBF", true, "the last of all"},
      {"\xED\xA0\x80", true, "a lone high surrogate"},
      {"\xED\xBF\xBF", true, "a lone low surrogate"},
      {"\xED\xB0\x80\xED\xA0\x80", true, "two surrogates the wrong way round"},
      {"\xED\xA0\x80\xED\xA0\x80", true, "two high surrogates"},
      {"\xED\xA0\x80 \xED\xB0\x80", true, "surrogates apart"},
      {"\xED\xA0\x80\xED\xB0\x80", false, "a pair as two times three bytes"},
      {"a\xED\xAF\xBF\xED\xBF\xBF", false, "such a pair after a letter"},
      {"\x80", false, "a trailing byte alone"},
      {"\xC0\x80", false, "zero in two bytes"},
      {"\xC1\xBF", false, "an overlong letter"},
      {"\xE0\x9F\xBF", false, "two bytes' worth in three"},
      {"\xF0\x8F\xBF\xBF", false, "three bytes' worth in four"},
      {"\xF4\x90\x80\x80", false, "beyond the last code point"},
      {"\xF5\x80\x80\x80", false, "an impossible lead byte"},
      {"\xFF", false, "a byte that never occurs"},
      {"\xC2", false, "two bytes cut off"},
      {"\xE2\x82", false, "three bytes cut off"},
      {"\xF0\x9F\x98", false, "four bytes cut off"},
      {"\xC2 ", false, "a letter for a trailing byte"},
      {"\xE2\x82 ", false, "a letter for the last byte"},
      {"\xC2\xC2", false, "a lead for a trailing byte"},
  };
  for (const auto& [text, valid, what] : cases) {
    CAPTURE(what);
    CHECK(check(text) == valid);
  }
}
