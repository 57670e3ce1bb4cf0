// The escapes and classes of patterns: those parts of PatternParser that read sets of characters.

#include <optional>

#include "contract/pattern/pattern_parser.h"
#include "contract/pattern/property_name.h"
#include "contract/pattern/unicode_property.h"

namespace isthmus {
namespace {

constexpr std::string_view kBackreference =
    "a backreference cannot be matched in linear time and is not supported";

bool isHighSurrogate(std::uint32_t code) { return code >= 0xD800 && code < 0xDC00; }
bool isLowSurrogate(std::uint32_t code) { return code >= 0xDC00 && code < 0xE000; }

std::optional<std::uint32_t> hexadecimalDigit(std::uint32_t code) {
  if (code >= '0' && code <= '9') return code - '0';
  const auto lower = code | 0x20U;
  if (lower >= 'a' && lower <= 'f') return lower - 'a' + 10;
  return std::nullopt;
}

const CodeSet& letters() {
  static const CodeSet kLetters = *unicodeProperty("L");
  return kLetters;
}

const CodeSet& decimalDigits() {
  static const CodeSet kDigits = *unicodeProperty("Nd");
  return kDigits;
}

// Marks, which identifiers may hold too, are left out: telling them takes another table.
bool isNameStart(std::uint32_t code) {
  return code == '_' || code == '$' || contains(letters(), code);
}
bool isNamePart(std::uint32_t code) { return isNameStart(code) || contains(decimalDigits(), code); }

}  // namespace

bool PatternParser::escapedTerm() {
  if (peek() >= '1' && peek() <= '9') return backreference();
  if (takeText("k<")) return namedBackreference();
  Member member;
  if (!escape(member, false)) return false;
  emitSet(member.code == kEnd ? std::move(member.set) : CodeSet{{member.code, member.code}});
  return true;
}

bool PatternParser::backreference() {
  refuse(kBackreference);
  const auto begin = at_;
  std::uint32_t group = 0;
  if (!number(group)) return false;
  groups_.refer(group, begin);
  return true;
}

bool PatternParser::namedBackreference() {
  refuse(kBackreference);
  const auto begin = at_;
  std::u32string name;
  if (!groupName(name)) return false;
  groups_.refer(std::move(name), begin);
  return true;
}

bool PatternParser::groupName(std::u32string& name) {
  while (!take('>')) {
    if (!namePart(name)) return fail("a group's name must be letters, digits, '_' or '$'");
  }
  return !name.empty() || fail("a group's name is empty");
}

bool PatternParser::namePart(std::u32string& name) {
  auto code = peek();
  if (takeText("\\u")) {
    if (!unicodeEscape(code)) return false;
  } else if (code != kEnd) {
    ++at_;
  }
  if (name.empty() ? !isNameStart(code) : !isNamePart(code)) return false;
  name += static_cast<char32_t>(code);
  return true;
}

bool PatternParser::characterClass() {
  const bool negated = take('^');
  std::vector<CodeRange> ranges;
  while (!take(']')) {
    Member first;
    if (!classMember(first)) return false;
    if (peek() == '-' && peek(1) != ']' && peek(1) != kEnd) {
      ++at_;
      Member last;
      if (!classMember(last)) return false;
      if (first.code == kEnd || last.code == kEnd || first.code > last.code) {
        return fail("a range must lie between two characters in ascending order");
      }
      first.set = {{first.code, last.code}};
    } else if (first.code != kEnd) {
      first.set = {{first.code, first.code}};
    }
    ranges.insert(ranges.end(), first.set.begin(), first.set.end());
  }
  auto set = toCodeSet(std::move(ranges));
  emitSet(negated ? complement(set) : std::move(set));
  return true;
}

bool PatternParser::classMember(Member& member) {
  if (peek() == kEnd) return fail("'[' without ']'");
  if (take('\\')) return escape(member, true);
  member.code = text_[at_++];
  return true;
}

bool PatternParser::escape(Member& member, bool inClass) {
  return setEscape(member) || (fault_.empty() && codeEscape(member, inClass));
}

// False without a fault when the escape stands for no set.
bool PatternParser::setEscape(Member& member) {
  const auto letter = peek();
  switch (letter | 0x20U) {
    case 'd':
      member.set = digits();
      break;
    case 'w':
      member.set = wordCharacters();
      break;
    case 's':
      member.set = whiteSpace();
      break;
    case 'p':
      ++at_;
      if (!property(member)) return false;
      --at_;
      break;
    default:
      return false;
  }
  ++at_;
  if (letter < 'a') member.set = complement(member.set);
  return true;
}

bool PatternParser::property(Member& member) {
  if (!take('{')) return fail("a property must stand in braces");
  std::string name;
  while (contains(wordCharacters(), peek()) || peek() == '=') {
    name += static_cast<char>(text_[at_++]);
  }
  if (!take('}')) return fail("a property must stand in braces");
  if (!isPropertyName(name)) return fail("there is no property '" + name + "'");
  if (auto set = unicodeProperty(name)) {
    member.set = std::move(*set);
  } else {
    refuse("the property '" + name + "' is not supported; list its characters");
  }
  return true;
}

bool PatternParser::codeEscape(Member& member, bool inClass) {
  const auto letter = peek();
  if (letter == kEnd) return fail("'\\' must be followed by a character");
  constexpr std::string_view kLiteral = "^$\\.*+?()[]{}|/";
  constexpr std::string_view kControl = "tnvfr";
  constexpr std::uint8_t kControlCodes[] = {'\t', '\n', '\v', '\f', '\r'};
  const char ascii = letter < 0x80 ? static_cast<char>(letter) : '\0';
  ++at_;
  if (kLiteral.find(ascii) != kLiteral.npos || (inClass && ascii == '-')) {
    member.code = letter;
  } else if (const auto control = kControl.find(ascii); control != kControl.npos) {
    member.code = kControlCodes[control];
  } else if (inClass && ascii == 'b') {
    member.code = '\b';
  } else if (ascii == '0' && !contains(digits(), peek())) {
    member.code = 0;
  } else if (ascii == 'c' && (peek() | 0x20U) >= 'a' && (peek() | 0x20U) <= 'z') {
    member.code = text_[at_++] & 0x1FU;
  } else if (ascii == 'x') {
    return hexadecimal(2, member.code);
  } else if (ascii == 'u') {
    return unicodeEscape(member.code);
  } else {
    return fail("'\\' before a character that needs no escape");
  }
  return true;
}

bool PatternParser::unicodeEscape(std::uint32_t& code) {
  if (take('{')) return bracedCode(code);
  if (!hexadecimal(4, code)) return false;
  if (!isHighSurrogate(code)) return true;
  const auto before = at_;
  std::uint32_t low = 0;
  if (takeText("\\u") && peek() != '{' && hexadecimal(4, low) && isLowSurrogate(low)) {
    code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
  } else {
    at_ = before;
    fault_.clear();
  }
  return true;
}

bool PatternParser::bracedCode(std::uint32_t& code) {
  code = 0;
  if (peek() == '}') return fail("an escape lacks its code point");
  while (!take('}')) {
    const auto digit = hexadecimalDigit(peek());
    if (!digit) return fail("an escape must end with '}'");
    code = code * 16 + *digit;
    if (code > kLastCodePoint) return fail("there is no such code point");
    ++at_;
  }
  return true;
}

bool PatternParser::hexadecimal(std::size_t length, std::uint32_t& code) {
  code = 0;
  for (std::size_t i = 0; i < length; ++i) {
    const auto digit = hexadecimalDigit(peek());
    if (!digit) return fail("an escape lacks hexadecimal digits");
    code = code * 16 + *digit;
    ++at_;
  }
  return true;
}

}  // namespace isthmus
