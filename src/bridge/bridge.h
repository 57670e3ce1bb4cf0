#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "bridge/accepted_messages.h"
#include "bridge/counters.h"
#include "bridge/envelope.h"
#include "bridge/last_applied.h"
#include "bridge/mark.h"
#include "bridge/parked_messages.h"
#include "bridge/payload_rules.h"
#include "bridge/reject_limit.h"
#include "bridge/sequence_gaps.h"
#include "contract/contract_table.h"
#include "value/codec.h"

namespace isthmus {

struct BridgeOptions {
  std::string sender;  // this store's id on the channel, 1 to 64 bytes; no two stores share one
  std::string store;   // its name, as contracts list it
  Limits limits = {.depth = 64, .entries = 50'000, .stringBytes = 1U << 20U};
  std::size_t bytes = 256U << 10U;  // of one envelope in the binary form
  ActionLimits work = {};           // of casters
  std::size_t senders = 256;        // remembered, for duplicates
  std::size_t window = 1024;        // sequence numbers remembered of each
  std::size_t types = 256;          // without a contract that get counters of their own
  std::size_t rejects = 256;        // bad messages of one sender in a second; more are not read
  bool legacy = false;              // whether what is posted is made into a plain action too
  std::uint32_t legacyVersion = 0;  // the newest schemaVersion that is known there; 0 when any is
  ParkedMessages::Bounds park = {.bytes = 1U << 20U, .messages = 1024, .ms = 60'000};
};

// Decides which actions of one store cross, and counts; it delivers nothing. A message it drops
// leaves no trace but in the counters, and that its sender sent it: in the row of its numbers, and
// towards its limit. Its decisions are calls, so that they are compiled for size though their
// callers are compiled for speed.
class Bridge {
 public:
  struct Outbound {
    enum class Verdict : std::uint8_t { NotMarked, Post, Refused };
    Verdict verdict = Verdict::NotMarked;
    DropReason reason = {};  // when refused; so are type and message
    std::string type = {};
    std::string message = {};
    Value envelope = {};  // when to be posted
    Bytes bytes = {};     // the same in the binary form
  };

  struct Inbound {
    bool accepted = false;
    bool parked = false;          // accepted, to be taken later with nextParked
    bool limited = false;         // dropped unread, for no reason of its own
    bool passedOver = false;      // a copy of what the main channel brings, and counted there
    DropReason reason = {};       // when dropped
    std::string type = {};        // empty while unknown
    std::string message = {};     // when dropped; holds nothing of the payload
    Value action = {};            // when accepted, without the marks of `bridged`
    Text sender = {};             // when accepted or parked
    std::optional<Gap> gap = {};  // likewise, of the sender's numbers before this one

    // The accepted action as it is dispatched.
    Value bridged() const { return markBridged(action); }
  };

  explicit Bridge(BridgeOptions options);

  // As ContractTable::add and removeOwner.
  Status addContract(std::string_view type, const Value& definition, std::string_view owner);
  void removeContracts(std::string_view owner) { contracts_.removeOwner(owner); }
  const ContractTable& contracts() const { return contracts_; }

  // For an action that the local reducers have taken. `never` parts are removed, and the payload is
  // put into the versions that the contract emits; the rest of the action travels as it is. Only
  // what is posted takes a sequence number.
  [[gnu::noinline]] Outbound outbound(const Value& action, bool enabled, double now);

  // For the bytes of one message from outside. What is accepted is to be dispatched and then
  // settled; when a dispatch leads to another message, that one is settled first.
  [[gnu::noinline]] Inbound inbound(std::span<const std::uint8_t> bytes, bool enabled, double now);

  // The plain action of the latest one that was posted, for the legacy channel (bridge/legacy.h);
  // not marked when there is none. Refused when it cannot go there, though it was posted.
  [[gnu::noinline]] Outbound takePlain();

  // As `inbound`, for the bytes of one message of the legacy channel. A plain action has no sender,
  // number or clock: it comes from whichever store the contract lists, is never a duplicate, and
  // makes no other action stale.
  [[gnu::noinline]] Inbound inboundLegacy(std::span<const std::uint8_t> bytes, bool enabled,
                                          double now);

  // As `isLimited`, of the legacy channel as a whole.
  [[gnu::noinline]] bool isLegacyLimited(double now);

  // Whether messages of that sender are not read now, because too many were dropped as no peer's
  // bridge would have sent them. Counts one if so.
  [[gnu::noinline]] bool isLimited(std::string_view sender, double now);

  // Ends the latest accepted message. Applied: it will not be accepted again. Otherwise it counts
  // as dropped by a reducer, and may be sent once more. Without such a message nothing happens.
  [[gnu::noinline]] void settle(bool applied, DropReason refusal = DropReason::Reducer);

  // As ParkedMessages has it. A message of an expected type that passes every check is parked, and
  // is none of those that were accepted once until it is taken, checked once more, and applied.
  void expect(std::string_view key, std::string_view owner, const std::vector<std::string>& types) {
    parked_.expect(key, owner, types);
  }
  void unexpect(std::string_view owner) { parked_.removeOwner(owner); }
  bool releaseParked(std::string_view key, double now) { return parked_.release(key, now); }
  // The next one, accepted or dropped; it is settled as any other.
  std::optional<Inbound> nextParked(std::string_view key, bool enabled, double now);
  std::optional<double> expireParked(double now) { return parked_.expire(now); }
  // What was discarded since the last call, and is counted now.
  std::vector<DiscardedPark> takeDiscardedParks();
  Value describeParked() const { return parked_.toValue(); }

  // What was found before there were bytes. An empty type is an unknown one.
  void countDrop(DropReason reason, std::string_view type) { counters_.countDrop(reason, type); }
  void countRefusal(DropReason reason, std::string_view type) {
    counters_.countRefusal(reason, type);
  }
  const Counters& counters() const { return counters_; }

 private:
  struct Unsettled {
    Stamp stamp;  // without a sender for a plain action
    Text type;
    bool lastWins;
  };

  Inbound decide(Envelope envelope, std::span<const std::uint8_t> bytes, bool enabled, double now);
  Outbound makePlain(const Value& action, std::string type, std::uint64_t seq);
  std::uint32_t legacyVersion(const Contract& contract, std::uint32_t otherwise) const;
  std::optional<Refusal> judgeLegacy(Envelope& envelope, bool enabled) const;
  Inbound rejectLegacy(const Envelope& envelope, Refusal refusal, double now);
  std::optional<Refusal> judge(Envelope& envelope, const Contract* contract, bool enabled,
                               double now) const;
  std::optional<Refusal> judgeContent(Envelope& envelope, const Contract* contract,
                                      double now) const;
  std::optional<Refusal> judgeOrigin(const Envelope& envelope, bool enabled) const;
  std::optional<Refusal> judgeTime(const Envelope& envelope, const Contract& contract,
                                   double now) const;
  std::optional<Refusal> prepare(Envelope& envelope, bool enabled) const;
  void moveClock(Envelope& envelope) const;
  std::optional<Refusal> measure(const Value& message, std::size_t bytes) const;
  Refusal tooLarge() const;
  bool wasAccepted(const Envelope& envelope) const;
  Inbound drop(Refusal refusal, std::string type);
  Inbound reject(const Envelope& envelope, Refusal refusal, double now);
  Inbound accept(const Envelope& envelope, const Contract& contract);
  Inbound admit(const Envelope& envelope, const Contract& contract);
  Inbound park(const Envelope& envelope, std::span<const std::uint8_t> bytes, double now);
  Inbound judgeParked(const ParkedMessage& message, bool enabled, double now);

  BridgeOptions options_;
  Text self_;   // the sender of the options
  Text store_;  // the store of the options
  ContractTable contracts_;
  Counters counters_;
  AcceptedMessages accepted_;
  SequenceGaps gaps_;
  RejectLimit rejects_;
  RejectLimit legacyRejects_;  // with one sender, who has no name
  Outbound plain_;
  LastApplied lastApplied_;
  ParkedMessages parked_;
  Envelope latest_;  // that was accepted as it was sent, and holds no credential
  std::vector<Unsettled> unsettled_;
  std::uint64_t nextSeq_ = 1;
};

}  // namespace isthmus
