// What happens on every message. Arguments that are not numbers stand in the input buffer, `length`
// bytes of it.

#include <emscripten/emscripten.h>

#include "bindings/answers.h"
#include "bindings/arguments.h"
#include "bridge/mark.h"
#include "crossing.h"
#include "drops.h"
#include "log/action_keys.h"
#include "verdicts.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

Outcome answerOutbound(const Bridge::Outbound& decision, bool asBytes) {
  Encoder encoder(answer());
  switch (decision.verdict) {
    case Bridge::Outbound::Verdict::NotMarked:
      return outcomeOf(OutboundVerdict::NotMarked);
    case Bridge::Outbound::Verdict::Post:
      if (asBytes && isWorthBytes(decision)) {
        encoder.bytes(decision.bytes);
        return outcomeOf(OutboundVerdict::PostBytes);
      }
      encoder.encoded(decision.bytes);
      return outcomeOf(OutboundVerdict::Post);
    default:
      encoder.varint(static_cast<std::uint32_t>(decision.reason));
      encoder.text(decision.message);
      return outcomeOf(OutboundVerdict::Refused);
  }
}

// gap := varint 0 | varint 1, string sender, float64 from, float64 to
void writeGap(Encoder& encoder, const Bridge::Inbound& decision) {
  encoder.varint(decision.gap ? 1 : 0);
  if (!decision.gap) return;
  encoder.text(decision.sender);
  encoder.float64(static_cast<double>(decision.gap->from));
  encoder.float64(static_cast<double>(decision.gap->to));
}

Outcome dropped(DropReason reason, std::string_view type, std::string_view message) {
  answerDrop(reason, type, message);
  return outcomeOf(InboundVerdict::Dropped);
}

Action toBridgedAction(const Value& accepted) {
  const Value* const payload = accepted.find(payloadKey());
  return {Key(accepted.find(typeKey())->string()), payload == nullptr ? Value() : *payload,
          bridgedMeta(accepted)};
}

// Of messages of reducers only this is told: they may hold parts of the payload.
std::string refusalOf(const Error& error) {
  const auto place = "slice '" + error.slice + "' refused it at step " + error.step;
  if (error.code == ErrorCode::TooLarge) return place + ": " + error.message;
  return error.code == ErrorCode::StepFailed ? place : "a reducer refused it";
}

Status prepareAccepted(const Bridge& bridge, Store& store, const Action& action) {
  const Log* const log = bridge.log();
  return log == nullptr ? store.prepare(action)
                        : store.prepareCrossing(&action, statesOf(*log, store));
}

Outcome applyAccepted(Bridge& bridge, Store& store, const Bridge::Inbound& accepted) {
  const auto status = prepareAccepted(bridge, store, toBridgedAction(accepted.action));
  const auto reason = status ? DropReason::Reducer : reasonOf(status.error(), DropReason::Reducer);
  bridge.prepareSettle(status.ok(), reason);
  if (!status) {
    bridge.commitSettle();
    return dropped(reason, accepted.type, refusalOf(status.error()));
  }
  Encoder encoder(answer());
  writeGap(encoder, accepted);
  writeChange(encoder, store.pendingChange());
  commitJointly(store, bridge);
  return outcomeOf(InboundVerdict::Applied);
}

Outcome answerInbound(Bridge& bridge, const Bridge::Inbound& decision) {
  if (decision.limited) return outcomeOf(InboundVerdict::NotRead);
  if (decision.passedOver) return outcomeOf(InboundVerdict::PassedOver);
  if (!decision.accepted && !decision.parked) {
    return dropped(decision.reason, decision.type, decision.message);
  }
  Encoder encoder(answer());
  writeGap(encoder, decision);
  if (decision.parked) return outcomeOf(InboundVerdict::Parked);
  encoder.value(decision.bridged());
  bridge.handOver();
  return outcomeOf(InboundVerdict::Accepted);
}

}  // namespace

extern "C" {

// Decides whether an action leaves, as an OutboundVerdict; as bytes when there are enough of them.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_outbound(std::uint32_t bridge, std::uint32_t length,
                                              bool enabled, double now, bool asBytes) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto action = arguments.value();
    if (arguments.failed()) return arguments.failure();
    return answerOutbound(target.outbound(action, enabled, now), asBytes);
  });
}

// The plain action of what `outbound` let leave, for the legacy channel: answers as it does, and
// NotMarked where there is none.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_takePlain(std::uint32_t bridge) {
  return onBridge(bridge, [](Bridge& target) { return answerOutbound(target.takePlain(), false); });
}

// Decides about one envelope and applies it to `store`, unless that is 0: an InboundVerdict.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_inbound(std::uint32_t bridge, std::uint32_t length,
                                             bool enabled, double now, double time,
                                             std::uint32_t store) {
  return onBridge(bridge, [&](Bridge& target) {
    const auto decision = target.inbound(input(length), enabled, now, time);
    Store* const applied = decision.accepted ? engine().stores.find(store) : nullptr;
    return applied == nullptr ? answerInbound(target, decision)
                              : applyAccepted(target, *applied, decision);
  });
}

// As `inbound`, for one message of the legacy channel.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_inboundLegacy(std::uint32_t bridge, std::uint32_t length,
                                                   bool enabled, double now) {
  return onBridge(bridge, [&](Bridge& target) {
    return answerInbound(target, target.inboundLegacy(input(length), enabled, now));
  });
}

// As `isLimited`, of the legacy channel.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_isLegacyLimited(std::uint32_t bridge, double now) {
  return onBridge(bridge, [&](Bridge& target) { return target.isLegacyLimited(now) ? 1 : 0; });
}

// sender := string; 1 when its messages are not read now, which counts one of them.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_isLimited(std::uint32_t bridge, std::uint32_t length,
                                               double now) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto sender = arguments.text();
    return !arguments.failed() && target.isLimited(sender, now) ? 1 : 0;
  });
}

// What became of the accepted message: applied, or refused by a reducer, which it may have been too
// large for.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_settle(std::uint32_t bridge, bool applied, bool isTooLarge) {
  return onBridge(bridge, [&](Bridge& target) {
    target.settle(applied, isTooLarge ? DropReason::TooLarge : DropReason::Reducer);
    return 0;
  });
}
}
