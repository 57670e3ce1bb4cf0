#include "script/unit_text.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/vector.h"
#include "value/wtf8.h"

namespace isthmus {
namespace {

std::uint8_t byteAt(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

bool isInsidePoint(std::string_view text, std::size_t at) {
  return at < text.size() && (byteAt(text, at) & 0xC0U) == 0x80;
}

// The units of a text, one after another.
class Units {
 public:
  static constexpr std::int32_t kEnd = -1;

  explicit Units(std::string_view text) : rest_(text) {}

  std::int32_t next() {
    if (low_ != 0) return std::exchange(low_, 0);
    if (rest_.empty()) return kEnd;
    const auto [number, length] = readCodePoint(rest_);
    rest_.remove_prefix(std::max<std::size_t>(length, 1));
    const auto point = static_cast<std::int32_t>(number);
    if (point < 0x10000) return point;
    low_ = 0xDC00 + (point & 0x3FF);
    return 0xD800 + ((point - 0x10000) >> 10);
  }

 private:
  std::string_view rest_;
  std::int32_t low_ = 0;  // of the pair whose high surrogate was taken
};

// One unit, which is a surrogate or below U+10000.
std::string encode(std::uint32_t unit) {
  if (unit < 0x80) return {static_cast<char>(unit)};
  const auto trail = [&](unsigned shift) {
    return static_cast<char>(0x80U | ((unit >> shift) & 0x3FU));
  };
  if (unit < 0x800) return {static_cast<char>(0xC0U | (unit >> 6U)), trail(0)};
  return {static_cast<char>(0xE0U | (unit >> 12U)), trail(6), trail(0)};
}

// The three bytes of a lone surrogate are ED, then A0..AF for a high one, B0..BF for a low one.
enum class Surrogate : std::uint8_t { High = 0xA0, Low = 0xB0 };
constexpr std::size_t kSurrogateBytes = 3;

bool isSurrogateAt(std::string_view text, std::size_t at, Surrogate kind) {
  return at + kSurrogateBytes <= text.size() && byteAt(text, at) == 0xED &&
         (byteAt(text, at + 1) & 0xF0U) == static_cast<std::uint8_t>(kind);
}

bool endsInHigh(std::string_view text) {
  return text.size() >= kSurrogateBytes &&
         isSurrogateAt(text, text.size() - kSurrogateBytes, Surrogate::High);
}

std::string encodePair(std::uint32_t high, std::uint32_t low) {
  const std::uint32_t point = 0x10000 + ((high & 0x3FFU) << 10U) + (low & 0x3FFU);
  const auto trail = [&](unsigned shift) {
    return static_cast<char>(0x80U | ((point >> shift) & 0x3FU));
  };
  return {static_cast<char>(0xF0U | (point >> 18U)), trail(12), trail(6), trail(0)};
}

// A text with each surrogate by itself, so that half of a code point is a part of it.
std::string separated(std::string_view text) {
  std::string units;
  Units source(text);
  for (auto unit = source.next(); unit != Units::kEnd; unit = source.next()) {
    units += encode(static_cast<std::uint32_t>(unit));
  }
  return units;
}

// In a time that is linear, whatever the two are: after a mismatch the search goes on with the
// longest beginning of the part that ends there.
bool contains(std::string_view text, std::string_view part) {
  if (part.empty() || part.size() > text.size()) return part.empty();
  Vector<std::uint32_t> shorter(part.size() + 1);  // of so many bytes: the next beginning
  const auto follow = [&](std::size_t matched, char byte) {
    while (matched > 0 && part[matched] != byte) matched = shorter[matched];
    return part[matched] == byte ? matched + 1 : matched;
  };
  for (std::size_t i = 1; i < part.size(); ++i) {
    shorter[i + 1] = static_cast<std::uint32_t>(follow(shorter[i], part[i]));
  }
  std::size_t matched = 0;
  for (const char byte : text) {
    matched = follow(matched, byte);
    if (matched == part.size()) return true;
  }
  return false;
}

// Where the first code points that differ begin.
std::size_t commonPrefix(std::string_view a, std::string_view b) {
  const auto differing = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  auto at = static_cast<std::size_t>(differing - a.begin());
  while (at > 0 && (isInsidePoint(a, at) || isInsidePoint(b, at))) --at;
  return at;
}

}  // namespace

std::size_t unitCount(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!isInsidePoint(text, at)) count += byteAt(text, at) >= 0xF0 ? 2U : 1U;
  }
  return count;
}

std::string unitSlice(std::string_view text, std::size_t from, std::size_t count) {
  const auto units = unitCount(text);
  if (from >= units) return {};
  if (units == text.size()) return std::string(text.substr(from, count));
  std::string slice;
  Units source(text);
  for (; from > 0; --from) source.next();
  for (; count > 0; --count) {
    const auto unit = source.next();
    if (unit == Units::kEnd) break;
    appendUnits(slice, encode(static_cast<std::uint32_t>(unit)));
  }
  return slice;
}

void appendUnits(std::string& text, std::string_view more) {
  if (isSurrogateAt(more, 0, Surrogate::Low) && endsInHigh(text)) {
    const auto high = readCodePoint(text.substr(text.size() - kSurrogateBytes)).number;
    text.resize(text.size() - kSurrogateBytes);
    text += encodePair(high, readCodePoint(more).number);
    more.remove_prefix(kSurrogateBytes);
  }
  text += more;
}

bool containsUnits(std::string_view text, std::string_view part) {
  if (contains(text, part)) return true;
  // Half of a code point is found by its unit alone.
  const bool cutsPoints = isSurrogateAt(part, 0, Surrogate::Low) || endsInHigh(part);
  return cutsPoints && contains(separated(text), separated(part));
}

int compareUnits(std::string_view a, std::string_view b) {
  const auto at = commonPrefix(a, b);
  Units x(a.substr(at));
  Units y(b.substr(at));
  while (true) {
    const auto unit = x.next();
    const auto other = y.next();
    if (unit != other) return unit < other ? -1 : 1;
    if (unit == Units::kEnd) return 0;
  }
}

}  // namespace isthmus
