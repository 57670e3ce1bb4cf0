#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/two_copies.h"
#include "bridge/books.h"
#include "bridge/mark.h"
#include "bridge/payload_rules.h"
#include "contract/contract_table.h"
#include "log/envelope.h"
#include "log/log.h"
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

// Decides which actions of one store cross, and counts; it delivers nothing:
//
//   bridge.cpp             envelopes in both directions
//   bridge_legacy.cpp      plain actions of the legacy channel, likewise
//   bridge_parking.cpp     messages that wait for slices to come, and are then checked once more
//   bridge_settling.cpp    what became of the messages that were accepted
//   bridge_log.cpp         crossing actions as entries of a log, where slices converge
//
// These are one class, as a message is one change of the books that they share. A message it drops
// leaves no trace but in the counters, and that its sender sent it: in the row of its numbers, and
// towards its limit. Its decisions are calls, so that they are compiled for size though their
// callers are compiled for speed.
class Bridge {
  template <typename Change>
  auto change(const Change& make) {
    handOver();
    return books_.change(make);
  }

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

  const BridgeOptions& options() const { return options_; }
  // What it remembers, whole at every instruction, and as another bridge of these options left it.
  const Books& books() const { return books_.current(); }
  void restore(const Books& books);
  // Between prepareSettle and commitSettle: what it will remember.
  const Books& settledBooks() const { return books_.next(); }

  // As ContractTable::add and removeOwner.
  Status addContract(std::string_view type, const Value& definition, std::string_view owner);
  void removeContracts(std::string_view owner) { contracts_.removeOwner(owner); }
  const ContractTable& contracts() const { return contracts_; }

  // For an action that the local reducers have taken. `never` parts are removed, and the payload is
  // put into the versions that the contract emits; the rest of the action travels as it is. Only
  // what is posted takes a sequence number.
  [[gnu::noinline]] Outbound outbound(const Value& action, bool enabled, double now);

  // From now on every crossing action is an entry of a log (log/log.h), which orders them for the
  // slices that converge.
  void openLog(LogOptions options);
  Log* log() const { return log_.get(); }
  // For an own action that crosses, before the reducers: as `outbound`, but that the log takes it
  // and converging slices have it; an error of theirs refuses it. Nothing is remembered but the
  // refusal, until one of the two follows. Without `enabled` the entry is made where a converging
  // slice has it, and goes out when the bridge is on again.
  Result<Outbound> prepareOwn(const Value& action, bool enabled, double now, Time time);
  // What of the commit may fail, and the rest, of which the first instruction makes it.
  void prepareCommitOwn();
  void commitOwn(Time time);
  void discardOwn();
  bool isOwnPending() const { return own_.has_value(); }
  // An action as the reducers of converging slices see it.
  std::optional<Action> readEntry(const Entry& entry) const;

  // For the bytes of one message from outside. What is accepted is to be dispatched and then
  // settled; when a dispatch leads to another message, that one is settled first. Until it is
  // settled or handed over, the books know nothing of it.
  // `time` is the log's, where there is one.
  [[gnu::noinline]] Inbound inbound(std::span<const std::uint8_t> bytes, bool enabled, double now,
                                    Time time = 0);

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

  // The same in two halves, with the store's commit between them: the first does what may fail, the
  // second counts the message with its first instruction. False without such a message.
  [[gnu::noinline]] bool prepareSettle(bool applied, DropReason refusal = DropReason::Reducer);
  [[gnu::noinline]] void commitSettle();

  // The accepted message is JavaScript's to apply: it will be settled though this bridge be
  // restored meanwhile.
  [[gnu::noinline]] void handOver();

  // What the state of this moment holds: what was accepted, and of the own store all that was sent.
  // Nothing while an accepted message is not settled, which the state may hold or not.
  std::optional<std::vector<HeardRow>> heard() const;
  // What a state holds that the slice is given, as another bridge's `heard` told it there: what
  // comes of it is a duplicate, that of other slices' types aside (bridge/heard_messages.h).
  void addHeard(std::string_view key, const std::vector<std::string>& types,
                const std::vector<HeardRow>& rows) {
    change([&](Books& books) { books.heard.add(key, types, rows); });
  }

