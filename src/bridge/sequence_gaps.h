#pragma once

#include <cstdint>
#include <optional>

#include "bridge/recent_senders.h"
#include "value/saved.h"

namespace isthmus {

// Numbers of a sender among which at least one message never arrived.
struct Gap {
  std::uint64_t from;
  std::uint64_t to;
};

// Finds where the numbers of a sender jump.
//
//   arrived    1  2  x3  4  6 ► gap 5..5  7 ...       x: dropped, but it did arrive
//   arrived    6 ► gap 1..5  7 ...
//
// A sender's first number is 1, so one that is first heard with another has sent what was missed
// here: before this store was there, or on a way that lost it. A message that is dropped only
// continues the row, so that a stranger's cannot make it jump. A sender that was forgotten is heard
// as if for the first time.
class SequenceGaps {
 public:
  explicit SequenceGaps(std::size_t senders) : next_(senders), begun_(senders) {}

  // The gap before this number, which is told until the number is entered.
  std::optional<Gap> before(std::string_view sender, std::uint64_t seq) const;
  void accepted(std::string_view sender, std::uint64_t seq);
  void dropped(std::string_view sender, std::uint64_t seq);
  // Whether a message of the sender was.
  bool accepts(std::string_view sender) const { return next_.find(sender) != nullptr; }

  //   gaps    := numbers next, numbers begun
  //   numbers := varint count, (string sender, number)*
  void save(Encoder& encoder) const;
  void load(Loader& from);

 private:
  using Numbers = RecentSenders<std::uint64_t>;

  const std::uint64_t* find(std::string_view sender) const;

  Numbers next_;
  Numbers begun_;  // of senders none of whose messages was accepted: strangers oust only strangers
};

}  // namespace isthmus
