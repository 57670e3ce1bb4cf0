// Sends everything of hostile.json, whole, cut off at every byte and with every bit flipped:
//
//   { now, limits, contracts: { type: contract }, before: [envelope], good: envelope,
//     messages: [{ reason, enabled?: true, envelope | bytes: hexadecimal }] }
//
// The store's own sender id is "self". What is in `before` was applied. A message whose reason is
// "reducer" passes, and its reducer refuses it.

#include <algorithm>
#include <array>
#include <memory>
#include <span>

#include "bridge/bridge.h"
#include "cases/case_file.h"
#include "cases/same_envelope.h"
#include "native/capture.h"
#include "native/rounds.h"
#include "value/codec.h"
#include "value/draft.h"

using namespace isthmus;

namespace {

constexpr std::size_t kAccepted = kDropReasonCount;

// How often each verdict was given; the last is that a message was accepted.
using Tally = std::array<double, kDropReasonCount + 1>;

class HostileCorpus {
 public:
  HostileCorpus() : file_(readCases()), now_(member(file_, "now")->number()), bridge_(options()) {
    for (const auto& [type, contract] : member(file_, "contracts")->members()) {
      REQUIRE(bridge_.addContract(type.text(), contract, "case").ok());
    }
    for (const auto& envelope : member(file_, "before")->items()) {
      REQUIRE(receive(encode(envelope), true, true) == "accepted");
    }
  }

  const Sequence<Value>& messages() const { return member(file_, "messages")->items(); }

  static Bytes bytesOf(const Value& message) {
    if (const Value* const envelope = member(message, "envelope")) return encode(*envelope);
    const std::string hex = textOf(message, "bytes");
    Bytes bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
      bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return bytes;
  }

  // The verdict on bytes in a block of just their size; what passes is settled as told.
  std::string receive(std::span<const std::uint8_t> bytes, bool enabled, bool applied = false) {
    const auto block = std::make_unique<std::uint8_t[]>(bytes.size());
    std::copy(bytes.begin(), bytes.end(), block.get());
    if (!readsAlike({block.get(), bytes.size()}, options().limits)) readsDiffer_ = true;
    const auto inbound = bridge_.inbound({block.get(), bytes.size()}, enabled, now_);
    if (inbound.accepted) bridge_.settle(applied);
    const auto reason = inbound.accepted ? DropReason::Reducer : inbound.reason;
    const bool counts = inbound.accepted && applied;
    ++tally_[counts ? kAccepted : static_cast<std::size_t>(reason)];
    if (!inbound.accepted && !inbound.action.isNull()) leaked_ = true;
    return counts ? "accepted" : std::string(toString(reason));
  }

  // Each message so far moved the one counter of its verdict, and a dropped one gave no action.
  void checkCounters() const {
    CHECK_FALSE(leaked_);
    CHECK_FALSE(readsDiffer_);
    const Value counters = bridge_.counters().toValue();
    const Value& dropped = *member(counters, "dropped");
    for (std::size_t i = 0; i < kDropReasonCount; ++i) {
      const Value* const count = member(dropped, toString(static_cast<DropReason>(i)));
      CHECK((count == nullptr ? 0 : count->number()) == tally_[i]);
    }
    CHECK(member(counters, "accepted")->number() == tally_[kAccepted]);
    CHECK(member(counters, "limited")->number() == 0);
  }

  void checkNextGoodOne() {
    Draft good(*member(file_, "good"));
    REQUIRE(good.set({Key("seq")}, Value(++goodSeq_)).ok());
    CHECK(receive(encode(good.root()), true, true) == "accepted");
  }

 private:
  static Value readCases() {
    auto file = readJsonFile(casesFolder() + "/hostile.json");
    REQUIRE(file.has_value());
    return std::move(*file);
  }

  BridgeOptions options() const {
    const auto limit = [&](std::string_view name) {
      return static_cast<std::size_t>(member(*member(file_, "limits"), name)->number());
    };
    BridgeOptions options;
    options.sender = "self";
    options.store = "shared";
    options.bytes = limit("bytes");
    options.limits = {.depth = limit("depth"), .entries = limit("entries")};
    options.rejects = 1'000'000'000;
    return options;
  }

  Value file_;
  double now_;
  Bridge bridge_;
  Tally tally_{};
  double goodSeq_ = 0;
  bool leaked_ = false;
  bool readsDiffer_ = false;
};

bool isEnabled(const Value& message) {
  const Value* const enabled = member(message, "enabled");
  return enabled == nullptr || enabled->boolean();
}

}  // namespace

TEST_CASE("every hostile message is dropped for its reason, and the next good one is applied") {
  HostileCorpus corpus;
  CHECK(corpus.messages().size() >= 300);
  std::array<bool, kDropReasonCount> seen{};
  for (const auto& message : corpus.messages()) {
    CAPTURE(toJson(message));
    const std::string reason = textOf(message, "reason");
    CHECK(corpus.receive(HostileCorpus::bytesOf(message), isEnabled(message)) == reason);
    corpus.checkCounters();
    corpus.checkNextGoodOne();
    for (std::size_t i = 0; i < kDropReasonCount; ++i) {
      if (toString(static_cast<DropReason>(i)) == reason) seen[i] = true;
    }
  }
  CHECK(std::all_of(seen.begin(), seen.end(), [](bool one) { return one; }));
}

TEST_CASE("every hostile message cut off at every byte is dropped, and the next good one applied") {
  HostileCorpus corpus;
  for (const auto& message : corpus.messages()) {
    const Bytes bytes = HostileCorpus::bytesOf(message);
    CAPTURE(toJson(message));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const auto reason = corpus.receive(std::span(bytes).first(size), isEnabled(message));
      // Bytes with a rest behind a whole value become that value, which is no envelope.
      const bool isWhole = reason == "protocol" && member(message, "bytes") != nullptr;
      const bool isExpected = reason == "undecodable" || reason == "too-large" || isWhole;
      if (!isExpected) FAIL_CHECK(size << ": " << reason);
    }
    corpus.checkCounters();
    corpus.checkNextGoodOne();
  }
}

// One bit of each byte under sanitizers, which is another in the next.
constexpr std::size_t kBitStep = kSanitized ? 8 : 1;

namespace {

// In every second byte from `first` on. The two halves are tests of their own, side by side.
void checkFlippedBits(std::size_t first) {
  HostileCorpus corpus;
  for (const auto& message : corpus.messages()) {
    Bytes bytes = HostileCorpus::bytesOf(message);
    CAPTURE(toJson(message));
    for (std::size_t at = first; at < bytes.size(); at += 2) {
      for (std::size_t bit = at % kBitStep; bit < 8; bit += kBitStep) {
        const auto mask = static_cast<std::uint8_t>(1U << bit);
        bytes[at] ^= mask;
        corpus.receive(bytes, isEnabled(message));
        bytes[at] ^= mask;
      }
    }
    corpus.checkCounters();
    corpus.checkNextGoodOne();
  }
}

}  // namespace

TEST_CASE("every hostile message with any bit flipped in an even byte moves one counter") {
  checkFlippedBits(0);
}

TEST_CASE("every hostile message with any bit flipped in an odd byte moves one counter") {
  checkFlippedBits(1);
}
