#pragma once

#include "bindings/buffers.h"
#include "bridge/bridge.h"

namespace isthmus::bindings {

// Whether what is posted goes as bytes, where its readers take these.
bool isWorthBytes(const Bridge::Outbound& decision);

// Writes why a message is dropped:
//
//   drop := varint reason, string type, string message
void answerDrop(DropReason reason, std::string_view type, std::string_view message);

}  // namespace isthmus::bindings
