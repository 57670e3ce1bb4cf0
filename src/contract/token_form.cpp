#include "contract/token_form.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace isthmus {
namespace {

constexpr std::size_t kLongToken = 16;   // inside a text
constexpr std::size_t kShortToken = 7;   // as a whole text
constexpr std::size_t kLongNumber = 16;  // longer than that of any article
constexpr std::size_t kLongWord = 40;    // longer than those that languages make
constexpr std::size_t kMixedWord = 20;   // shorter ones may change case by chance

bool isAlphanumeric(char c) { return isLetter(c) || isDigit(c); }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

// Words that are written together make one change in six letters or so, random letters one in four.
bool changesCaseOften(std::string_view letters) {
  std::size_t rises = 0;
  for (std::size_t i = 1; i < letters.size(); ++i) {
    if (isUpper(letters[i]) && !isUpper(letters[i - 1])) ++rises;
  }
  return rises * 5 >= letters.size();
}

// A word with a number of up to four digits before or behind it.
bool isNumbered(std::string_view part, std::size_t digits) {
  const auto isEnd = [&](auto begin) { return std::all_of(begin, begin + digits, isDigit); };
  return digits <= 4 && (isEnd(part.begin()) || isEnd(part.end() - digits));
}

std::string lettersOf(std::string_view part) {
  std::string letters;
  std::copy_if(part.begin(), part.end(), std::back_inserter(letters), isLetter);
  return letters;
}

bool isRandom(std::string_view part, bool isWhole) {
  const auto digits = static_cast<std::size_t>(std::count_if(part.begin(), part.end(), isDigit));
  if (digits == part.size()) return digits >= kLongNumber;
  if (digits == 0) {
    return part.size() >= kLongWord || (part.size() >= kMixedWord && changesCaseOften(part));
  }
  if (isWhole && !isWord(lettersOf(part))) return true;
  return part.size() >= kShortToken && (isWhole || !isNumbered(part, digits));
}

}  // namespace

bool isTokenLike(std::string_view token, bool isWhole) {
  if (token.size() < (isWhole ? kShortToken : kLongToken)) return false;
  if (isWhole && token.back() == '=') return true;
  const auto* at = token.begin();
  while (at != token.end()) {
    const auto* const end = std::find_if_not(at, token.end(), isAlphanumeric);
    if (isRandom({at, static_cast<std::size_t>(end - at)}, isWhole)) return true;
    at = std::find_if(end, token.end(), isAlphanumeric);
  }
  return false;
}

bool isWord(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), isLetter)) return false;
  const auto rest = text.substr(std::min<std::size_t>(1, text.size()));
  return std::none_of(rest.begin(), rest.end(), isUpper) ||
         std::all_of(text.begin(), text.end(), isUpper);
}

}  // namespace isthmus
