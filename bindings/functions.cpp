// The raw exports for reducers that are functions in JavaScript: what they have made of a state,
// and the states that a store is to have of it.

#include <emscripten/emscripten.h>

#include "answers.h"
#include "engine.h"
#include "states.h"
#include "value/edits.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

// given := string key, (varint 0, state | varint 1, edits of the slice's present state)
Result<std::optional<Value>> readGiven(Arguments& arguments, const Value* present) {
  const bool isEdited = arguments.varint() == 1;
  if (!isEdited || arguments.failed()) return readState(arguments);
  static const Value kNone;
  auto made = Edits(arguments.decoder(), present == nullptr ? kNone : *present).apply();
  if (!made) return std::move(made.error());
  return std::optional(std::move(made).value());
}

Outcome give(Store& store, std::uint32_t length, Vector<Store::Given>& given) {
  Arguments arguments(length);
  while (!arguments.atEnd()) {
    const auto key = arguments.key();
    auto state = readGiven(arguments, store.find(key));
    if (arguments.failed()) return arguments.failure();
    if (!state) return fail(state.error());
    if (!state.value()) return 0;
    given.push_back({key, *std::move(state).value()});
  }
  const auto status = store.give(given);
  return status ? static_cast<Outcome>(store.pendingSerial()) : fail(status.error());
}

}  // namespace

extern "C" {

// A state of a definition's slice with edits on it (value/edits.h): answers as `reduce` does.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_edit(std::uint32_t definition, std::uint32_t length) {
  return onDefinition(definition, [&](Definition& target) {
    Arguments arguments(length);
    auto state = readState(arguments, *target.program);
    if (arguments.failed()) return arguments.failure();
    if (!state) return 0;
    auto next = Edits(arguments.decoder(), *state).apply();
    if (!next) return fail(next.error());
    state.reset();  // what dies with it is part of this answer
    return answerState(target.made.hold(std::move(next).value()));
  });
}

// States that functions have made, given*: they belong to the store's pending action,
// or are pending alone. Answers with the serial number; 0 when a node is gone, and nothing has
// changed.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_give(std::uint32_t store, std::uint32_t length) {
  return onStore(store, [&](Store& target) {
    Vector<Store::Given> given;
    return give(target, length, given);
  });
}

// The same alone, and committed at once. Answers with varint 1 or 0, whether any state is another
// one, then a change, and each of these states as it is shown.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_change(std::uint32_t store, std::uint32_t length) {
  return onStore(store, [&](Store& target) {
    Vector<Store::Given> given;
    const Outcome serial = give(target, length, given);
    if (serial <= 0) return serial;
    Encoder encoder(answer());
    writeChange(encoder, target.pendingChange());
    for (const auto& [key, state] : given) encoder.show(state);
    commitPending(target);
    return serial;
  });
}
}
