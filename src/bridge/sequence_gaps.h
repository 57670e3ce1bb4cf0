#pragma once

#include <cstdint>
#include <optional>

#include "bridge/recent_senders.h"

namespace isthmus {

// Numbers of a sender among which at least one message never arrived.
struct Gap {
  std::uint64_t from;
  std::uint64_t to;
};

// Finds where the numbers of a sender jump.
//
//   arrived    1  2  x3  4  6 ► gap 5..5  7 ...       x: dropped, but it did arrive
//
// A sender's first accepted message is the beginning: what came before it was never missed. A
// message that is dropped only continues the row, so that a stranger's cannot make it jump.
class SequenceGaps {
 public:
  explicit SequenceGaps(std::size_t senders) : next_(senders) {}

  // Each gap is told once.
  std::optional<Gap> accepted(std::string_view sender, std::uint64_t seq);
  void dropped(std::string_view sender, std::uint64_t seq);

 private:
  RecentSenders<std::uint64_t> next_;
};

}  // namespace isthmus
