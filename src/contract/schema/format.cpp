#include "contract/schema/format.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/nearest_name.h"

namespace isthmus {
namespace {

// Dates and times by RFC 3339; texts are read once their pattern has matched.
#define ISTHMUS_DATE "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"
#define ISTHMUS_CLOCK "([01]\\d|2[0-3]):[0-5]\\d"
#define ISTHMUS_TIME ISTHMUS_CLOCK ":([0-5]\\d|60)(\\.\\d+)?([zZ]|[+-]" ISTHMUS_CLOCK ")"
#define ISTHMUS_HOURS "T(\\d+H(\\d+M(\\d+S)?)?|\\d+M(\\d+S)?|\\d+S)"
#define ISTHMUS_DAYS "(\\d+D|\\d+M(\\d+D)?|\\d+Y(\\d+M(\\d+D)?)?)"

// RFC 1123 and RFC 5321.
#define ISTHMUS_LABEL "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
#define ISTHMUS_HOST ISTHMUS_LABEL "(\\." ISTHMUS_LABEL ")*"
#define ISTHMUS_BYTE "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)"
#define ISTHMUS_IPV4 ISTHMUS_BYTE "(\\." ISTHMUS_BYTE "){3}"
#define ISTHMUS_ATOM "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
#define ISTHMUS_MAILBOX ISTHMUS_ATOM "(\\." ISTHMUS_ATOM ")*|\"([^\"\\\\]|\\\\.)*\""

// RFC 3986.
#define ISTHMUS_ESCAPED "%[0-9A-Fa-f]{2}"
#define ISTHMUS_LITERAL "A-Za-z0-9._~!$&'()*+,;=\\-"
#define ISTHMUS_SEGMENT "([" ISTHMUS_LITERAL ":@]|" ISTHMUS_ESCAPED ")"
#define ISTHMUS_AUTHORITY                                                                       \
  "//(([" ISTHMUS_LITERAL ":]|" ISTHMUS_ESCAPED ")*@)?(\\[[0-9A-Fa-f:.]+\\]|([" ISTHMUS_LITERAL \
  "]|" ISTHMUS_ESCAPED ")*)(:\\d*)?(/" ISTHMUS_SEGMENT "*)*"
#define ISTHMUS_PATH "/(" ISTHMUS_SEGMENT "+(/" ISTHMUS_SEGMENT "*)*)?"
#define ISTHMUS_QUERY "([?]([/?]|" ISTHMUS_SEGMENT ")*)?(#([/?]|" ISTHMUS_SEGMENT ")*)?"
#define ISTHMUS_URI                                                                   \
  "[A-Za-z][A-Za-z0-9+.-]*:(" ISTHMUS_AUTHORITY "|" ISTHMUS_PATH "|(" ISTHMUS_SEGMENT \
  "+(/" ISTHMUS_SEGMENT "*)*)?)" ISTHMUS_QUERY
#define ISTHMUS_RELATIVE                                                              \
  "(" ISTHMUS_AUTHORITY "|" ISTHMUS_PATH "|(([" ISTHMUS_LITERAL "@]|" ISTHMUS_ESCAPED \
  ")+(/" ISTHMUS_SEGMENT "*)*)?)" ISTHMUS_QUERY

int numberAt(std::string_view text, std::size_t at, std::size_t length) {
  int number = 0;
  for (const char c : text.substr(at, length)) number = number * 10 + (c - '0');
  return number;
}

bool isDate(std::string_view text) {
  constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = numberAt(text, 0, 4);
  const int month = numberAt(text, 5, 2);
  const int day = numberAt(text, 8, 2);
  const bool isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= kDays[month - 1] && (month != 2 || day < 29 || isLeap);
}

// A leap second ends a day of UTC.
bool isTime(std::string_view text) {
  if (numberAt(text, 6, 2) < 60) return true;
  int minutes = numberAt(text, 0, 2) * 60 + numberAt(text, 3, 2);
  const auto sign = text.find_first_of("+-");
  if (sign != text.npos) {
    const int offset = numberAt(text, sign + 1, 2) * 60 + numberAt(text, sign + 4, 2);
    minutes += text[sign] == '-' ? offset : -offset;
  }
  constexpr int kDay = 24 * 60;
  return (minutes + kDay) % kDay == kDay - 1;
}

bool isDateTime(std::string_view text) {
  return isDate(text.substr(0, 10)) && isTime(text.substr(11));
}

bool isHostname(std::string_view text) { return text.size() <= 253; }

// Eight groups, of which '::' stands for one at least, and an IPv4 address at the end for two.
bool isIpv6(std::string_view text) {
  const auto compressed = text.find("::");
  if (compressed != text.npos && text.find("::", compressed + 1) != text.npos) return false;
  if (!text.empty() && text.back() == ':' && compressed != text.size() - 2) return false;
  const bool hasIpv4 = text.find('.') != text.npos;
  std::size_t groups = hasIpv4 ? 1 : 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ':' && (i == 0 || text[i - 1] == ':')) ++groups;
  }
  return compressed == text.npos ? groups == 8 : groups < 8;
}

