#include "drops.h"

namespace isthmus::bindings {

// From so many on, bytes cost both sides less than an object. People who watch a channel can read
// what is smaller.
bool isWorthBytes(const Bridge::Outbound& decision) { return decision.bytes.size() >= 1024; }

void answerDrop(DropReason reason, std::string_view type, std::string_view message) {
  Encoder encoder(answer());
  encoder.varint(static_cast<std::uint32_t>(reason));
  encoder.text(type);
  encoder.text(message);
}

}  // namespace isthmus::bindings
