#pragma once

#include <string_view>

namespace isthmus {

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr char toLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool isLetter(char c) { return toLower(c) >= 'a' && toLower(c) <= 'z'; }
constexpr bool isBase64Url(char c) { return isLetter(c) || isDigit(c) || c == '-' || c == '_'; }

// Whether a token looks drawn at random rather than written: one of its parts between marks
//
//   is of letters and digits       k7J9x2Qm, 550e8400, 0123456789abcdef
//   is of many digits              1234567890123456
//   changes case as words do not   kQzRtYwBnMpLsDfGhJxV
//
// and not one is a word, a number of up to 15 digits, or a word beside a short number, as in
// certificate-2026 or v2. `isWhole` says that the token is all there is besides the name of its
// scheme: then a shorter one is enough, also a word beside a number (hunter2) or letters in the
// case of no word beside a digit (1JqM), and so is the '=' at the end of base64.
bool isTokenLike(std::string_view token, bool isWhole);

// Letters alone, in the case of a word: word, Word, WORD.
bool isWord(std::string_view text);

}  // namespace isthmus
