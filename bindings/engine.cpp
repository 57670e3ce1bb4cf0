#include "engine.h"

namespace isthmus::bindings {

Engine& engine() {
  static Engine instance;
  return instance;
}

namespace {

// Whether the bridge is in the midst of a commit that its store has made.
bool isCommitting(const Bridge& bridge) {
  const auto& joint = engine().joint;
  return joint.bridge == &bridge && joint.store->serial() == joint.serial;
}

// The converging slices that the pending action changes.
std::vector<Key> changedIn(const Store& store, const Log* log) {
  if (log == nullptr || !log->isRebaseTold()) return {};
  auto keys = store.pendingKeys();
  const auto& slices = log->histories().slices();
  std::erase_if(keys, [&](const Key& key) {
    return std::none_of(slices.begin(), slices.end(),
                        [&](const auto& slice) { return slice.slice.key == key; });
  });
  return keys;
}

// What the log has changed is committed.
void show(Log& log, const Store& store, std::vector<Key> changed) {
  log.committed(std::move(changed));
  for (const auto& slice : log.histories().slices()) {
    const Value* const state =
        slice.slice.program == nullptr ? nullptr : store.find(slice.slice.key);
    if (state != nullptr) log.shown(slice.slice.name, *state);
  }
}

}  // namespace

void commitJointly(Store& store, Bridge& bridge) {
  auto changed = changedIn(store, bridge.log());
  engine().joint = {&store, store.pendingSerial(), &bridge, &bridge.books()};
  store.commit();
  bridge.commitSettle();
  if (bridge.log() != nullptr) show(*bridge.log(), store, std::move(changed));
  engine().joint = {};
}

void commitPending(Store& store) {
  const auto [of, serial, bridge, wasOwn, time] = std::exchange(engine().converging, {});
  if (of != &store || serial != store.pendingSerial()) return store.commit();
  const bool isOwn = wasOwn && bridge->isOwnPending();
  auto changed = changedIn(store, bridge->log());
  if (isOwn) {
    bridge->prepareCommitOwn();
    engine().joint = {&store, serial, bridge, &bridge->books(), &bridge->log()->books()};
  }
  store.commit();
  show(*bridge->log(), store, std::move(changed));
  if (isOwn) bridge->commitOwn(time);
  engine().joint = {};
}

void discardPending(Store& store) {
  const auto [of, serial, bridge, isOwn, time] = std::exchange(engine().converging, {});
  if (of == &store && isOwn) bridge->discardOwn();
  store.discard();
}

const Books& committedBooks(const Bridge& bridge) {
  const bool isHalf = engine().joint.before == &bridge.books() && isCommitting(bridge);
  return isHalf ? bridge.settledBooks() : bridge.books();
}

const Log::Books& committedLogBooks(const Bridge& bridge) {
  const Log& log = *bridge.log();
  const bool isHalf = engine().joint.logBefore == &log.books() && isCommitting(bridge);
  return isHalf ? log.booksAfterOwn() : log.books();
}

std::vector<Store::Given> statesOf(const Log& log, const Store& store) {
  std::vector<Store::Given> given;
  for (const auto& slice : log.histories().slices()) {
    if (slice.slice.program == nullptr) continue;
    const Value* const shown = store.find(slice.slice.key);
    if (shown == nullptr || shown->identical(slice.now.state)) continue;
    given.push_back({slice.slice.key, slice.now.state});
  }
  return given;
}

Error unknownId(const char* what) {
  return {ErrorCode::UnknownId, std::string("this ") + what + " does not exist or is gone"};
}

Outcome failUnknown(const char* what) { return fail(unknownId(what)); }

}  // namespace isthmus::bindings
