#pragma once

#include "bindings/buffers.h"

namespace isthmus::bindings {

// What calls about messages return, and what stands in their answers: `drop` and `change` as in
// answers.h, `gap` as in hot_path.cpp. web/engine/verdicts.ts has the same names in the same order;
// tests/cases/verdicts.test.ts compares them.

enum class OutboundVerdict : Outcome {
  NotMarked,  // it does not concern the bridge
  Post,       // value envelope
  Refused,    // varint reason, string message
  PostBytes,  // the envelope as bytes behind their varint number, for peers that read them
};

enum class InboundVerdict : Outcome {
  Dropped,     // drop
  Accepted,    // gap, value action to dispatch; to be followed by `settle`
  NotRead,     // its sender is limited
  Applied,     // and settled: gap, varint moved, change
  PassedOver,  // a copy of what the main channel brings
  Parked,      // gap
};

enum class ParkedVerdict : Outcome {
  Dropped,   // drop
  Accepted,  // value action to dispatch; to be followed by `settle`
  None,      // no message is left
};

enum class PayloadVerdict : Outcome {
  Refused,  // varint reason, string message
  Passed,   // float64 schemaVersion, value payload, which is null when there is none
};

constexpr Outcome outcomeOf(OutboundVerdict verdict) { return static_cast<Outcome>(verdict); }
constexpr Outcome outcomeOf(InboundVerdict verdict) { return static_cast<Outcome>(verdict); }
constexpr Outcome outcomeOf(ParkedVerdict verdict) { return static_cast<Outcome>(verdict); }
constexpr Outcome outcomeOf(PayloadVerdict verdict) { return static_cast<Outcome>(verdict); }

}  // namespace isthmus::bindings
