#pragma once

#include <algorithm>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace isthmus {

// Which messages were accepted: for each sender the last `window` sequence numbers up to the
// highest.
//
//   senders_, latest first:  Sender { highest, bits[seq % window] }  ...  at most `senders` of them
//
// A bit speaks for the one number of its residue in (highest - window, highest]. What is older
// counts as accepted, so that nothing is applied twice. The sender that was silent longest is
// forgotten.
class AcceptedMessages {
 public:
  // Both are at least 1, whatever is asked for.
  AcceptedMessages(std::size_t senders, std::size_t window)
      : mostSenders_(std::max<std::size_t>(senders, 1)),
        window_(std::max<std::size_t>(window, 1)) {}

  bool contains(std::string_view sender, std::uint64_t seq) const;
  void add(std::string_view sender, std::uint64_t seq);

 private:
  struct Sender {
    std::string id;
    std::uint64_t highest;
    std::vector<bool> bits;
  };

  Sender& enter(std::string_view sender, std::uint64_t seq);
  void advance(Sender& sender, std::uint64_t seq) const;

  std::list<Sender> senders_;
  std::size_t mostSenders_;
  std::size_t window_;
};

}  // namespace isthmus
