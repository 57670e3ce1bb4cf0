#include "contract/pattern/pattern.h"

#include <algorithm>

#include "contract/pattern/pattern_parser.h"

namespace isthmus {

Result<Pattern> Pattern::compile(std::string_view text) {
  PatternParser parser(text);
  if (!parser.parse()) return invalidDefinition(parser.fault());
  if (!parser.unsupported().empty()) return invalidDefinition(parser.unsupported());
  Pattern pattern;
  for (auto& [program, excluded] : parser.parts) {
    pattern.parts_.push_back({PatternMatcher(std::move(program)), excluded});
  }
  return pattern;
}

bool Pattern::isRegularExpression(std::string_view text) { return PatternParser(text).parse(); }

bool Pattern::matches(std::string_view text, WorkBudget& work) const {
  return std::all_of(parts_.begin(), parts_.end(), [&](Part& part) {
    return part.matcher.search(text, work) != part.excluded && !work.isExhausted();
  });
}

}  // namespace isthmus
