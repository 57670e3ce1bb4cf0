#pragma once

#include <cstddef>
#include <cstdint>

#include "base/vector.h"

namespace isthmus {

// The positions 0 to count - 1 in the order that `before(a, b)` asks for; ties stay as they are.
// Sorting positions and not things makes one function of it, whatever the things are.
template <typename Before>
Vector<std::uint32_t> stableOrder(std::size_t count, const Before& before);

// `before(context, a, b)` as a function.
using BeforeFunction = bool (*)(const void* context, std::uint32_t a, std::uint32_t b);
Vector<std::uint32_t> stableOrderBy(std::size_t count, BeforeFunction before, const void* context);

template <typename Before>
Vector<std::uint32_t> stableOrder(std::size_t count, const Before& before) {
  const BeforeFunction call = [](const void* context, std::uint32_t a, std::uint32_t b) {
    return (*static_cast<const Before*>(context))(a, b);
  };
  return stableOrderBy(count, call, &before);
}

}  // namespace isthmus
