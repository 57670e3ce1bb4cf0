#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "bridge/accepted_messages.h"
#include "bridge/counters.h"
#include "bridge/heard_messages.h"
#include "bridge/last_applied.h"
#include "bridge/parked_messages.h"
#include "bridge/reject_limit.h"
#include "bridge/sequence_gaps.h"
#include "value/codec.h"

namespace isthmus {

struct BridgeOptions;

// An accepted message that JavaScript applies, and then settles.
struct Unsettled {
  Stamp stamp = {};  // without a sender for a plain action
  Text type = {};
  bool lastWins = false;
};

// All that a bridge remembers; what else it holds is given to it or found anew. Each message is one
// change of it, of which nothing is left out (base/two_copies.h).
//
//   books     := counters accepted gaps limit limit lastApplied parked unsettled heard number
//                float64 clock, (string type)*
//   unsettled := varint count, (stamp, string type, varint lastWins)*
//
// The parts are drawn where they are defined.
struct Books {
  // Empty ones, in the bounds that the options set.
  explicit Books(const BridgeOptions& options);

  Counters counters;
  AcceptedMessages accepted;
  SequenceGaps gaps;
  RejectLimit rejects;
  RejectLimit legacyRejects;  // with one sender, who has no name
  LastApplied lastApplied;
  ParkedMessages parked;
  std::vector<Unsettled> unsettled;  // the innermost dispatch last
  HeardMessages heard;
  std::vector<Key> listed;  // types that a contract lists, or has listed
  std::uint64_t nextSeq = 1;
  double clock = 0;  // of the latest that was sent
};

// Reads the books alone: no table of keys or nodes, and takes no memory but for what is written.
void save(Encoder& encoder, const Books& books);

// The options are those of the bridge that wrote them. Undecodable for anything else.
Result<Books> load(Decoder& decoder, const BridgeOptions& options);

}  // namespace isthmus
