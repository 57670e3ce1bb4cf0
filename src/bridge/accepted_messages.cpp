#include "bridge/accepted_messages.h"

namespace isthmus {
namespace {

constexpr std::size_t kPacked = 7;  // bits in a varint of one byte

}  // namespace

bool AcceptedMessages::contains(std::string_view sender, std::uint64_t seq) const {
  const Sender* const found = senders_.find(sender);
  return found != nullptr && seq <= found->highest && contains(*found, seq);
}

bool AcceptedMessages::contains(const Sender& sender, std::uint64_t seq) const {
  return sender.highest - seq >= window_ || sender.bits[seq % window_];
}

void AcceptedMessages::add(std::string_view sender, std::uint64_t seq) {
  Sender& entry = senders_.enter(sender, [&] { return Sender{seq, std::vector<bool>(window_)}; });
  if (seq > entry.highest) advance(entry, seq);
  if (entry.highest - seq < window_) entry.bits[seq % window_] = true;
}

void AcceptedMessages::add(std::string_view sender, std::uint64_t first, std::uint64_t last) {
  if (last - first >= window_) first = last - window_ + 1;
  for (auto seq = first; seq <= last; ++seq) add(sender, seq);
}

// Clears the bits whose numbers leave the window, for the numbers that enter it.
void AcceptedMessages::advance(Sender& sender, std::uint64_t seq) const {
  const auto steps = std::min<std::uint64_t>(seq - sender.highest, window_);
  for (std::uint64_t i = 0; i < steps; ++i) sender.bits[(seq - i) % window_] = false;
  sender.highest = seq;
}

// The next one at or after `first`; an empty one, which ends before it begins, when there is none.
AcceptedMessages::Row AcceptedMessages::rowFrom(const Sender& sender, std::uint64_t first) const {
  while (first <= sender.highest && !contains(sender, first)) ++first;
  if (first > sender.highest) return {1, 0};
  auto last = first;
  if (sender.highest - last >= window_) last = sender.highest - window_;
  while (last < sender.highest && contains(sender, last + 1)) ++last;
  return {first, last};
}

void AcceptedMessages::save(Encoder& encoder) const {
  saveCount(encoder, senders_.size());
  senders_.each([&](const std::string& id, const Sender& sender) {
    encoder.text(id);
    saveNumber(encoder, sender.highest);
    for (std::size_t at = 0; at < window_; at += kPacked) {
      std::uint32_t bits = 0;
      for (std::size_t i = at; i < std::min(at + kPacked, window_); ++i) {
        bits |= static_cast<std::uint32_t>(sender.bits[i]) << (i - at);
      }
      encoder.varint(bits);
    }
  });
}

void AcceptedMessages::load(Loader& from) {
  from.each([&] {
    auto id = from.text();
    Sender sender{from.number(), std::vector<bool>(window_)};
    for (std::size_t at = 0; at < window_; at += kPacked) {
      const auto bits = from.count();
      for (std::size_t i = at; i < std::min(at + kPacked, window_); ++i) {
        sender.bits[i] = ((bits >> (i - at)) & 1U) != 0;
      }
    }
    senders_.append(std::move(id), std::move(sender));
  });
}

}  // namespace isthmus
