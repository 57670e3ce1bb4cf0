#include "bridge/sequence_gaps.h"

#include <utility>

namespace isthmus {

std::optional<Gap> SequenceGaps::accepted(std::string_view sender, std::uint64_t seq) {
  std::uint64_t& next = next_.enter(sender, [&] { return seq; });
  if (seq < next) return std::nullopt;
  const std::uint64_t expected = std::exchange(next, seq + 1);
  return expected == seq ? std::nullopt : std::optional(Gap{expected, seq - 1});
}

void SequenceGaps::dropped(std::string_view sender, std::uint64_t seq) {
  std::uint64_t* const next = next_.find(sender);
  if (next != nullptr && *next == seq) ++*next;
}

}  // namespace isthmus
