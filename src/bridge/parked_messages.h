#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "value/codec.h"
#include "value/saved.h"
#include "value/value.h"

namespace isthmus {

// A message that waits for a slice, in the binary form, which copies of it share.
struct ParkedMessage {
  std::string type = {};
  std::string sender = {};
  std::uint64_t seq = 0;
  std::shared_ptr<const Bytes> bytes = {};
  std::uint64_t order = 0;  // of acceptance, given by the park
};

// The messages of one park that were thrown away together.
struct DiscardedPark {
  enum class Cause : std::uint8_t { Overflow, Expired, Left };
  std::string key;
  std::size_t messages;
  Cause cause;
};

// Messages for slices that apps expect and that were never there yet.
//
//   Park { key, claims: who expects it, with which types, messages: oldest first }
//
//   expect ► waiting ──release──► open ──advance, take, ... none──► gone
//                                        what comes meanwhile lines up behind
//
// A message waits until no park is left that lists its type: it lies in one of them and moves to
// the next when that one is emptied, in the order of acceptance. Each park has bounds of its own;
// one that exceeds them loses all its messages and goes on empty.
class ParkedMessages {
 public:
  struct Bounds {
    std::size_t bytes;
    std::size_t messages;
    std::size_t ms;  // that the oldest may wait
  };

  explicit ParkedMessages(Bounds bounds) : bounds_(bounds) {}

  // The owner's types are added to those it named before; none at all stand for those that begin
  // with "<key>/".
  void expect(std::string_view key, std::string_view owner, const std::vector<std::string>& types);
  // A waiting park that nobody expects any more is discarded.
  void removeOwner(std::string_view owner);

  bool expects(std::string_view type) const;
  bool contains(std::string_view sender, std::uint64_t seq) const;
  // For a message whose type is expected.
  void hold(ParkedMessage message, double now);

  // The slice is there. Whether messages wait for it, to be taken one by one.
  bool release(std::string_view key, double now);
  // Goes on to the oldest message of an open park that waits for nothing else; without one the park
  // is gone, and false is returned.
  bool advance(std::string_view key, double now);
  // That message, until anything changes; nullptr without an open park.
  const ParkedMessage* first(std::string_view key) const;
  void take(std::string_view key);

  // Discards what has waited too long. Returns in how many ms to ask again; none when nothing
  // waits.
  std::optional<double> expire(double now);
  // What was discarded since the last call.
  std::vector<DiscardedPark> takeDiscarded() { return std::exchange(discarded_, {}); }

  // [{ key, owners: [owner], messages, bytes }]
  Value toValue() const;

  //   parked    := number accepted, park*, discarded*           each list after its varint count
  //   park      := string key, float64 since, varint isOpen, claim*, message*
  //   claim     := string owner, varint isPrefix, (string type)*
  //   message   := string type, string sender, number seq, number order, bytes
  //   discarded := string key, number messages, varint cause
  void save(Encoder& encoder) const;
  void load(Loader& from);

 private:
  struct Claim {
    std::string owner;
    std::vector<std::string> types;
    bool isPrefix;
  };

  struct Park {
    std::string key;
    std::vector<Claim> claims = {};
    std::deque<ParkedMessage> messages = {};
    std::size_t bytes = 0;
    double since = 0;  // when the oldest came, or the first after it was empty
    bool isOpen = false;

    bool lists(std::string_view type) const;
  };
  using Cause = DiscardedPark::Cause;

  static void save(Encoder& encoder, const Park& park);
  Park loadPark(Loader& from);
  static bool covers(const Park& park, const Claim& claim, std::string_view type);
  Park* find(std::string_view key);
  const Park* findOpen(std::string_view key) const;
  Park* findFor(std::string_view type, const Park* except);
  void put(Park& park, ParkedMessage message, double now);
  ParkedMessage takeOldest(Park& park);
  void discard(Park& park, Cause cause);
  bool isOverdue(Park& park, double now) const;
  void erase(const Park* park);

  Bounds bounds_;
  std::deque<Park> parks_;  // one for each slice that apps of the page expect
  std::set<std::pair<std::string, std::uint64_t>> held_;
  std::vector<DiscardedPark> discarded_;
  std::uint64_t accepted_ = 0;
};

}  // namespace isthmus
