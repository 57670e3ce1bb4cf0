#include "bridge/accepted_messages.h"

namespace isthmus {

bool AcceptedMessages::contains(std::string_view sender, std::uint64_t seq) const {
  const Sender* const found = senders_.find(sender);
  if (found == nullptr || seq > found->highest) return false;
  return found->highest - seq >= window_ || found->bits[seq % window_];
}

void AcceptedMessages::add(std::string_view sender, std::uint64_t seq) {
  Sender& entry = senders_.enter(sender, [&] { return Sender{seq, std::vector<bool>(window_)}; });
  if (seq > entry.highest) advance(entry, seq);
  if (entry.highest - seq < window_) entry.bits[seq % window_] = true;
}

// Clears the bits whose numbers leave the window, for the numbers that enter it.
void AcceptedMessages::advance(Sender& sender, std::uint64_t seq) const {
  const auto steps = std::min<std::uint64_t>(seq - sender.highest, window_);
  for (std::uint64_t i = 0; i < steps; ++i) sender.bits[(seq - i) % window_] = false;
  sender.highest = seq;
}

}  // namespace isthmus
