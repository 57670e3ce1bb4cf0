#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "value/value.h"

namespace isthmus {

// The large arrays that were shown last, held so that a changed copy of one is shown by its
// changes. At most kHeld arrays live on in here, until others take their places or `forget` is
// called.
class RecentArrays {
 public:
  static constexpr std::size_t kHeld = 8;
  // From this size on an array is worth it.
  static constexpr std::size_t kLarge = 64;

  struct Change {
    std::size_t index;
    Value value;
  };
  struct Copy {
    Value base;
    std::vector<Change> changes;  // by index; every element beyond the base's end is among them
  };

  // How an array comes from one that is held, which it takes the place of; nothing when they have
  // too little in common, and then the array is held beside the others.
  static std::optional<Copy> trace(const Value& array);
  static void forget();
};

}  // namespace isthmus
