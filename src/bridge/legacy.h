#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "log/envelope.h"

namespace isthmus {

// What travels on the legacy channel: bare actions, as hand-written bridges post them.
//
//   plain := { type, payload?, meta?: { schemaVersion?, ... }, ... }
//
// Isthmus adds to the meta of those that it posts:
//
//   crossApp: true                     hand-written bridges look for it
//   schemaVersion                      the payload's
//   origin: "isthmus:<sender>:<seq>"   by which a peer knows what its main channel brings anyway
//   isthmus: "<sender>:<seq>"          stays where a bridge that posts the action again as its own
//                                      writes another origin
enum class Provenance : std::uint8_t {
  Plain,  // of a hand-written bridge
  Copy,   // of what another Isthmus store posts on the main channel
  Echo    // posted again by a bridge that it came to, or our own
};

// Where a plain action comes from, as the store of the sender `self` sees it.
Provenance provenanceOf(const Value& action, std::string_view self);

// The schemaVersion in its meta, or `otherwise` without one; nothing where that is no version.
std::optional<std::uint64_t> plainVersion(const Value& action, std::uint64_t otherwise);

// The action in the envelope as it is posted. It has a meta.
Value toPlain(const Envelope& envelope);

// The action with that version in its meta, if there is one.
Value withPlainVersion(const Value& action, std::uint64_t version);

}  // namespace isthmus
