#include "contract/credential.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "value/wtf8.h"

namespace isthmus {
namespace {

constexpr std::size_t kShortest = 8;    // "Bearer x"; no credential is shorter
constexpr std::size_t kLongToken = 16;  // of a bearer token inside a text

bool isDigit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool isLetter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool isBase64Url(char c) { return isLetter(c) || isDigit(c) || c == '-' || c == '_'; }
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
  const std::string decoded = decodeBase64(token);
  const auto isControl = [](unsigned char c) { return c < 32 || c == 127; };
  return decoded.find(':') != std::string::npos && isWtf8(decoded) &&
         std::none_of(decoded.begin(), decoded.end(), isControl);
}

bool isBearer(std::string_view token, bool isWhole) {
  if (isWhole) return true;
  return token.size() >= kLongToken && std::any_of(token.begin(), token.end(), isDigit);
}

struct Scheme {
  std::string_view name;
  bool (*accepts)(std::string_view token, bool isWhole);
};
constexpr std::array<Scheme, 2> kSchemes{{{"bearer", isBearer}, {"basic", isBasic}}};

bool endsWithWord(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  const auto start = text.size() - word.size();
  if (start > 0 && (isLetter(text[start - 1]) || isDigit(text[start - 1]))) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(start),
                    [](char a, char b) { return a == lower(b); });
}

// Whether a scheme's name ends at the space and its token begins behind it.
bool isCredentialAt(std::string_view text, std::size_t space) {
  const auto before = text.substr(0, space);
  for (const auto& [name, accepts] : kSchemes) {
    if (!endsWithWord(before, name)) continue;
    const auto rest = text.substr(std::min(text.find_first_not_of(' ', space), text.size()));
    const auto* const end = std::find_if_not(rest.begin(), rest.end(), isToken);
    const auto token = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    const bool isWhole = before.size() == name.size() && token.size() == rest.size();
    return !token.empty() && accepts(token, isWhole);
  }
  return false;
}

// Few texts have two dots, or a space behind one of the letters that schemes end with.
bool looksLikeCredential(std::string_view whole) {
  if (whole.size() < kShortest) return false;
  const auto text = trimmed(whole);
  if (text.size() < kShortest) return false;
  int dots = 0;
  char before = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.') ++dots;
    const bool mayEndScheme = (before | 32) == 'r' || (before | 32) == 'c';
    if (c == ' ' && mayEndScheme && isCredentialAt(text, i)) return true;
    before = c;
  }
  return dots >= 2 && holdsJwt(text);
}

bool isFree(const Value& value, const Value& innocent);

bool areItemsFree(const Sequence<Value>& items, const Sequence<Value>& innocent) {
  auto known = innocent.begin();
  for (const auto& item : items) {
    const bool isKnown = !(known == innocent.end());
    if (!isFree(item, isKnown ? *known : Value())) return false;
    if (isKnown) ++known;
  }
  return true;
}

bool areMembersFree(const MemberList<Value>& members, const MemberList<Value>& innocent) {
  auto known = innocent.begin();
  for (const auto& [key, value] : members) {
    const bool isKnown = !(known == innocent.end()) && known->key == key;
    if (!isKnown && looksLikeCredential(key.text())) return false;
    if (!isFree(value, isKnown ? known->value : Value())) return false;
    if (!(known == innocent.end())) ++known;
  }
  return true;
}

bool isFree(const Value& value, const Value& innocent) {
  if (value.identical(innocent)) return true;
  if (value.isString()) return !looksLikeCredential(value.string());
  static const Value kNoItems{Value::Items{}};
  static const Value kNoMembers{Value::Members{}};
  if (value.isArray()) {
    return areItemsFree(value.items(), (innocent.isArray() ? innocent : kNoItems).items());
  }
  return !value.isObject() ||
         areMembersFree(value.members(), (innocent.isObject() ? innocent : kNoMembers).members());
}

}  // namespace

bool holdsCredential(const Value& value, const Value& innocent) { return !isFree(value, innocent); }

}  // namespace isthmus
