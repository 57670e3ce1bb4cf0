#include "log/frames.h"

#include <algorithm>

namespace isthmus {
namespace {

constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kMostPartials = 8;

struct Head {
  std::string_view sender;
  std::uint32_t number;
  std::uint32_t part;
  std::uint32_t parts;
};

std::optional<Head> readHead(Decoder& decoder) {
  const auto version = decoder.varint();
  if (!version || version.value() != kVersion) return std::nullopt;
  const auto sender = decoder.text();
  const auto number = decoder.varint();
  const auto part = decoder.varint();
  const auto parts = decoder.varint();
  if (!sender || !number || !part || !parts) return std::nullopt;
  return Head{sender.value(), number.value(), part.value(), parts.value()};
}

}  // namespace

std::vector<Bytes> toFrames(const std::string& sender, std::uint32_t number, const Bytes& message) {
  const auto parts = static_cast<std::uint32_t>((message.size() + kFrameBytes - 1) / kFrameBytes);
  std::vector<Bytes> frames(parts);
  for (std::uint32_t part = 0; part < parts; ++part) {
    Encoder encoder(frames[part]);
    encoder.varint(kVersion);
    encoder.text(sender);
    encoder.varint(number);
    encoder.varint(part);
    encoder.varint(parts);
    const auto from = message.begin() + static_cast<std::ptrdiff_t>(part * kFrameBytes);
    const auto size = std::min(kFrameBytes, message.size() - part * kFrameBytes);
    frames[part].insert(frames[part].end(), from, from + static_cast<std::ptrdiff_t>(size));
  }
  return frames;
}

FrameReader::Read FrameReader::add(std::span<const std::uint8_t> frame) {
  Decoder decoder(frame, {.depth = 0, .entries = 0, .stringBytes = 64});
  const auto head = readHead(decoder);
  const bool isSound = head && head->part < head->parts &&
                       head->parts <= mostBytes_ / kFrameBytes + 1 &&
                       decoder.rest().size() <= kFrameBytes;
  if (!isSound) return {.isSound = false};
  const auto rest = decoder.rest();
  if (head->parts == 1) return {.message = Bytes(rest.begin(), rest.end())};
  Partial& partial = enter(head->sender, head->number, head->parts);
  if (partial.parts.size() != head->parts) return {.isSound = false};
  Bytes& part = partial.parts[head->part];
  if (!part.empty() || rest.empty()) return {};
  part.assign(rest.begin(), rest.end());
  partial.bytes += rest.size();
  if (--partial.missing > 0) return {};
  Bytes whole;
  whole.reserve(partial.bytes);
  for (const auto& each : partial.parts) whole.insert(whole.end(), each.begin(), each.end());
  partials_.erase(partials_.begin() + (&partial - partials_.data()));
  return {.message = std::move(whole)};
}

FrameReader::Partial& FrameReader::enter(std::string_view sender, std::uint32_t number,
                                         std::uint32_t parts) {
  const auto known = std::find_if(partials_.begin(), partials_.end(), [&](const Partial& each) {
    return each.number == number && each.sender == sender;
  });
  if (known != partials_.end()) return *known;
  if (partials_.size() >= kMostPartials) partials_.erase(partials_.begin());
  return partials_.emplace_back(
      Partial{std::string(sender), number, std::vector<Bytes>(parts), 0, parts});
}

}  // namespace isthmus
