// Calls of bridges. Each is made of a bridge of this process too, which nothing cuts off: answers
// and books must be the same.

#include <algorithm>

#include "../bindings/crossing/verdicts.h"
#include "engine_calls/bridge_example.h"
#include "engine_calls/demand.h"
#include "engine_calls/examples.h"
#include "engine_calls/session.h"
#include "log/action_keys.h"
#include "value/object_builder.h"

namespace isthmus::calls {
namespace {

using bindings::InboundVerdict;
using bindings::OutboundVerdict;
using bindings::outcomeOf;
using bindings::ParkedVerdict;

constexpr std::size_t kRawBytes = 24;

DropReason reasonOf(bool isTooLarge) {
  return isTooLarge ? DropReason::TooLarge : DropReason::Reducer;
}

void checkDrop(const Bridge::Inbound& decision, Answer& answer) {
  demand(answer.varint() == static_cast<std::uint32_t>(decision.reason));
  demand(answer.text() == decision.type && answer.text() == decision.message);
}

// What became of an accepted message; the books of both know it at once.
void settled(Bridge& bridge, bool applied, DropReason refusal) {
  demand(bridge.prepareSettle(applied, refusal));
  bridge.commitSettle();
}

}  // namespace

Bridge* Session::chosenBridge() { return model_.bridges[choices_.below(2)].get(); }

Id Session::idOf(const Bridge& bridge) const { return &bridge == model_.bridges[0].get() ? 1 : 2; }

// The bridge of another model, to be changed there alone.
Bridge& Session::own(Model& model, const Bridge& bridge) const {
  auto& place = model.bridges[idOf(bridge) - 1];
  place = std::make_shared<Bridge>(*place);
  return *place;
}

void Session::createBridge() {
  const auto place = choices_.below(2);
  if (model_.bridges[place]) return;
  isRenewing_ = true;  // a bridge is not whole before it has its contracts
  model_.bridges[place] = std::make_shared<Bridge>(exampleBridge());
  rebuildBridge(place);
  isRenewing_ = false;
}

void Session::destroyBridge() {
  const Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return;
  const Id id = idOf(*bridge);
  Model after = model_;
  after.bridges[id - 1].reset();
  const auto outcome = call({after}, [&] { return control("destroyBridge", id); });
  if (!outcome) return;
  demand(*outcome == 0);
  model_ = after;
}

// Of a type with a contract, or any other.
Value Session::chosenAction() {
  const auto choice = choices_.byte();
  const auto& type = choice % 8 == 7 ? types()[choice % types().size()]
                                     : contracts()[choice % contracts().size()].type;
  ObjectBuilder meta;
  meta.set("crossApp", Value(choice % 16 != 6));
  ObjectBuilder action;
  action.set("type", Value(type));
  action.set("payload", chosenValue());
  action.set("meta", std::move(meta).build());
  return std::move(action).build();
}

// An envelope as a peer sends it, at times altered, or any bytes.
Bytes Session::chosenMessage() {
  const auto form = choices_.below(8);
  if (form == 7) {
    const auto raw = choices_.bytes(kRawBytes);
    return {raw.begin(), raw.end()};
  }
  const auto sender = choices_.below(6);
  const auto seq = choices_.below(4) == 3 ? choices_.below(32) : ++seq_;
  ObjectBuilder envelope;
  envelope.set("isthmus", Value(1.0));
  envelope.set("sender", Value(sender == 5 ? "self" : "s" + std::to_string(sender)));
  envelope.set("from", Value("shared"));
  envelope.set("seq", Value(static_cast<double>(seq)));
  envelope.set("clock", Value(now_ + static_cast<double>(choices_.byte()) - 100));
  envelope.set("schemaVersion", Value(choices_.flag() ? 1.0 : 2.0));
  envelope.set("action", chosenAction());
  Bytes bytes = encode(std::move(envelope).build());
  if (form == 6) bytes[choices_.byte() % bytes.size()] ^= choices_.byte();
  return bytes;
}

std::string Session::chosenSlice() {
  static constexpr const char* kKeys[] = {"cart", "counter", "flag"};
  return kKeys[choices_.below(3)];
}

void Session::checkGap(const Bridge::Inbound& decision, Answer& answer) {
  demand((answer.varint() == 1) == decision.gap.has_value());
  if (!decision.gap) return;
  demand(answer.text() == decision.sender.view());
  demand(answer.float64() == static_cast<double>(decision.gap->from));
  demand(answer.float64() == static_cast<double>(decision.gap->to));
}

// Of what is JavaScript's to apply, or nobody's.
void Session::checkDecision(const Bridge::Inbound& decision, Outcome outcome) {
  if (decision.limited) return demand(outcome == outcomeOf(InboundVerdict::NotRead));
  if (decision.passedOver) return demand(outcome == outcomeOf(InboundVerdict::PassedOver));
  Answer answer;
  if (!decision.accepted && !decision.parked) {
    demand(outcome == outcomeOf(InboundVerdict::Dropped));
    return checkDrop(decision, answer);
  }
  demand(outcome == outcomeOf(decision.parked ? InboundVerdict::Parked : InboundVerdict::Accepted));
  checkGap(decision, answer);
  if (decision.accepted) demand(equal(answer.value(), decision.bridged()));
}

void Session::receive() {
  Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return createBridge();
  const bool isEnabled = choices_.below(8) != 7;
  if (choices_.flag()) return receiveInto(*bridge, isEnabled);
  const Id id = idOf(*bridge);
  arguments_ = chosenMessage();
  put();
  Model after = model_;
  Bridge& shadow = own(after, *bridge);
  const auto decision = shadow.inbound(arguments_, isEnabled, now_);
  shadow.handOver();
  const auto outcome =
      call({after}, [&] { return isthmus_inbound(id, length(), isEnabled, now_, 0); });
  if (!outcome) return;
  checkDecision(decision, *outcome);
  model_ = after;
}

// The store applies what is accepted: both know of it, or neither.
void Session::receiveInto(const Bridge& bridge, bool isEnabled) {
  const StoreModel* const store = chosenStore();
  if (store == nullptr) return createStore();
  const Id id = idOf(bridge);
  const Id target = idOf(*store);
  arguments_ = chosenMessage();
  put();
  Model applied = model_;
  Bridge& shadow = own(applied, bridge);
  const auto decision = shadow.inbound(arguments_, isEnabled, now_);
  const auto made = [&] { return isthmus_inbound(id, length(), isEnabled, now_, target); };
  if (!decision.accepted) {
    const auto outcome = call({applied}, made);
    if (!outcome) return;
    checkDecision(decision, *outcome);
    model_ = applied;
    return;
  }
  const Value* const payload = decision.action.find(payloadKey());
  const auto slices = expected(*store, {decision.type, payload == nullptr ? Value() : *payload});
  Model refused = applied;
  settled(own(refused, bridge), false, DropReason::Reducer);
  Model tooLarge = applied;
  settled(own(tooLarge, bridge), false, DropReason::TooLarge);
  std::vector<Model> after{refused, tooLarge};
  if (slices) {
    settled(shadow, true, DropReason::Reducer);
    applied.stores[target - 1]->pending = slices;
    applied.stores[target - 1]->commit();
    after.push_back(applied);
  }
  const auto outcome = call(after, made);
  if (!outcome) return;
  Answer answer;
  if (*outcome == outcomeOf(InboundVerdict::Dropped)) {
    const auto reason = static_cast<DropReason>(answer.varint());
    const bool isTooLarge = reason == DropReason::TooLarge;
    demand(reason == reasonOf(isTooLarge) && answer.text() == decision.type);
    demand(isTooLarge ? store->isTight : !slices);
    model_ = isTooLarge ? tooLarge : refused;
    return;
  }
  demand(*outcome == outcomeOf(InboundVerdict::Applied) && slices);
  checkGap(decision, answer);
  const bool moved = answer.varint() == 1;
  checkChange(*store, store->slices, *slices, moved, answer);
  model_ = applied;
}

void Session::receiveLegacy() {
  Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return;
  const Id id = idOf(*bridge);
  const bool isEnabled = choices_.below(8) != 7;
  const bool isRaw = choices_.below(8) == 7;
  arguments_ = isRaw ? chosenMessage() : encode(chosenAction());
  put();
  Model after = model_;
  Bridge& shadow = own(after, *bridge);
  const auto decision = shadow.inboundLegacy(arguments_, isEnabled, now_);
  shadow.handOver();
  const auto outcome =
      call({after}, [&] { return isthmus_inboundLegacy(id, length(), isEnabled, now_); });
  if (!outcome) return;
  checkDecision(decision, *outcome);
  model_ = after;
}

void Session::checkOutbound(const Bridge::Outbound& decision, Outcome outcome) {
  using Verdict = Bridge::Outbound::Verdict;
  if (decision.verdict == Verdict::NotMarked) {
    return demand(outcome == outcomeOf(OutboundVerdict::NotMarked));
  }
  Answer answer;
  if (decision.verdict == Verdict::Refused) {
    demand(outcome == outcomeOf(OutboundVerdict::Refused));
    demand(answer.varint() == static_cast<std::uint32_t>(decision.reason));
    demand(answer.text() == decision.message);
  } else if (outcome == outcomeOf(OutboundVerdict::PostBytes)) {
    demand(answer.varint() == decision.bytes.size());
  } else {
    demand(outcome == outcomeOf(OutboundVerdict::Post));
    demand(equal(answer.value(), decision.envelope));
  }
}

void Session::send() {
  Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return createBridge();
  const Id id = idOf(*bridge);
  const bool isEnabled = choices_.below(8) != 7;
  const bool asBytes = choices_.flag();
  const Value action = chosenAction();
  write().value(action);
  put();
  Model after = model_;
  Bridge& shadow = own(after, *bridge);
  const auto decision = shadow.outbound(action, isEnabled, now_);
  const auto outcome =
      call({after}, [&] { return isthmus_outbound(id, length(), isEnabled, now_, asBytes); });
  if (!outcome) return;
  checkOutbound(decision, *outcome);
  model_ = after;
  const auto plain = shadow.takePlain();
  const auto second = call([&] { return isthmus_takePlain(id); });
  if (second) checkOutbound(plain, *second);
}

void Session::settle() {
  Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return;
  const Id id = idOf(*bridge);
  const bool isApplied = choices_.below(4) != 3;
  const bool isTooLarge = choices_.flag();
  Model after = model_;
  own(after, *bridge).settle(isApplied, reasonOf(isTooLarge));
  const auto outcome = call({after}, [&] { return isthmus_settle(id, isApplied, isTooLarge); });
  if (!outcome) return;
  demand(*outcome == 0);
  model_ = after;
}

// Types of a slice that may come; or nobody expects them any more.
void Session::expect() {
  Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return;
  const Id id = idOf(*bridge);
  const auto owner = "app " + std::to_string(choices_.below(2));
  const auto key = chosenSlice();
  const bool isOver = choices_.below(4) == 3;
  const auto types =
      choices_.flag() ? std::vector<std::string>{"flag/set"} : std::vector<std::string>{};
  Model after = model_;
  Bridge& shadow = own(after, *bridge);
  auto encoder = write();
  if (!isOver) encoder.text(key);
  encoder.text(owner);
  if (isOver) {
    shadow.unexpect(owner);
  } else {
    shadow.expect(key, owner, types);
    for (const auto& type : types) encoder.text(type);
  }
  put();
  const auto outcome = call({after}, [&] {
    return isOver ? isthmus_unexpectSlices(id, length()) : isthmus_expectSlice(id, length());
  });
  if (!outcome) return;
  demand(*outcome == 0);
  model_ = after;
}

void Session::release() {
  Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return;
  const Id id = idOf(*bridge);
  const auto key = chosenSlice();
  write().text(key);
  put();
  Model after = model_;
  const bool waits = own(after, *bridge).releaseParked(key, now_);
  const auto outcome = call({after}, [&] { return isthmus_releaseParked(id, length(), now_); });
  if (!outcome) return;
  demand(*outcome == (waits ? 1 : 0));
  model_ = after;
}

// Two changes: the park goes on to its next message, and that one is taken.
void Session::takeParked() {
  Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return;
  const Id id = idOf(*bridge);
  const auto key = chosenSlice();
  const bool isEnabled = choices_.below(8) != 7;
  const bool isDropped = choices_.below(8) == 7;
  write().text(key);
  put();
  Model after = model_;
  Bridge& shadow = own(after, *bridge);
  if (isDropped) {
    shadow.dropParked(key);
    const auto outcome = call({after}, [&] { return isthmus_dropParked(id, length()); });
    if (!outcome) return;
    demand(*outcome == 0);
    model_ = after;
    return;
  }
  const auto decision = shadow.nextParked(key, isEnabled, now_);
  const Model advanced = after;
  own(after, *bridge).handOver();
  const auto outcome =
      call({advanced, after}, [&] { return isthmus_nextParked(id, length(), isEnabled, now_); });
  if (!outcome) return;
  if (!decision) {
    demand(*outcome == outcomeOf(ParkedVerdict::None));
  } else if (decision->accepted) {
    Answer answer;
    demand(*outcome == outcomeOf(ParkedVerdict::Accepted));
    demand(equal(answer.value(), decision->bridged()));
  } else {
    demand(*outcome == outcomeOf(ParkedVerdict::Dropped));
    Answer answer;
    checkDrop(*decision, answer);
  }
  model_ = after;
}

// Two changes: what waited too long is discarded, and counted when that is told.
void Session::sweep() {
  Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return;
  const Id id = idOf(*bridge);
  Model after = model_;
  const auto next = own(after, *bridge).expireParked(now_);
  const Model expired = after;
  const auto discarded = own(after, *bridge).takeDiscardedParks();
  const auto outcome = call({expired, after}, [&] { return isthmus_sweepParked(id, now_); });
  if (!outcome) return;
  demand(*outcome == (next ? 1 : 0));
  Answer answer;
  demand(answer.varint() == discarded.size());
  for (const auto& [key, messages, cause] : discarded) {
    demand(answer.text() == key && answer.varint() == messages);
    demand(answer.varint() == static_cast<std::uint32_t>(cause));
  }
  if (next) demand(answer.float64() == *next);
  model_ = after;
}

// Counters as JavaScript reads them, after what it found by itself is counted.
void Session::count() {
  Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return;
  const Id id = idOf(*bridge);
  const auto reason = choices_.below(kDropReasonCount + 1);
  const auto outcome = call([&] { return control("counters", id); });
  if (!outcome) return;
  demand(*outcome == 1 && equal(Answer().value(), bridge->counters().toValue()));
  Model after = model_;
  if (reason < kDropReasonCount) {
    own(after, *bridge).countDrop(static_cast<DropReason>(reason), {});
  }
  const auto counted = call({after}, [&] { return control("countDrop", id, reason); });
  if (!counted) return;
  demand(reason < kDropReasonCount ? *counted == 0 : *counted < 0);
  model_ = after;
}

// What another bridge's store had heard of comes with a slice's state.
void Session::remember() {
  Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return;
  const Id id = idOf(*bridge);
  const auto key = chosenSlice();
  const auto first = choices_.below(32);
  const HeardRow row{"s" + std::to_string(choices_.below(5)), first, first + choices_.below(16)};
  Model after = model_;
  own(after, *bridge).addHeard(key, {}, {row});
  auto encoder = write();
  encoder.text(key);
  encoder.varint(0);
  encoder.text(row.sender);
  encoder.float64(static_cast<double>(row.first));
  encoder.float64(static_cast<double>(row.last));
  put();
  const auto outcome = call({after}, [&] { return isthmus_addHeard(id, length()); });
  if (!outcome) return;
  demand(*outcome == 0);
  model_ = after;
}

void Session::hear() {
  const Bridge* const bridge = chosenBridge();
  if (bridge == nullptr) return;
  const Id id = idOf(*bridge);
  const auto rows = bridge->heard();
  const auto outcome = call([&] { return isthmus_heard(id); });
  if (!outcome) return;
  demand(*outcome == (rows ? 1 : 0));
  if (!rows) return;
  Answer answer;
  demand(answer.varint() == rows->size());
  for (const auto& [sender, first, last] : *rows) {
    demand(answer.text() == sender && answer.float64() == static_cast<double>(first));
    demand(answer.float64() == static_cast<double>(last));
  }
}

}  // namespace isthmus::calls
