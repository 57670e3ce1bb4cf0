#pragma once

#include <cstdint>
#include <vector>

namespace isthmus {

inline constexpr std::uint32_t kLastCodePoint = 0x10FFFF;

struct CodeRange {
  std::uint32_t first;
  std::uint32_t last;

  friend bool operator==(const CodeRange&, const CodeRange&) = default;
};

// Code points, lone surrogates among them, as ranges in ascending order that do not touch.
using CodeSet = std::vector<CodeRange>;

// Ranges in any order made a set.
CodeSet toCodeSet(std::vector<CodeRange> ranges);
CodeSet complement(const CodeSet& set);
bool contains(const CodeSet& set, std::uint32_t code);

// What \d, \w, \s and . stand for in ECMA-262's unicode mode.
CodeSet digits();
CodeSet wordCharacters();
CodeSet whiteSpace();
CodeSet lineTerminators();

}  // namespace isthmus