struct Format {
  std::string_view name;
  std::string_view pattern;
  bool (*check)(std::string_view text) = nullptr;
};

constexpr Format kFormats[] = {
    {"date", "^" ISTHMUS_DATE "$", isDate},
    {"time", "^" ISTHMUS_TIME "$", isTime},
    {"date-time", "^" ISTHMUS_DATE "[tT]" ISTHMUS_TIME "$", isDateTime},
    {"duration", "^P(" ISTHMUS_DAYS "(" ISTHMUS_HOURS ")?|" ISTHMUS_HOURS "|\\d+W)$"},
    {"email",
     "^(" ISTHMUS_MAILBOX ")@(" ISTHMUS_HOST "|\\[(" ISTHMUS_IPV4 "|IPv6:[0-9A-Fa-f:.]+)\\])$"},
    {"hostname", "^" ISTHMUS_HOST "$", isHostname},
    {"ipv4", "^" ISTHMUS_IPV4 "$"},
    {"ipv6", "^(::)?([0-9A-Fa-f]{1,4}::?)*([0-9A-Fa-f]{1,4}|::|" ISTHMUS_IPV4 "|)$", isIpv6},
    {"uri", "^" ISTHMUS_URI "$"},
    {"uri-reference", "^(" ISTHMUS_URI "|" ISTHMUS_RELATIVE ")$"},
    {"uuid", "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"},
    {"json-pointer", "^(/([^/~]|~[01])*)*$"},
    {"regex", "", Pattern::isRegularExpression},
};

bool isWhole(double number, double bound) {
  return number == std::trunc(number) && number >= -bound && number < bound;
}

// Every number that there is, is a double.
struct NumberFormat {
  std::string_view name;
  bool (*check)(double number);
};

constexpr NumberFormat kNumberFormats[] = {
    {"int32", [](double number) { return isWhole(number, 0x1p31); }},
    {"int64", [](double number) { return isWhole(number, 0x1p63); }},
    {"float", [](double number) { return std::abs(number) <= std::numeric_limits<float>::max(); }},
    {"double", nullptr},
};

template <typename Formats>
auto* find(const Formats& formats, std::string_view name) {
  const auto* const found = std::find_if(std::begin(formats), std::end(formats),
                                         [&](const auto& format) { return format.name == name; });
  return found == std::end(formats) ? nullptr : found;
}

HeapError unknownFormat(std::string_view name) {
  const std::string quoted = "'" + std::string(name) + "'";
  NearestName nearest(name);
  std::string known;
  const auto add = [&](std::string_view each) {
    nearest.offer(each);
    known += " " + std::string(each);
  };
  for (const auto& format : kFormats) add(format.name);
  for (const auto& format : kNumberFormats) add(format.name);
  return invalidDefinition(quoted + " is no format that Isthmus asserts" +
                           (nearest.found().empty() ? "." : nearest.question()) + " Known are" +
                           known + "; let assertFormats be { annotations: [" + quoted +
                           "] } if nothing is to be checked, or use a pattern");
}

}  // namespace

Status assertFormat(std::string_view name, SchemaNode& node) {
  if (const auto* const format = find(kNumberFormats, name)) {
    demand(node.numbers).formatCheck = format->check;
    return Done{};
  }
  const auto* const format = find(kFormats, name);
  if (format == nullptr) return unknownFormat(name);
  auto pattern = Pattern::compile(format->pattern);
  if (!pattern) return std::move(pattern.error());
  auto& rules = demand(node.strings);
  rules.formatCheck = format->check;
  rules.formatPattern = std::move(pattern).value();
  return Done{};
}

}  // namespace isthmus