  // As ParkedMessages has it. A message of an expected type that passes every check is parked, and
  // is none of those that were accepted once until it is taken, checked once more, and applied.
  void expect(std::string_view key, std::string_view owner, const std::vector<std::string>& types) {
    change([&](Books& books) { books.parked.expect(key, owner, types); });
  }
  void unexpect(std::string_view owner) {
    change([&](Books& books) { books.parked.removeOwner(owner); });
  }
  bool releaseParked(std::string_view key, double now) {
    return change([&](Books& books) { return books.parked.release(key, now); });
  }
  // The next one, accepted or dropped; it is settled as any other.
  std::optional<Inbound> nextParked(std::string_view key, bool enabled, double now);
  // Drops the next one as if a reducer had refused it, where `nextParked` could not decide.
  void dropParked(std::string_view key);
  std::optional<double> expireParked(double now) {
    return change([&](Books& books) { return books.parked.expire(now); });
  }
  // What was discarded since the last call, and is counted now.
  std::vector<DiscardedPark> takeDiscardedParks();
  Value describeParked() const { return books().parked.toValue(); }

  // What was found before there were bytes. An empty type is an unknown one.
  void countDrop(DropReason reason, std::string_view type) {
    change([&](Books& books) { books.counters.countDrop(reason, type); });
  }
  void countRefusal(DropReason reason, std::string_view type) {
    change([&](Books& books) { books.counters.countRefusal(reason, type); });
  }
  // What `outbound` let leave could not be posted. Its number is taken: others miss it.
  void countUnsent(std::string_view type) {
    change([&](Books& books) { books.counters.countUnsent(type); });
  }
  const Counters& counters() const { return books().counters; }

 private:
  // An accepted message of which the books do not know yet.
  struct Admitted {
    Unsettled message;
    std::string park;  // where it lies; empty for one that did not wait
  };
  // An own action that was given a number.
  struct Sent {
    std::uint64_t seq = 0;
    double clock = 0;
    std::string type = {};
    bool lastWins = false;
  };
  struct Settling {
    Unsettled message;
    bool applied;
    DropReason refusal;
  };

  Inbound decide(Envelope envelope, std::span<const std::uint8_t> bytes, bool enabled, double now,
                 Time time);
  Outbound makePlain(const Value& action, std::string type, std::uint64_t seq) const;
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
  // The envelope as it leaves, or why it does not, which is counted.
  Outbound seal(Envelope& envelope, bool enabled);
  Outbound pack(std::optional<Refusal> refusal, Value message, std::string type) const;
  std::optional<Refusal> prepare(Envelope& envelope, bool enabled) const;
  void moveClock(Envelope& envelope) const;
  std::optional<Refusal> measure(const Value& message, std::size_t bytes) const;
  Refusal tooLarge() const;
  bool wasAccepted(const Envelope& envelope) const;
  bool wasHeard(const Envelope& envelope) const;
  bool isAbsent(std::string_view type, bool isPeer) const;
  Refusal unlisted(std::string_view type, bool isPeer) const;
  void noticeTime(double now) { latestNow_ = std::max(latestNow_, now); }
  void countSent(const Envelope& envelope, const std::string& type);
  void recordSent(Books& books, const Sent& sent) const;
  Envelope ownEnvelope(const Value& action, double now) const;
  EntryPtr ownEntry(const Envelope& envelope, const Bytes& message) const;
  bool isForLog(std::string_view type) const;
  void learn(const Envelope& envelope, const Value& sent, std::span<const std::uint8_t> bytes,
             bool isAccepted, Time time);
  void countLimited() {
    change([](Books& books) { books.counters.countLimited(); });
  }
  Inbound drop(Refusal refusal, std::string type);
  static Inbound dropped(Refusal refusal, std::string type);
  Inbound reject(const Envelope& envelope, Refusal refusal, double now);
  Inbound accept(const Envelope& envelope, const Contract& contract);
  Inbound admit(const Envelope& envelope, const Contract& contract, std::string park);
  Inbound park(const Envelope& envelope, std::span<const std::uint8_t> bytes, double now);
  Result<Envelope> readParked(const ParkedMessage& message) const;
  std::optional<Refusal> judgeParked(Envelope& envelope, bool enabled, double now) const;
  Inbound takeDropped(std::string_view key, Refusal refusal, std::string type);
  static void enter(Books& books, const Admitted& admitted);
  void record(Books& books) const;

  BridgeOptions options_;
  Text self_;   // the sender of the options
  Text store_;  // the store of the options
  ContractTable contracts_;
  TwoCopies<Books> books_;
  std::optional<Admitted> admitted_;
  std::optional<Settling> settling_;  // between the two halves
  std::shared_ptr<Log> log_;          // reads entries by this bridge, which must stay where it is
  std::uint64_t firstInLog_ = 1;
  std::optional<Sent> own_;  // likewise, of an own action
  Outbound plain_;
  double latestNow_ = 0;  // told by our own clock, which may have been set back since
  Envelope latest_;       // that was accepted as it was sent, and holds no credential
};

}  // namespace isthmus
