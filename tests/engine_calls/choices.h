#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace isthmus::calls {

// Bytes that choose; 0 when none are left.
class Choices {
 public:
  explicit Choices(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  bool atEnd() const { return rest_.empty(); }
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }
  std::uint32_t below(std::uint32_t end) { return byte() % end; }
  bool flag() { return below(2) != 0; }
  // As many as there are, and no more than that.
  std::span<const std::uint8_t> bytes(std::size_t most) {
    const auto taken = rest_.first(most < rest_.size() ? most : rest_.size());
    rest_ = rest_.subspan(taken.size());
    return taken;
  }

 private:
  std::span<const std::uint8_t> rest_;
};

}  // namespace isthmus::calls
