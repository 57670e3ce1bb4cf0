#include "crossing.h"

#include "bindings/converging.h"

namespace isthmus::bindings {

Crossing& crossing() {
  static Crossing instance;
  return instance;
}

namespace {

// Whether the bridge is in the midst of a commit that its store has made.
bool isCommitting(const Bridge& bridge) {
  const auto& joint = crossing().joint;
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

// The store's pending action with what its log has changed.
void commit(Store& store, const Converging& pending) {
  const auto [of, serial, bridge, wasOwn, time] = pending;
  const bool isOwn = wasOwn && bridge->isOwnPending();
  auto changed = changedIn(store, bridge->log());
  if (isOwn) {
    bridge->prepareCommitOwn();
    crossing().joint = {&store, serial, bridge, &bridge->books(), &bridge->log()->books()};
  }
  store.commit();
  show(*bridge->log(), store, std::move(changed));
  if (isOwn) bridge->commitOwn(time);
  crossing().joint = {};
}

}  // namespace

void commitJointly(Store& store, Bridge& bridge) {
  auto changed = changedIn(store, bridge.log());
  crossing().joint = {&store, store.pendingSerial(), &bridge, &bridge.books()};
  store.commit();
  bridge.commitSettle();
  if (bridge.log() != nullptr) show(*bridge.log(), store, std::move(changed));
  crossing().joint = {};
}

void setPending(const Converging& converging) {
  crossing().converging = converging;
  engine().converging = converging.store;
}

void endConverging(Store& store, bool isCommitted) {
  engine().converging = nullptr;
  const auto pending = std::exchange(crossing().converging, {});
  if (isCommitted && pending.serial == store.pendingSerial()) return commit(store, pending);
  if (pending.isOwn && !isCommitted) pending.bridge->discardOwn();
  isCommitted ? store.commit() : store.discard();
}

const Books& committedBooks(const Bridge& bridge) {
  const bool isHalf = crossing().joint.before == &bridge.books() && isCommitting(bridge);
  return isHalf ? bridge.settledBooks() : bridge.books();
}

const Log::Books& committedLogBooks(const Bridge& bridge) {
  const Log& log = *bridge.log();
  const bool isHalf = crossing().joint.logBefore == &log.books() && isCommitting(bridge);
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

}  // namespace isthmus::bindings
