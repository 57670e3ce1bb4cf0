#include "contract/pattern/code_set.h"

#include <algorithm>

namespace isthmus {

// Mostly they come in order, and a sort of their own would be large.
CodeSet toCodeSet(std::vector<CodeRange> ranges) {
  for (auto at = ranges.begin(); at != ranges.end(); ++at) {
    for (auto later = at; later != ranges.begin() && later->first < (later - 1)->first; --later) {
      std::swap(*later, *(later - 1));
    }
  }
  CodeSet set;
  for (const auto& range : ranges) {
    if (!set.empty() && range.first <= set.back().last + 1) {
      set.back().last = std::max(set.back().last, range.last);
    } else {
      set.push_back(range);
    }
  }
  return set;
}

CodeSet complement(const CodeSet& set) {
  CodeSet others;
  std::uint32_t next = 0;
  for (const auto& [first, last] : set) {
    if (first > next) others.push_back({next, first - 1});
    next = last + 1;
  }
  if (next <= kLastCodePoint) others.push_back({next, kLastCodePoint});
  return others;
}

bool contains(const CodeSet& set, std::uint32_t code) {
  const auto after = std::partition_point(
      set.begin(), set.end(), [&](const CodeRange& range) { return range.last < code; });
  return after != set.end() && after->first <= code;
}

CodeSet digits() { return {{'0', '9'}}; }

CodeSet wordCharacters() { return {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}; }

CodeSet whiteSpace() {
  return {{'\t', '\r'},     {' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
          {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
}

CodeSet lineTerminators() { return {{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}}; }

}  // namespace isthmus
