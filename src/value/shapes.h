#pragma once

#include <cstdint>

#include "value/value.h"

namespace isthmus {

// The lists of keys that JavaScript has been told, so that objects of a kind are shown by their
// values alone. Each list has one place among kPlaces, by its hash; another list there takes its
// number over. One table per process, as JavaScript keeps one.
class Shapes {
 public:
  static constexpr std::uint32_t kPlaces = 256;

  struct Told {
    std::uint32_t number;
    bool isKnown;  // otherwise the caller tells the keys now
  };
  static Told tell(const MemberList<Value>& members);
};

}  // namespace isthmus
