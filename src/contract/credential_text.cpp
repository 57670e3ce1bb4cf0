#include "contract/credential_text.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "contract/issued_token.h"
#include "contract/token_form.h"
#include "value/wtf8.h"

namespace isthmus {
namespace {

constexpr std::size_t kShortest = 8;  // no credential is shorter

bool isToken(char c) {
  return isBase64Url(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
}

unsigned sextet(char c) {
  if (isLetter(c)) return static_cast<unsigned>(c - (c >= 'a' ? 'a' - 26 : 'A'));
  if (isDigit(c)) return static_cast<unsigned>(c - '0' + 52);
  return c == '-' || c == '+' ? 62 : 63;
}

// Of base64 and base64url alike, up to the padding.
std::string decodeBase64(std::string_view text) {
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text.substr(0, text.find('='))) {
    bits = bits << 6U | sextet(c);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
  }
  return bytes;
}

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return text;
}

// Whether it is the JSON of an object with `alg`, as far as can be told without reading it all.
bool isJwtHeader(std::string_view base64) {
  const std::string decoded = decodeBase64(base64);
  const std::string_view json = trimmed(decoded);
  if (json.size() < 2 || json.front() != '{' || json.back() != '}') return false;
  constexpr std::string_view kAlg = "\"alg\"";
  for (auto at = json.find(kAlg); at != std::string_view::npos; at = json.find(kAlg, at + 1)) {
    if (trimmed(json.substr(at + kAlg.size(), 16)).starts_with(':')) return true;
  }
  return false;
}

// The characters of base64url that end before `end`.
std::string_view partBefore(std::string_view text, std::size_t end) {
  auto start = end;
  while (start > 0 && isBase64Url(text[start - 1])) --start;
  return text.substr(start, end - start);
}

bool isPart(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), isBase64Url);
}

// The third part may be empty: it is that of a token without a signature.
bool holdsJwt(std::string_view text) {
  auto dot = text.find('.');
  while (dot != std::string_view::npos) {
    const auto next = text.find('.', dot + 1);
    if (next == std::string_view::npos) return false;
    if (isPart(text.substr(dot + 1, next - dot - 1)) && isJwtHeader(partBefore(text, dot))) {
      return true;
    }
    dot = next;
  }
  return false;
}

bool isBasic(std::string_view token, bool) {
  if (isWord(token)) return false;
  const std::string decoded = decodeBase64(token);
  const auto isControl = [](unsigned char c) { return c < 32 || c == 127; };
  return decoded.find(':') != std::string::npos && isWtf8(decoded) &&
         std::none_of(decoded.begin(), decoded.end(), isControl);
}

struct Scheme {
  std::string_view name;
  std::string_view kind;
  bool (*accepts)(std::string_view token, bool isWhole);
};
constexpr std::array<Scheme, 2> kSchemes{
    {{"bearer", "a bearer token", isTokenLike}, {"basic", "basic credentials", isBasic}}};

bool endsWithWord(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  const auto start = text.size() - word.size();
  if (start > 0 && (isLetter(text[start - 1]) || isDigit(text[start - 1]))) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(start),
                    [](char a, char b) { return a == toLower(b); });
}

// Where a scheme's name ends at the space and its token begins behind it.
std::string_view kindAt(std::string_view text, std::size_t space) {
  const auto before = text.substr(0, space);
  for (const auto& [name, kind, accepts] : kSchemes) {
    if (!endsWithWord(before, name)) continue;
    const auto rest = text.substr(std::min(text.find_first_not_of(' ', space), text.size()));
    const auto* const end = std::find_if_not(rest.begin(), rest.end(), isToken);
    const auto token = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    const bool isWhole = before.size() == name.size() && token.size() == rest.size();
    if (!token.empty() && accepts(token, isWhole)) return kind;
  }
  return {};
}

}  // namespace

// Few texts have two dots, a space behind one of the letters that schemes end with, or a word that
// begins as issuers' prefixes do.
std::string_view credentialKind(std::string_view whole) {
  if (whole.size() < kShortest) return {};
  const auto text = trimmed(whole);
  if (text.size() < kShortest) return {};
  int dots = 0;
  char before = 0;
  std::string_view kind;
  for (std::size_t i = 0; i < text.size() && kind.empty(); ++i) {
    const char c = text[i];
    if (c == '.') ++dots;
    const bool mayEndScheme = (before | 32) == 'r' || (before | 32) == 'c';
    if (c == ' ' && mayEndScheme) kind = kindAt(text, i);
    if (mayBeginIssuedToken(c) && !isBase64Url(before)) kind = issuedTokenKind(text.substr(i));
    before = c;
  }
  if (kind.empty() && dots >= 2 && holdsJwt(text)) return "a JSON Web Token";
  return kind;
}

}  // namespace isthmus
