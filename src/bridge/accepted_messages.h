#pragma once

#include <cstdint>
#include <vector>

#include "bridge/recent_senders.h"

namespace isthmus {

// Which messages were accepted: for each sender the last `window` sequence numbers up to the
// highest.
//
//   Sender { highest, bits[seq % window] }  ...  at most `senders` of them
//
// A bit speaks for the one number of its residue in (highest - window, highest]. What is older
// counts as accepted, so that nothing is applied twice.
class AcceptedMessages {
 public:
  // Both are at least 1, whatever is asked for.
  AcceptedMessages(std::size_t senders, std::size_t window)
      : senders_(senders), window_(std::max<std::size_t>(window, 1)) {}

  bool contains(std::string_view sender, std::uint64_t seq) const;
  void add(std::string_view sender, std::uint64_t seq);

 private:
  struct Sender {
    std::uint64_t highest;
    std::vector<bool> bits;
  };

  void advance(Sender& sender, std::uint64_t seq) const;

  RecentSenders<Sender> senders_;
  std::size_t window_;
};

}  // namespace isthmus
