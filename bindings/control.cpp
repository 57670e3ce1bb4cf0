// The control plane, called rarely: definitions, slices, watches, bridges. Embind free functions
// over numbers; everything else stands in the input and output buffers (bindings/buffers.h).

#include <emscripten/bind.h>

#include "answers.h"
#include "engine.h"
#include "value/recent_arrays.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

using Id = std::uint32_t;

Outcome done(const Status& status) { return status ? 0 : fail(status.error()); }

Outcome answerPlain(const Value& value) {
  Writer(answer()).value(value);
  return 1;
}

// What follows is made under the number that JavaScript gives it.

// definition := value
Outcome defineProgram(Id id, std::uint32_t length) {
  const auto definition = arguments(length).value();
  if (!definition) return fail(definition.error());
  auto program = Program::compile(definition.value());
  if (!program) return fail(program.error());
  engine().definitions.put(id, std::make_shared<const Program>(std::move(program).value()),
                           Value());
  return 0;
}

// Slices that have the program keep it.
Outcome removeProgram(Id definition) {
  return engine().definitions.remove(definition) ? 0 : fail(unknownId("definition"));
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
  if (!engine().stores.remove(store)) return fail(unknownId("store"));
  RecentArrays::forget();
  return answerChange({});
}

// slice := string key, [value preloaded]
Outcome injectSlice(Id store, Id definition, std::uint32_t length) {
  Store* const target = engine().stores.find(store);
  const Definition* const source = engine().definitions.find(definition);
  if (target == nullptr || source == nullptr) return fail(unknownId("store or definition"));
  Reader reader = arguments(length);
  const auto key = reader.text();
  if (!key) return fail(key.error());
  const Key name(key.value());
  std::optional<Value> preloaded;
  if (!reader.atEnd()) {
    auto value = reader.value();
    if (!value) return fail(value.error());
    preloaded = std::move(value).value();
  }
  const auto change = target->inject(name, source->program, preloaded);
  return change ? answerChange(change.value()) : fail(change.error());
}

// key := string
Outcome replaceSlice(Id store, Id definition, std::uint32_t length) {
  Store* const target = engine().stores.find(store);
  const Definition* const source = engine().definitions.find(definition);
  if (target == nullptr || source == nullptr) return fail(unknownId("store or definition"));
  const auto key = Reader(input(length), {}).text();
  return key ? done(target->replace(Key(key.value()), source->program)) : fail(key.error());
}

Outcome removeSlice(Id store, std::uint32_t length) {
  Store* const target = engine().stores.find(store);
  if (target == nullptr) return fail(unknownId("store"));
  const auto key = Reader(input(length), {}).text();
  if (!key) return fail(key.error());
  const auto change = target->remove(Key(key.value()));
  return change ? answerChange(change.value()) : fail(change.error());
}

// string key, value state; to be committed or discarded like an action, under the serial number
// that it answers with
Outcome prepareState(Id store, std::uint32_t length) {
  Store* const target = engine().stores.find(store);
  if (target == nullptr) return fail(unknownId("store"));
  Reader reader = arguments(length);
  const auto key = reader.text();
  if (!key) return fail(key.error());
  const Key name(key.value());
  const auto state = reader.value();
  if (!state) return fail(state.error());
  const auto status = target->prepareState(name, state.value());
  return status ? static_cast<Outcome>(target->pendingSerial()) : fail(status.error());
}

// path := value, an array of strings
Outcome watch(Id store, Id watch, std::uint32_t length) {
  Store* const target = engine().stores.find(store);
  if (target == nullptr) return fail(unknownId("store"));
  const auto tokens = arguments(length).value();
  if (!tokens) return fail(tokens.error());
  Path path;
  for (const auto& token : tokens.value().items()) path.emplace_back(token.string());
  target->watchers().add(watch, path);
  return 0;
}

Outcome unwatch(Id store, Id watch) {
  Store* const target = engine().stores.find(store);
  return target != nullptr && target->watchers().remove(watch) ? 0 : fail(unknownId("watch"));
}

// Answers with the slices' states, shown: varint count, (string key, shown state)*, released.
Outcome readStates(Id store) {
  Store* const target = engine().stores.find(store);
  return target == nullptr ? fail(unknownId("store")) : answerStates(target->states());
}

