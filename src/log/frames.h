#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "value/codec.h"

namespace isthmus {

// How the messages of logs (log/message.h) travel: each as bytes, in parts where they are many.
//
//   frame := varint 1, string sender, varint number, varint part, varint parts, its bytes
//
// The number is the message's among those of its sender. Parts count from 0.
inline constexpr std::size_t kFrameBytes = 256U << 10U;

std::vector<Bytes> toFrames(const std::string& sender, std::uint32_t number, const Bytes& message);

// Puts the parts together. Of the messages that are not whole yet it keeps a few; older ones that
// lack a part are forgotten.
class FrameReader {
 public:
  // Of no message are more bytes kept.
  explicit FrameReader(std::size_t mostBytes) : mostBytes_(mostBytes) {}

  // The message whose last part this is. `isSound` says whether the frame was one.
  struct Read {
    bool isSound = true;
    std::optional<Bytes> message = {};
  };
  Read add(std::span<const std::uint8_t> frame);

 private:
  struct Partial {
    std::string sender;
    std::uint32_t number;
    std::vector<Bytes> parts;
    std::size_t bytes;
    std::size_t missing;
  };
  Partial& enter(std::string_view sender, std::uint32_t number, std::uint32_t parts);

  std::size_t mostBytes_;
  std::vector<Partial> partials_;  // latest last
};

}  // namespace isthmus
