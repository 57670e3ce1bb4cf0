// The control plane, called rarely: definitions, slices, watches, bridges. Embind free functions
// over numbers; everything else stands in the input and output buffers (bindings/buffers.h).

#include <emscripten/bind.h>

#include "answers.h"
#include "arguments.h"
#include "engine.h"
#include "value/recent_arrays.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

using Id = std::uint32_t;

Outcome done(const Status& status) { return status ? 0 : fail(status.error()); }

Outcome answerPlain(const Value& value) {
  Encoder(answer()).value(value);
  return 1;
}

// What follows is made under the number that JavaScript gives it.

// definition := value
Outcome defineProgram(Id id, std::uint32_t length) {
  Arguments arguments(length);
  const auto definition = arguments.value();
  if (arguments.failed()) return arguments.failure();
  auto program = Program::compile(definition);
  if (!program) return fail(program.error());
  engine().definitions.put(id, std::make_shared<const Program>(std::move(program).value()));
  return 0;
}

// Slices that have the program keep it.
Outcome removeProgram(Id definition) {
  return engine().definitions.remove(definition) ? 0 : failUnknown("definition");
}

// Where one is 0 it is the default.
ActionLimits actionLimits(std::size_t bytes, std::size_t steps) {
  const ActionLimits standard;
  return {bytes == 0 ? standard.bytes : bytes, steps == 0 ? standard.steps : steps};
}

// The serial number of its last action is that of the store whose place it takes, or 0.
Outcome createStore(Id id, std::uint32_t serial, std::uint32_t bytes, std::uint32_t steps) {
  engine().stores.put(id, serial, actionLimits(bytes, steps));
  return 0;
}

Outcome destroyStore(Id store) {
  if (!engine().stores.remove(store)) return failUnknown("store");
  RecentArrays::forget();
  return answerChange({});
}

Outcome answerChanged(const Result<Store::Change>& change) {
  return change ? answerChange(change.value()) : fail(change.error());
}

// slice := string key, [value preloaded]
Outcome injectSlice(Id store, Id definition, std::uint32_t length) {
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
Outcome replaceSlice(Id store, Id definition, std::uint32_t length) {
  return onStore(store, [&](Store& target) {
    return onDefinition(definition, [&](const Definition& source) {
      Arguments arguments(length);
      const Key key(arguments.text());
      if (arguments.failed()) return arguments.failure();
      return done(target.replace(key, source.program));
    });
  });
}

Outcome removeSlice(Id store, std::uint32_t length) {
  return onStore(store, [&](Store& target) {
    Arguments arguments(length);
    const Key key(arguments.text());
    if (arguments.failed()) return arguments.failure();
    return answerChanged(target.remove(key));
  });
}

// string key, value state; to be committed or discarded like an action, under the serial number
// that it answers with
Outcome prepareState(Id store, std::uint32_t length) {
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
Outcome watch(Id store, Id watch, std::uint32_t length) {
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

Outcome unwatch(Id store, Id watch) {
  return onStore(store, [&](Store& target) {
    return target.watchers().remove(watch) ? 0 : failUnknown("watch");
  });
}

// Answers with the slices' states, shown: varint count, (string key, shown state)*, released.
Outcome readStates(Id store) {
  return onStore(store, [](const Store& target) { return answerStates(target.states()); });
}

// type := string; names an action type for the hot path
Outcome nameType(Id id, std::uint32_t length) {
  Arguments arguments(length);
  const auto type = arguments.text();
  if (arguments.failed()) return arguments.failure();
  engine().types.put(id, Key(type));
  return 0;
}

Outcome forgetType(Id type) { return engine().types.remove(type) ? 0 : failUnknown("action type"); }

// options := string sender, string store, varint each of the limits in this order, varint 1 with a
// legacy channel or 0, varint its schemaVersion or 0
Outcome createBridge(Id id, std::uint32_t length) {
  Arguments arguments(length);
  BridgeOptions options;
  options.sender = arguments.text();
  options.store = arguments.text();
  for (std::size_t* const limit :
       {&options.bytes, &options.limits.depth, &options.limits.entries, &options.senders,
        &options.window, &options.types, &options.rejects, &options.park.bytes,
        &options.park.messages, &options.park.ms, &options.work.bytes, &options.work.steps}) {
    *limit = arguments.varint();
  }
  options.limits.stringBytes = options.bytes;
  options.work = actionLimits(options.work.bytes, options.work.steps);
  options.legacy = arguments.varint() != 0;
  options.legacyVersion = arguments.varint();
  if (arguments.failed()) return arguments.failure();
  engine().bridges.put(id, std::move(options));
  return 0;
}

// books, as salvaged. Of the accepted messages that are not settled only so many are known to
// JavaScript; it is told how many there are.
Outcome restoreBooks(Id bridge, std::uint32_t unsettled, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    Decoder decoder = inputDecoder(length);
    auto books = load(decoder, target.options());
    if (!books) return fail(books.error());
    auto& messages = books.value().unsettled;
    if (messages.size() > unsettled) messages.resize(unsettled);
    target.restore(books.value());
    return static_cast<Outcome>(messages.size());
  });
}

Outcome destroyBridge(Id bridge) {
  return engine().bridges.remove(bridge) ? 0 : failUnknown("bridge");
}

// string type, string owner, value contract
Outcome addContract(Id bridge, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto type = arguments.text();
    const auto owner = arguments.text();
    const auto definition = arguments.value();
    if (arguments.failed()) return arguments.failure();
    return done(target.addContract(type, definition, owner));
  });
}

