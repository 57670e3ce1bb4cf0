// The raw exports about messages that wait for slices (bridge/parked_messages.h).

#include <emscripten/emscripten.h>

#include "bindings/answers.h"
#include "bindings/arguments.h"
#include "crossing.h"
#include "drops.h"
#include "verdicts.h"

using namespace isthmus;
using namespace isthmus::bindings;

extern "C" {

// string key, string owner, string type*
EMSCRIPTEN_KEEPALIVE Outcome isthmus_expectSlice(std::uint32_t bridge, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto key = arguments.text();
    const auto owner = arguments.text();
    const auto types = arguments.texts();
    if (arguments.failed()) return arguments.failure();
    target.expect(key, owner, types);
    return 0;
  });
}

// owner := string
EMSCRIPTEN_KEEPALIVE Outcome isthmus_unexpectSlices(std::uint32_t bridge, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto owner = arguments.text();
    if (arguments.failed()) return arguments.failure();
    target.unexpect(owner);
    return 0;
  });
}

// key := string; 1 when messages wait for the slice, which `nextParked` takes one by one
EMSCRIPTEN_KEEPALIVE Outcome isthmus_releaseParked(std::uint32_t bridge, std::uint32_t length,
                                                   double now) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto key = arguments.text();
    if (arguments.failed()) return arguments.failure();
    return target.releaseParked(key, now) ? 1 : 0;
  });
}

// key := string; takes the next message that waits for the slice: a ParkedVerdict
EMSCRIPTEN_KEEPALIVE Outcome isthmus_nextParked(std::uint32_t bridge, std::uint32_t length,
                                                bool enabled, double now) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto key = arguments.text();
    if (arguments.failed()) return arguments.failure();
    const auto decision = target.nextParked(key, enabled, now);
    if (!decision) return outcomeOf(ParkedVerdict::None);
    if (!decision->accepted) {
      answerDrop(decision->reason, decision->type, decision->message);
      return outcomeOf(ParkedVerdict::Dropped);
    }
    Encoder(answer()).value(decision->bridged());
    target.handOver();
    return outcomeOf(ParkedVerdict::Accepted);
  });
}

// key := string; drops the next one, after a `nextParked` that failed.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_dropParked(std::uint32_t bridge, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto key = arguments.text();
    if (arguments.failed()) return arguments.failure();
    target.dropParked(key);
    return 0;
  });
}

// Discards what has waited too long. Answers with all that was discarded since the last call:
// varint count, (string key, varint messages, varint cause)*; then in how many ms to call again,
// float64, if it returns 1.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_sweepParked(std::uint32_t bridge, double now) {
  return onBridge(bridge, [&](Bridge& target) {
    const auto next = target.expireParked(now);
    const auto discarded = target.takeDiscardedParks();
    Encoder encoder(answer());
    encoder.varint(static_cast<std::uint32_t>(discarded.size()));
    for (const auto& [key, messages, cause] : discarded) {
      encoder.text(key);
      encoder.varint(static_cast<std::uint32_t>(messages));
      encoder.varint(static_cast<std::uint32_t>(cause));
    }
    if (next) encoder.float64(*next);
    return next ? 1 : 0;
  });
}

EMSCRIPTEN_KEEPALIVE Outcome isthmus_describeParked(std::uint32_t bridge) {
  return onBridge(bridge, [](const Bridge& target) {
    Encoder(answer()).value(target.describeParked());
    return 1;
  });
}
}
