#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace isthmus {

// How many arrays and objects lie within each other in a value: exactly, or a bound of it, where a
// part that was among the deepest has gone. Of the same number the exact one is the greater, so
// that the greatest of its parts tells a container's:
//
//   code_   1 a scalar   3 exactly one level   4 at most two   5 exactly two   ...
class Depth {
 public:
  constexpr Depth() = default;  // of a scalar
  static constexpr Depth ofEmpty() { return Depth().above(); }

  std::size_t levels() const { return code_ / 2; }
  bool isExact() const { return code_ % 2 == 1; }

  // Of a container which holds a part of that depth.
  void include(Depth part) { code_ = std::max(code_, part.above().code_); }
  // Of a container in which a part was of the depth `before` and is `after`.
  void replace(Depth before, Depth after) {
    if (after.code_ < before.code_) exclude(before);
    include(after);
  }
  // Of a container from which a part of that depth is taken.
  void exclude(Depth part) {
    if (part.above().code_ == code_) code_ = static_cast<std::uint16_t>(code_ & kMost);
  }

 private:
  static constexpr std::uint16_t kMost = 0xFFFE;
  constexpr Depth above() const {
    Depth depth;
    depth.code_ = static_cast<std::uint16_t>(std::min(code_ + 2, int{kMost}));
    return depth;
  }

  std::uint16_t code_ = 1;
};

}  // namespace isthmus
