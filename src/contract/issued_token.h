#pragma once

#include <string_view>

namespace isthmus {

// What a text that begins with a token of a known issuer looks like, as in "a GitHub token"; empty
// for any other. The prefix alone makes none: what follows must be as long as theirs, and have a
// digit.
std::string_view issuedTokenKind(std::string_view text);

// Whether one can begin with that character.
constexpr bool mayBeginIssuedToken(char c) {
  return c == '-' || c == 'A' || c == 'g' || c == 'n' || c == 'r' || c == 's' || c == 'x' ||
         c == 'y';
}

}  // namespace isthmus
