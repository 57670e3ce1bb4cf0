#pragma once

#include "bindings/buffers.h"

// Payloads without an envelope (bridge/payload_gate.h), for control.cpp.

namespace isthmus::bindings {

Outcome createGate(std::uint32_t id, std::uint32_t length);
Outcome destroyGate(std::uint32_t gate);
Outcome outboundPayload(std::uint32_t gate, std::uint32_t length);
Outcome inboundPayload(std::uint32_t gate, std::uint32_t length);

}  // namespace isthmus::bindings
