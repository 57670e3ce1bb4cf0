#pragma once

#include <cstdint>
#include <string_view>

namespace isthmus {

struct CodePoint {
  std::uint32_t number;
  std::size_t length;  // in bytes; 0: malformed
};

// The code point, or lone surrogate, that `text` begins with. `text` is not empty.
CodePoint readCodePoint(std::string_view text);

// Whether `text` is well-formed WTF-8 (https://simonsapin.github.io/wtf-8/): UTF-8 in which a lone
// surrogate may stand as three bytes, but never a pair of them, which has a four-byte form.
bool isWtf8(std::string_view text);

}  // namespace isthmus
