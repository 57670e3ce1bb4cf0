#include "contract/pattern/unicode_property.h"

#include "contract/pattern/unicode_runs.h"

namespace isthmus {
namespace {

constexpr unsigned bitOf(UnicodeKind kind) { return 1U << static_cast<unsigned>(kind); }

constexpr unsigned kUppercase = bitOf(UnicodeKind::Uppercase);
constexpr unsigned kLowercase = bitOf(UnicodeKind::Lowercase);
constexpr unsigned kLetter = kUppercase | kLowercase | bitOf(UnicodeKind::OtherLetter);
constexpr unsigned kDigit = bitOf(UnicodeKind::Digit);
constexpr unsigned kNumber = kDigit | bitOf(UnicodeKind::OtherNumber);

struct Category {
  std::string_view name;
  unsigned kinds;
};
constexpr Category kCategories[] = {
    {"L", kLetter},     {"Letter", kLetter},
    {"Lu", kUppercase}, {"Uppercase_Letter", kUppercase},
    {"Ll", kLowercase}, {"Lowercase_Letter", kLowercase},
    {"N", kNumber},     {"Number", kNumber},
    {"Nd", kDigit},     {"Decimal_Number", kDigit},
    {"digit", kDigit},
};

CodeSet codesOf(unsigned kinds) {
  std::vector<CodeRange> ranges;
  std::uint32_t next = 0;
  const auto add = [&](UnicodeKind kind, std::uint32_t length) {
    if ((kinds & bitOf(kind)) != 0) ranges.push_back({next, next + length - 1});
    next += length;
  };
  const std::uint8_t* length = kUnicodeRunLengths;
  for (const auto kind : kUnicodeRunKinds) {
    std::uint32_t count = 0;
    unsigned shift = 0;
    do {
      count |= (*length & 0x7FU) << shift;
      shift += 7;
    } while ((*length++ & 0x80U) != 0);
    if (static_cast<UnicodeKind>(kind) != UnicodeKind::Pairs) {
      add(static_cast<UnicodeKind>(kind), count);
      continue;
    }
    for (; count > 0; --count) {
      add(UnicodeKind::Uppercase, 1);
      add(UnicodeKind::Lowercase, 1);
    }
  }
  return toCodeSet(std::move(ranges));
}

}  // namespace

std::optional<CodeSet> unicodeProperty(std::string_view name) {
  if (name == "Any") return CodeSet{{0, kLastCodePoint}};
  if (name == "ASCII") return CodeSet{{0, 0x7F}};
  for (const std::string_view prefix : {"gc=", "General_Category="}) {
    if (name.substr(0, prefix.size()) != prefix) continue;
    name.remove_prefix(prefix.size());
    break;
  }
  for (const auto& category : kCategories) {
    if (category.name == name) return codesOf(category.kinds);
  }
  return std::nullopt;
}

}  // namespace isthmus
