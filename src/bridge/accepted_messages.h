#pragma once

#include <cstdint>
#include <vector>

#include "bridge/recent_senders.h"
#include "value/saved.h"

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
  // All numbers from the first to the last.
  void add(std::string_view sender, std::uint64_t first, std::uint64_t last);

  // visit(sender, first, last) of every row of numbers without a gap, each sender's rising.
  template <typename Visit>
  void eachRow(const Visit& visit) const {
    senders_.each([&](const std::string& id, const Sender& sender) {
      for (auto row = rowFrom(sender, 0); row.first <= row.last;
           row = rowFrom(sender, row.last + 1))
        visit(id, row.first, row.last);
    });
  }

  // accepted := varint count, (string sender, number highest, varint 7 bits each*)*
  void save(Encoder& encoder) const;
  void load(Loader& from);

 private:
  struct Sender {
    std::uint64_t highest;
    std::vector<bool> bits;
  };
  struct Row {
    std::uint64_t first;
    std::uint64_t last;
  };

  void advance(Sender& sender, std::uint64_t seq) const;
  bool contains(const Sender& sender, std::uint64_t seq) const;
  Row rowFrom(const Sender& sender, std::uint64_t first) const;

  RecentSenders<Sender> senders_;
  std::size_t window_;
};

}  // namespace isthmus
