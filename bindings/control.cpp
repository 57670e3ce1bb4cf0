// What is called rarely: definitions, stores, slices, watches. Arguments that are not numbers stand
// in the input buffer, `length` bytes of it.

#include <emscripten/emscripten.h>

#include "answers.h"
#include "arguments.h"
#include "engine.h"
#include "value/recent_arrays.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

using Id = std::uint32_t;

Outcome done(const Status& status) { return status ? 0 : fail(status.error()); }

Outcome answerChanged(const Result<Store::Change>& change) {
  return change ? answerChange(change.value()) : fail(change.error());
}

}  // namespace

extern "C" {

// What follows is made under the number that JavaScript gives it.

// definition := value
EMSCRIPTEN_KEEPALIVE Outcome isthmus_defineProgram(Id id, std::uint32_t length) {
  Arguments arguments(length);
  const auto definition = arguments.value();
  if (arguments.failed()) return arguments.failure();
  auto program = Program::compile(definition);
  if (!program) return fail(program.error());
  engine().definitions.put(id, std::make_shared<const Program>(std::move(program).value()));
  return 0;
}

// Slices that have the program keep it.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_removeProgram(Id definition) {
  return engine().definitions.remove(definition) ? 0 : failUnknown("definition");
}

// The serial number of its last action is that of the store whose place it takes, or 0.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_createStore(Id id, std::uint32_t serial, std::uint32_t bytes,
                                                 std::uint32_t steps) {
  engine().stores.put(id, serial, actionLimits(bytes, steps));
  return 0;
}

EMSCRIPTEN_KEEPALIVE Outcome isthmus_destroyStore(Id store) {
  if (!engine().stores.remove(store)) return failUnknown("store");
  RecentArrays::forget();
  return answerChange({});
}

// slice := string key, [value preloaded]
EMSCRIPTEN_KEEPALIVE Outcome isthmus_injectSlice(Id store, Id definition, std::uint32_t length) {
  return onStore(store, [&](Store& target) {
    return onDefinition(definition, [&](const Definition& source) {
      Arguments arguments(length);
      const Key key(arguments.text());
      std::optional<Value> preloaded;
      if (!arguments.atEnd()) preloaded = arguments.value();
      if (arguments.failed()) return arguments.failure();
      return answerChanged(target.inject(key, source.program, preloaded));
    });
  });
}

// key := string
EMSCRIPTEN_KEEPALIVE Outcome isthmus_replaceSlice(Id store, Id definition, std::uint32_t length) {
  return onStore(store, [&](Store& target) {
    return onDefinition(definition, [&](const Definition& source) {
      Arguments arguments(length);
      const Key key(arguments.text());
      if (arguments.failed()) return arguments.failure();
      return done(target.replace(key, source.program));
    });
  });
}

EMSCRIPTEN_KEEPALIVE Outcome isthmus_removeSlice(Id store, std::uint32_t length) {
  return onStore(store, [&](Store& target) {
    Arguments arguments(length);
    const Key key(arguments.text());
    if (arguments.failed()) return arguments.failure();
    return answerChanged(target.remove(key));
  });
}

// string key, value state; to be committed or discarded like an action, under the serial number
// that it answers with
EMSCRIPTEN_KEEPALIVE Outcome isthmus_prepareState(Id store, std::uint32_t length) {
  return onStore(store, [&](Store& target) {
    Arguments arguments(length);
    const Key key(arguments.text());
    const auto state = arguments.value();
    if (arguments.failed()) return arguments.failure();
    const auto status = target.prepareState(key, state);
    return status ? static_cast<Outcome>(target.pendingSerial()) : fail(status.error());
  });
}

// path := value, an array of strings
EMSCRIPTEN_KEEPALIVE Outcome isthmus_watch(Id store, Id watch, std::uint32_t length) {
  return onStore(store, [&](Store& target) {
    Arguments arguments(length);
    const auto tokens = arguments.value();
    if (arguments.failed()) return arguments.failure();
    Path path;
    for (const auto& token : tokens.items()) path.emplace_back(token.string());
    target.watchers().add(watch, path);
    return 0;
  });
}

EMSCRIPTEN_KEEPALIVE Outcome isthmus_unwatch(Id store, Id watch) {
  return onStore(store, [&](Store& target) {
    return target.watchers().remove(watch) ? 0 : failUnknown("watch");
  });
}

// Answers with the slices' states, shown: varint count, (string key, shown state)*, released.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_readStates(Id store) {
  return onStore(store, [](const Store& target) { return answerStates(target.states()); });
}

// type := string; names an action type for the hot path
EMSCRIPTEN_KEEPALIVE Outcome isthmus_nameType(Id id, std::uint32_t length) {
  Arguments arguments(length);
  const auto type = arguments.text();
  if (arguments.failed()) return arguments.failure();
  engine().types.put(id, Key(type));
  return 0;
}

EMSCRIPTEN_KEEPALIVE Outcome isthmus_forgetType(Id type) {
  return engine().types.remove(type) ? 0 : failUnknown("action type");
}

// The names behind the numbers of error codes, in order.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_errorCodes() {
  return answerNames<ErrorCode>(kErrorCodeCount);
}
}
