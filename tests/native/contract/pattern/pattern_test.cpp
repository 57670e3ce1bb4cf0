#include "contract/pattern/pattern.h"

#include <doctest/doctest.h>

#include <string>

#include "contract/pattern/pattern_parser.h"
#include "native/capture.h"

using namespace isthmus;

namespace {

Pattern compiled(std::string_view text) {
  auto pattern = Pattern::compile(text);
  REQUIRE_MESSAGE(pattern.ok(), pattern.error().message);
  return std::move(pattern).value();
}

bool matches(const Pattern& pattern, std::string_view text) {
  WorkBudget work(10'000'000);
  return pattern.matches(text, work);
}

}  // namespace

TEST_CASE("a pattern that is wrong or not supported is refused with the character and a sentence") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"(a", "character 2"},
      {"a)", "character 1"},
      {"[a", "character 2"},
      {"*", "character 0"},
      {"a**", "character 2"},
      {"^*", "character 1"},
      {"a{2", "character 3"},
      {"a{,2}", "character 2"},
      {"a{3,2}", "order"},
      {"}", "character 0"},
      {"]", "character 0"},
      {"\\", "character 1"},
      {"\\a", "needs no escape"},
      {"\\-", "needs no escape"},
      {"[b-a]", "ascending"},
      {"[\\w-z]", "ascending"},
      {"\\u{110000}", "no such"},
      {"\\u12", "hexadecimal"},
      {"\\x1", "hexadecimal"},
      {"\\p", "braces"},
      {"\\p{Greek}", "'Greek'"},
      {"(?i:a)", "unknown kind"},
      {"(?<>a)", "name"},
      {"(?<1", "name"},
      {"(a)\\1", "backreference"},
      {"(?<n>a)\\k<n>", "backreference"},
      {"(?<=a)b", "lookbehind"},
      {"a(?=b)", "lookahead"},
      {"(?=a)b", "lookahead"},
      {"^(?=a)b|c", "lookahead"},
      {"a{10001}", "too large"},
      {"(a{1000}){1000}", "too large"},
      {"\\p{Script=Greek}", "not supported"},
      {"\\1", "no group"},
      {"(a)\\2", "no group"},
      {"(?:a)\\1", "no group"},
      {"\\k<a>", "no group"},
      {"(?<b>a)\\k<a>", "no group"},
      {"(?<a>a)|(?<a>b)", "same name"},
      {"(?<a-b>a)", "letters"},
      {"\\p{gc=gc=L}", "no property"},
      {"\\00", "needs no escape"},
      {"\\c1", "needs no escape"},
  };
  for (const auto& [text, reason] : cases) {
    CAPTURE(text);
    const auto pattern = Pattern::compile(text);
    REQUIRE_FALSE(pattern.ok());
    CHECK((pattern.error().code == ErrorCode::InvalidDefinition));
    CAPTURE(pattern.error().message);
    CHECK(pattern.error().message.find(reason) != std::string::npos);
  }
}

TEST_CASE("a regular expression that is not supported is one all the same") {
  for (const std::string_view text :
       {"a(?=b)", "(?<=a)b", "(a)\\1", "a{100000}", "\\p{Script=Greek}", "\\1(a)",
        "(?:\\k<a>|(?<a>b))", "(?<\\u0061\xC3\xA9_$1>b)\\k<a\xC3\xA9_$1>", "(?<a>b)\\2(c)",
        "\\P{Emoji}"}) {
    CAPTURE(text);
    CHECK(Pattern::isRegularExpression(text));
  }
  for (const std::string_view text :
       {"a(?=b", "(?<=a)b)", "(a)\\1**", "^(abc]", "\\1", "(a)\\2", "\\k<a>", "(?<a>b)\\k<A>",
        "(?<a>b)(?<a>c)", "(?<1>a)", "\\p{Greek}", "\\p{gc=Any}"}) {
    CAPTURE(text);
    CHECK_FALSE(Pattern::isRegularExpression(text));
  }
}

TEST_CASE("a pattern that is too long is read by nobody") {
  const std::string longest(PatternParser::kMostCodePoints, 'a');
  CHECK(Pattern::isRegularExpression(longest));
  CHECK_FALSE(Pattern::isRegularExpression(longest + "a"));
  CHECK_FALSE(Pattern::compile(longest + "a").ok());
}

TEST_CASE("patterns that make backtracking explode take linear time") {
  const std::string many(100'000, 'a');
  for (const std::string_view text :
       {"^(a+)+$", "^(a|a)*$", "^(a*)*b", "(a?){30}a{30}$", "^(a|aa)+$", ".*.*.*=.*"}) {
    CAPTURE(text);
    const Pattern pattern = compiled(text);
    WorkBudget work(200'000);
    pattern.matches(many + "!", work);
    CHECK_FALSE(work.isExhausted());
  }
}

TEST_CASE("a pattern whose states are too many to remember still matches, and in bounded memory") {
  const Pattern pattern = compiled("(a|b)*a(a|b){14}$");
  std::string text;
  for (unsigned i = 0; i < 30'000; ++i) text += (i * i * 2654435761U >> 16U) % 2 != 0 ? 'a' : 'b';
  CHECK(matches(pattern, text + "abbbbbbbbbbbbbb"));
  CHECK_FALSE(matches(pattern, text + "bbbbbbbbbbbbbbb"));
}

TEST_CASE("work that exceeds its budget ends without a match") {
  const Pattern pattern = compiled("a");
  WorkBudget work(10);
  CHECK_FALSE(pattern.matches(std::string(1000, 'b') + "a", work));
  CHECK(work.isExhausted());
}

TEST_CASE("a lone surrogate and malformed bytes are characters, and no byte beyond is read") {
  const Pattern one = compiled("^.$");
  CHECK(matches(one, "\xED\xA0\x80"));
  CHECK(matches(compiled("^[\\uD800-\\uDBFF]$"), "\xED\xA0\x80"));
  CHECK(matches(one, "\xFF"));
  CHECK(matches(one, std::string_view("\xF0\x9F\x98\x80", 4)));
  CHECK_FALSE(matches(one, std::string_view("\xF0\x9F\x98\x80", 3)));
}