// type := string; names an action type for the hot path
Outcome nameType(Id id, std::uint32_t length) {
  const auto type = Reader(input(length), {}).text();
  if (!type) return fail(type.error());
  engine().types.put(id, Key(type.value()));
  return 0;
}

Outcome forgetType(Id type) {
  return engine().types.remove(type) ? 0 : fail(unknownId("action type"));
}

// options := string sender, string store, varint each of the limits in this order, varint 1 with a
// legacy channel or 0, varint its schemaVersion or 0
Outcome createBridge(Id id, std::uint32_t length) {
  Reader reader = arguments(length);
  const auto sender = reader.text();
  if (!sender) return fail(sender.error());
  BridgeOptions options;
  options.sender = sender.value();
  const auto store = reader.text();
  if (!store) return fail(store.error());
  options.store = store.value();
  for (std::size_t* const limit :
       {&options.bytes, &options.limits.depth, &options.limits.entries, &options.senders,
        &options.window, &options.types, &options.rejects, &options.park.bytes,
        &options.park.messages, &options.park.ms, &options.work.bytes, &options.work.steps}) {
    const auto value = reader.varint();
    if (!value) return fail(value.error());
    *limit = value.value();
  }
  options.limits.stringBytes = options.bytes;
  options.work = actionLimits(options.work.bytes, options.work.steps);
  const auto legacy = reader.varint();
  if (!legacy) return fail(legacy.error());
  options.legacy = legacy.value() != 0;
  const auto legacyVersion = reader.varint();
  if (!legacyVersion) return fail(legacyVersion.error());
  options.legacyVersion = legacyVersion.value();
  engine().bridges.put(id, std::move(options));
  return 0;
}

// books, as salvaged. Of the accepted messages that are not settled only so many are known to
// JavaScript; it is told how many there are.
Outcome restoreBooks(Id bridge, std::uint32_t unsettled, std::uint32_t length) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  Reader reader(input(length), {});
  auto books = load(reader, target->options());
  if (!books) return fail(books.error());
  auto& messages = books.value().unsettled;
  if (messages.size() > unsettled) messages.resize(unsettled);
  target->restore(books.value());
  return static_cast<Outcome>(messages.size());
}

Outcome destroyBridge(Id bridge) {
  return engine().bridges.remove(bridge) ? 0 : fail(unknownId("bridge"));
}

// string type, string owner, value contract
Outcome addContract(Id bridge, std::uint32_t length) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  Reader reader = arguments(length);
  const auto type = reader.text();
  if (!type) return fail(type.error());
  const auto owner = reader.text();
  if (!owner) return fail(owner.error());
  const auto definition = reader.value();
  if (!definition) return fail(definition.error());
  return done(target->addContract(type.value(), definition.value(), owner.value()));
}

// owner := string
Outcome removeContracts(Id bridge, std::uint32_t length) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  const auto owner = Reader(input(length), {}).text();
  if (!owner) return fail(owner.error());
  target->removeContracts(owner.value());
  return 0;
}

Outcome describeContracts(Id bridge) {
  Bridge* const target = engine().bridges.find(bridge);
  return target == nullptr ? fail(unknownId("bridge")) : answerPlain(target->contracts().toValue());
}

// Counts what JavaScript found before there were bytes to decide about.
Outcome countDrop(Id bridge, std::uint32_t reason) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  if (reason >= kDropReasonCount) return fail(unknownId("drop reason"));
  target->countDrop(static_cast<DropReason>(reason), {});
  return 0;
}

// type := string
Outcome countRefusal(Id bridge, std::uint32_t reason, std::uint32_t length) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  if (reason >= kDropReasonCount) return fail(unknownId("drop reason"));
  const auto type = Reader(input(length), {}).text();
  target->countRefusal(static_cast<DropReason>(reason), type ? type.value() : "");
  return 0;
}

// type := string; of what was counted as sent and could not be posted
Outcome countUnsent(Id bridge, std::uint32_t length) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  const auto type = Reader(input(length), {}).text();
  target->countUnsent(type ? type.value() : "");
  return 0;
}

Outcome counters(Id bridge) {
  Bridge* const target = engine().bridges.find(bridge);
  return target == nullptr ? fail(unknownId("bridge")) : answerPlain(target->counters().toValue());
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