// owner := string
Outcome removeContracts(Id bridge, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto owner = arguments.text();
    if (arguments.failed()) return arguments.failure();
    target.removeContracts(owner);
    return 0;
  });
}

Outcome describeContracts(Id bridge) {
  return onBridge(bridge,
                  [](const Bridge& target) { return answerPlain(target.contracts().toValue()); });
}

// Counts what JavaScript found before there were bytes to decide about.
Outcome countDrop(Id bridge, std::uint32_t reason) {
  return onBridge(bridge, [&](Bridge& target) {
    if (reason >= kDropReasonCount) return failUnknown("drop reason");
    target.countDrop(static_cast<DropReason>(reason), {});
    return 0;
  });
}

// type := string, unknown where it cannot be read
Outcome countRefusal(Id bridge, std::uint32_t reason, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    if (reason >= kDropReasonCount) return failUnknown("drop reason");
    target.countRefusal(static_cast<DropReason>(reason), Arguments(length).text());
    return 0;
  });
}

// type := string, unknown where it cannot be read; of what was counted as sent and could not be
// posted
Outcome countUnsent(Id bridge, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    target.countUnsent(Arguments(length).text());
    return 0;
  });
}

Outcome counters(Id bridge) {
  return onBridge(bridge,
                  [](const Bridge& target) { return answerPlain(target.counters().toValue()); });
}

template <typename Enum>
Outcome answerNames(std::size_t count) {
  Value::Items names;
  for (std::size_t i = 0; i < count; ++i) names.emplace_back(toString(static_cast<Enum>(i)));
  return answerPlain(Value(std::move(names)));
}

// The names behind the numbers of error codes and drop reasons, in order.
Outcome errorCodes() { return answerNames<ErrorCode>(kErrorCodeCount); }
Outcome dropReasons() { return answerNames<DropReason>(kDropReasonCount); }

}  // namespace

EMSCRIPTEN_BINDINGS(isthmus) {
  emscripten::function("defineProgram", &defineProgram);
  emscripten::function("removeProgram", &removeProgram);
  emscripten::function("createStore", &createStore);
  emscripten::function("destroyStore", &destroyStore);
  emscripten::function("injectSlice", &injectSlice);
  emscripten::function("replaceSlice", &replaceSlice);
  emscripten::function("removeSlice", &removeSlice);
  emscripten::function("prepareState", &prepareState);
  emscripten::function("readStates", &readStates);
  emscripten::function("nameType", &nameType);
  emscripten::function("forgetType", &forgetType);
  emscripten::function("watch", &watch);
  emscripten::function("unwatch", &unwatch);
  emscripten::function("createBridge", &createBridge);
  emscripten::function("restoreBooks", &restoreBooks);
  emscripten::function("destroyBridge", &destroyBridge);
  emscripten::function("addContract", &addContract);
  emscripten::function("removeContracts", &removeContracts);
  emscripten::function("describeContracts", &describeContracts);
  emscripten::function("countDrop", &countDrop);
  emscripten::function("countRefusal", &countRefusal);
  emscripten::function("countUnsent", &countUnsent);
  emscripten::function("counters", &counters);
  emscripten::function("errorCodes", &errorCodes);
  emscripten::function("dropReasons", &dropReasons);
}
