#include "bridge/accepted_messages.h"

#include <algorithm>

namespace isthmus {
namespace {

template <typename Senders>
auto findSender(Senders& senders, std::string_view id) {
  return std::find_if(senders.begin(), senders.end(),
                      [&](const auto& sender) { return sender.id == id; });
}

}  // namespace

bool AcceptedMessages::contains(std::string_view sender, std::uint64_t seq) const {
  const auto found = findSender(senders_, sender);
  if (found == senders_.end() || seq > found->highest) return false;
  return found->highest - seq >= window_ || found->bits[seq % window_];
}

void AcceptedMessages::add(std::string_view sender, std::uint64_t seq) {
  Sender& entry = enter(sender, seq);
  if (seq > entry.highest) advance(entry, seq);
  if (entry.highest - seq < window_) entry.bits[seq % window_] = true;
}

// The entry of that sender, made if it is new, at the front.
AcceptedMessages::Sender& AcceptedMessages::enter(std::string_view sender, std::uint64_t seq) {
  const auto found = findSender(senders_, sender);
  if (found != senders_.end()) {
    senders_.splice(senders_.begin(), senders_, found);
  } else {
    if (senders_.size() >= mostSenders_) senders_.pop_back();
    senders_.push_front({std::string(sender), seq, std::vector<bool>(window_)});
  }
  return senders_.front();
}

// Clears the bits whose numbers leave the window, for the numbers that enter it.
void AcceptedMessages::advance(Sender& sender, std::uint64_t seq) const {
  const auto steps = std::min<std::uint64_t>(seq - sender.highest, window_);
  for (std::uint64_t i = 0; i < steps; ++i) sender.bits[(seq - i) % window_] = false;
  sender.highest = seq;
}

}  // namespace isthmus
