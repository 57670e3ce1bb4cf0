// The raw exports about messages that wait for slices (bridge/parked_messages.h).

#include <emscripten/emscripten.h>

#include "answers.h"
#include "engine.h"

using namespace isthmus;
using namespace isthmus::bindings;

extern "C" {

// string key, string owner, string type*
EMSCRIPTEN_KEEPALIVE Outcome isthmus_expectSlice(std::uint32_t bridge, std::uint32_t length) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  Reader reader(input(length), {});
  std::vector<std::string> texts;
  while (!reader.atEnd()) {
    const auto text = reader.text();
    if (!text) return fail(text.error());
    texts.emplace_back(text.value());
  }
  if (texts.size() < 2) return fail({ErrorCode::Undecodable, "a slice has a key and an owner"});
  target->expect(texts[0], texts[1], {texts.begin() + 2, texts.end()});
  return 0;
}

// owner := string
EMSCRIPTEN_KEEPALIVE Outcome isthmus_unexpectSlices(std::uint32_t bridge, std::uint32_t length) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  const auto owner = Reader(input(length), {}).text();
  if (!owner) return fail(owner.error());
  target->unexpect(owner.value());
  return 0;
}

// key := string; 1 when messages wait for the slice, which `nextParked` takes until it answers 2
EMSCRIPTEN_KEEPALIVE Outcome isthmus_releaseParked(std::uint32_t bridge, std::uint32_t length,
                                                   double now) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  const auto key = Reader(input(length), {}).text();
  return key ? Outcome{target->releaseParked(key.value(), now)} : fail(key.error());
}

// key := string; 1 and the action to dispatch, to be followed by `settle`; 0 and why it is dropped:
// varint reason, string type, string message; 2 when no message is left
EMSCRIPTEN_KEEPALIVE Outcome isthmus_nextParked(std::uint32_t bridge, std::uint32_t length,
                                                bool enabled, double now) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  const auto key = Reader(input(length), {}).text();
  if (!key) return fail(key.error());
  const auto decision = target->nextParked(key.value(), enabled, now);
  if (!decision) return 2;
  Writer writer(answer());
  if (decision->accepted) {
    writer.value(decision->bridged());
    target->handOver();
    return 1;
  }
  writer.varint(static_cast<std::uint32_t>(decision->reason));
  writer.text(decision->type);
  writer.text(decision->message);
  return 0;
}

// key := string; drops the next one, after a `nextParked` that failed.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_dropParked(std::uint32_t bridge, std::uint32_t length) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  const auto key = Reader(input(length), {}).text();
  if (!key) return fail(key.error());
  target->dropParked(key.value());
  return 0;
}

// Discards what has waited too long. Answers with all that was discarded since the last call:
// varint count, (string key, varint messages, varint cause)*; then in how many ms to call again,
// float64, if it returns 1.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_sweepParked(std::uint32_t bridge, double now) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  const auto next = target->expireParked(now);
  const auto discarded = target->takeDiscardedParks();
  Writer writer(answer());
  writer.varint(static_cast<std::uint32_t>(discarded.size()));
  for (const auto& [key, messages, cause] : discarded) {
    writer.text(key);
    writer.varint(static_cast<std::uint32_t>(messages));
    writer.varint(static_cast<std::uint32_t>(cause));
  }
  if (next) writer.float64(*next);
  return next ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE Outcome isthmus_describeParked(std::uint32_t bridge) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  Writer(answer()).value(target->describeParked());
  return 1;
}
}
