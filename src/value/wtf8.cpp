#include "value/wtf8.h"

#include <cstring>

namespace isthmus {
namespace {

bool isTrail(char byte) { return (static_cast<std::uint8_t>(byte) & 0xC0U) == 0x80; }

bool isHighSurrogate(std::uint32_t number) { return number >= 0xD800 && number < 0xDC00; }
bool isLowSurrogate(std::uint32_t number) { return number >= 0xDC00 && number < 0xE000; }

// Most texts: eight bytes at a time, the last eight once more.
bool isAscii(std::string_view text) {
  std::uint64_t all = 0;
  std::uint64_t eight = 0;
  if (text.size() < sizeof eight) {
    for (const char byte : text) all |= static_cast<std::uint8_t>(byte);
    return all < 0x80;
  }
  for (std::size_t i = 0; i + sizeof eight <= text.size(); i += sizeof eight) {
    std::memcpy(&eight, text.data() + i, sizeof eight);
    all |= eight;
  }
  std::memcpy(&eight, text.data() + text.size() - sizeof eight, sizeof eight);
  return ((all | eight) & 0x8080'8080'8080'8080U) == 0;
}

}  // namespace

CodePoint readCodePoint(std::string_view text) {
  const auto lead = static_cast<std::uint8_t>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {0, 0};
  std::uint32_t number = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!isTrail(text[i])) return {0, 0};
    number = (number << 6U) | (static_cast<std::uint8_t>(text[i]) & 0x3FU);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (number < kSmallest[length] || number > 0x10FFFF) return {0, 0};
  return {number, length};
}

bool isWtf8(std::string_view text) {
  if (isAscii(text)) return true;
  std::uint32_t previous = 0;
  while (!text.empty()) {
    const auto [number, length] = readCodePoint(text);
    if (length == 0 || (isHighSurrogate(previous) && isLowSurrogate(number))) return false;
    previous = number;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace isthmus
