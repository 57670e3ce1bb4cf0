#include "base/stable_order.h"

#include <algorithm>
#include <numeric>

namespace isthmus {

// Merges runs of 1, 2, 4, ...
Vector<std::uint32_t> stableOrderBy(std::size_t count, BeforeFunction before, const void* context) {
  const auto isBefore = [&](std::uint32_t a, std::uint32_t b) { return before(context, a, b); };
  Vector<std::uint32_t> order(count);
  Vector<std::uint32_t> merged(count);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t run = 1; run < count; run *= 2) {
    for (std::size_t first = 0; first < count; first += 2 * run) {
      const auto* const begin = order.data() + first;
      const auto* const middle = order.data() + std::min(first + run, count);
      const auto* const end = order.data() + std::min(first + 2 * run, count);
      std::merge(begin, middle, middle, end, merged.data() + first, isBefore);
    }
    order.swap(merged);
  }
  return order;
}

}  // namespace isthmus
