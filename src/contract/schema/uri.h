#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace isthmus {

// A URI reference seen from a base URI, as RFC 3986 (5.2) resolves it. Both are without a fragment.
std::string resolveUri(std::string_view base, std::string_view reference);

struct SplitUri {
  std::string_view resource;
  std::string_view fragment;  // without '#'
};
SplitUri splitFragment(std::string_view uri);

// With %XX as the bytes that they stand for, or nothing when the escapes or the text are malformed.
std::optional<std::string> percentDecoded(std::string_view text);

}  // namespace isthmus
