// What happens on every dispatch and read. Arguments that are not numbers stand in the input
// buffer, `length` bytes of it.

#include <emscripten/emscripten.h>

#include "answers.h"
#include "arguments.h"
#include "engine.h"
#include "states.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

// action := varint type, value payload, value meta; the type by its number, 0 for one that no
// program handles
Action readAction(Arguments& arguments) {
  static const Key kUnhandled;
  const auto type = arguments.varint();
  const Key* const key = type == 0 ? &kUnhandled : engine().types.find(type);
  if (key == nullptr) {
    arguments.refuse(unknownId("action type"));
    return {};
  }
  auto payload = arguments.value("payload");
  auto meta = arguments.value("meta");
  return {*key, std::move(payload), std::move(meta)};
}

//   path := part*
//   part := varint 0, string | varint index + 1
Path readPath(Arguments& arguments) {
  Path path;
  path.reserve(4);  // most are no longer
  while (!arguments.atEnd()) {
    const auto number = arguments.varint();
    path.push_back(number == 0 ? arguments.key() : Key::fromIndex(number - 1));
  }
  return path;
}

}  // namespace

extern "C" {

// Computes a store's next states, to be committed or discarded. Answers with their serial number.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_prepare(std::uint32_t store, std::uint32_t length) {
  return onStore(store, [&](Store& target) {
    Arguments arguments(length);
    const auto action = readAction(arguments);
    if (arguments.failed()) return arguments.failure();
    const auto status = target.prepare(action);
    return status ? static_cast<Outcome>(target.pendingSerial()) : fail(status.error());
  });
}

// Commits the pending action of that serial number. Answers with a change, and 1 or 0: whether any
// state is another one.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_commit(std::uint32_t store, std::uint32_t serial) {
  return onStore(store, [&](Store& target) {
    if (serial == 0 || target.pendingSerial() != serial) return failUnknown("pending action");
    const Outcome moved = answerChange(target.pendingChange());
    commitPending(target);
    return moved;
  });
}

// Both at once, for a store without reducers in JavaScript.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_dispatch(std::uint32_t store, std::uint32_t length) {
  const Outcome prepared = isthmus_prepare(store, length);
  return prepared < 0 ? prepared : isthmus_commit(store, static_cast<std::uint32_t>(prepared));
}

// The serial number of the store's last action.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_serial(std::uint32_t store) {
  return onStore(store, [](const Store& target) { return static_cast<Outcome>(target.serial()); });
}

EMSCRIPTEN_KEEPALIVE Outcome isthmus_discard(std::uint32_t store) {
  return onStore(store, [](Store& target) {
    discardPending(target);
    return 0;
  });
}

// Answers 1 and the shown value at a path, or 0 when there is none.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_read(std::uint32_t store, std::uint32_t length) {
  return onStore(store, [&](const Store& target) {
    Arguments arguments(length);
    const auto path = readPath(arguments);
    if (arguments.failed()) return arguments.failure();
    const Value* const found = target.find(path);
    return found == nullptr ? 0 : answerShown(*found);
  });
}

// As `read`, at the path of a watch.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_readWatched(std::uint32_t store, std::uint32_t watch) {
  return onStore(store, [&](Store& target) {
    const Path* const path = target.watchers().pathOf(watch);
    if (path == nullptr) return failUnknown("watch");
    const Value* const found = target.find(*path);
    return found == nullptr ? 0 : answerShown(*found);
  });
}

// A program as a plain reducer: action, then state, to 1 and the next state, shown; or 0 when the
// state's node has died since JavaScript was told of the dead. The definition keeps the node alive
// until its next call.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_reduce(std::uint32_t definition, std::uint32_t length) {
  return onDefinition(definition, [&](Definition& target) {
    Arguments arguments(length);
    const auto action = readAction(arguments);
    auto state = readState(arguments, *target.program);
    if (arguments.failed()) return arguments.failure();
    if (!state) return 0;
    auto next = target.program->reduce(*state, action);
    if (!next) return fail(next.error());
    state.reset();  // what dies with it is part of this answer
    return answerState(target.made.hold(std::move(next).value()));
  });
}
}
