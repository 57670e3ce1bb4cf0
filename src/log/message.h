#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "log/envelope.h"
#include "log/histories.h"
#include "log/order.h"

namespace isthmus {

// What logs say to each other, beside the envelopes of the channel:
//
//   message   := { isthmusLog: 1, kind, from, to?, head: point, keeper?: true, joining?: true, ... }
//   point     := [n, epoch, keeper]             the keeper "" where there was none
//   id        := [row, seq]
//   run       := [row, first, last]
//   segment   := [first place, epoch, keeper]
//   mark      := [place, row, first, last]
//   row       := [row, highest, latest place, [[first, last] of each hole]]
//   lineage   := [slice, row, seq]
//   digest    := [slice, row, seq, digest of the state]
//   entry     := envelope (log/envelope.h) | beginning
//   beginning := { begin: slice, row, seq, clock, after: [id], replaces?: id, seed }
//
//   kind      fields, and when it is sent
//   entries   entries             what stays unsettled, again; what was pulled
//   pull      runs                who has some of these, send them
//   cut       prev, runs, segments, lost, stable, ask?, forget?   the keeper settles; no runs: a beacon
//   at        slice?              only the head is told; with a slice: the sender has it not
//   hello     base, segments, names   how far the sender is; who has more answers
//   delta     as cut, and names   answer: the order from a common point on, its entries ahead of it
//   snapshot  base, segments, runs, lost, entries, covered, lineages, slices, names   answer without one
//   want      slice, lineage      who has a state of it, send it
//   slice     slice, lineage, point, state
//   digests   point, digests      of states there, by the keeper at rest: is that yours, too?
//   bye                           the sender goes
//
// `names` are those of the sender's slices (log/histories.h). // Whole numbers are at most 2^53 -
// 1, no list is longer than kMostListed, and the runs of a cut, delta or snapshot are as many
// numbers as lie between its base and its head, at most as many. What does not fit its form is
// none.
enum class MessageKind : std::uint8_t {
  Entries,
  Pull,
  Cut,
  At,
  Hello,
  Delta,
  Snapshot,
  Want,
  Slice,
  Bye,
  Digests
};
inline constexpr std::size_t kMessageKinds = 11;
inline constexpr std::size_t kMostListed = 8192;
inline constexpr std::size_t kMostNames = 256;

// A slice's state in a snapshot.
struct SliceState {
  Key slice;
  Place since = 0;
  EntryId lineage = {};
  Value state = {};
};

// What the state of a slice comes to (log/digest.h).
struct StateDigest {
  Lineage lineage;
  std::uint64_t digest = 0;
};

struct Message {
  MessageKind kind = MessageKind::At;
  Key from = {};
  Key to = {};  // none: everyone
  Point head = {};
  bool isKeeper = false;
  bool isJoining = false;
  std::vector<EntryPtr> entries = {};
  std::vector<Run> runs = {};
  Point base = {};  // of hello and snapshot; where the order of a cut or delta goes on
  std::vector<Segment> segments = {};
  std::vector<Mark> lost = {};
  Place stable = 0;
  bool asks = false;
  Place forgotten = 0;  // up to where all are to forget what they keep
  std::vector<Covered::Row> covered = {};
  std::vector<Lineage> lineages = {};
  std::vector<SliceState> slices = {};
  std::vector<StateDigest> digests = {};
  std::vector<Key> names = {};
  Key slice = {};
  EntryId lineage = {};
  Point point = {};
  Value state = {};
};

// Undecodable for anything else.
Result<Message> readMessage(const Value& value);
Value toValue(const Message& message);

// An action's entry; `message` is the envelope as it travels, in the binary form.
EntryPtr entryOf(const Envelope& envelope, std::span<const std::uint8_t> message);

// An entry as it travels. Its bytes are counted where they are 0.
Result<EntryPtr> readEntry(const Value& message, std::size_t bytes = 0);
Value beginningMessage(const Entry& entry);

// The ids of some entries in their order, as runs, and the other way round.
std::vector<Run> runsOf(std::span<const EntryPtr> entries);
std::vector<EntryId> idsOf(std::span<const Run> runs);
// At most 2^63.
std::uint64_t countOf(std::span<const Run> runs);

}  // namespace isthmus
