#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "contract/pattern/pattern_matcher.h"

namespace isthmus {

// A regular expression of JSON Schema's `pattern`: ECMA-262 in its unicode mode, found anywhere in
// a text, in time linear in the text.
//
// Ours because nothing else fits: RE2 (the well-kept linear library) with Abseil is several times
// as large as this engine, reads another syntax (\uXXXX, \cX, [^], \d and \s differ) and knows no
// lone surrogates; std::regex takes exponential time and throws.
class Pattern {
 public:
  // Errors are InvalidDefinition: a wrong pattern, or one that is not supported: backreferences,
  // marks in groups' names, lookbehinds, lookaheads except behind the '^' that the pattern begins
  // with, most \p{...}, and what exceeds the bounds of PatternParser.
  static Result<Pattern> compile(std::string_view text);

  // Whether the text is a regular expression, supported or not, of at most
  // PatternParser::kMostCodePoints.
  static bool isRegularExpression(std::string_view text);

  // False also when the work is exhausted. It remembers what it has worked out.
  bool matches(std::string_view text, WorkBudget& work) const;

 private:
  struct Part {
    PatternMatcher matcher;
    bool excluded;
  };

  Pattern() = default;

  mutable std::vector<Part> parts_;
};

}  // namespace isthmus
