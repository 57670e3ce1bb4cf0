#pragma once

#include <cstdint>
#include <optional>

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
    Vector<Change> changes;  // by index; every element beyond the base's end is among them
  };

  // How an array comes from one that was held, whose place is free then; nothing when none has
  // enough in common with it.
  static std::optional<Copy> trace(const Value& array);
  // Only for an array that was shown as a whole: those in it may be much like it.
  static void hold(const Value& array);
  static void forget();
};

}  // namespace isthmus
