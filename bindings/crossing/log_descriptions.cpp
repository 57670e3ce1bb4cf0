#include "log_descriptions.h"

#include <algorithm>

#include "log/action_keys.h"
#include "value/object_builder.h"

namespace isthmus::bindings {

std::string textOf(const EntryId& id) {
  return id.sender ? id.sender.text() + ":" + std::to_string(id.seq) : "";
}

namespace {

Value numberOf(std::uint64_t number) { return Value(static_cast<double>(number)); }

Value refusedBy(const Log& log, Place place) {
  Value::Items keys;
  for (const auto& slice : log.histories().slices()) {
    const auto& refused = slice.refused;
    if (std::find(refused.begin(), refused.end(), place) != refused.end()) {
      keys.emplace_back(slice.slice.key.text());
    }
  }
  return Value(std::move(keys));
}

Value describeEntry(const Log& log, Place place) {
  const Entry& entry = *log.order().at(place);
  const Value message = messageOf(entry);
  const Value* const action = message.isObject() ? message.find(Key("action")) : nullptr;
  const bool isSettled = place <= log.head().n;
  ObjectBuilder object;
  object.set("id", Value(textOf(entry.id)));
  object.set("type", action == nullptr ? Value("@@isthmus/begin/" + entry.beginning->slice.text())
                                       : *action->find(typeKey()));
  object.set("at", Value(entry.clock));
  object.set("state", Value(place <= log.stable() ? "stable"
                            : isSettled           ? "settled"
                                                  : "tentative"));
  object.set("refusedBy", refusedBy(log, place));
  return std::move(object).build();
}

Value describeSlice(const Log& log, const Histories::Slice& slice, Time now) {
  const auto waiting = log.waiting(now);
  const bool waits = std::find(waiting.begin(), waiting.end(), slice.slice.name) != waiting.end();
  Value::Items others;
  for (const auto& name : log.otherReleasesOf(slice.slice.name)) others.emplace_back(name.text());
  ObjectBuilder object;
  object.set("key", Value(slice.slice.key.text()));
  object.set("otherReleases", Value(std::move(others)));
  object.set("name", Value(slice.slice.name.text()));
  object.set("lineage", Value(textOf(slice.now.lineage)));
  object.set("status", Value(waits ? "waiting" : slice.now.isValid ? "shared" : "alone"));
  return std::move(object).build();
}

Value describePeer(const Log::Peer& peer, Time now) {
  ObjectBuilder object;
  object.set("id", Value(peer.id.text()));
  object.set("head", numberOf(peer.head.n));
  object.set("heardMsAgo", Value(now - peer.at));
  return std::move(object).build();
}

}  // namespace

Value describeEntries(const Log& log) {
  Value::Items entries;
  for (Place place = log.order().end(); place > log.order().base().n; --place) {
    entries.push_back(describeEntry(log, place));
  }
  return Value(std::move(entries));
}

Value describe(const Log& log, Time now) {
  const Order& order = log.order();
  Value::Items slices;
  for (const auto& slice : log.histories().slices()) {
    slices.push_back(describeSlice(log, slice, now));
  }
  Value::Items peers;
  for (const auto& peer : log.peers()) peers.push_back(describePeer(peer, now));
  ObjectBuilder object;
  object.set("id", Value(log.options().self.text()));
  object.set("head", numberOf(order.head().n));
  object.set("base", numberOf(order.base().n));
  object.set("bytes", numberOf(order.bytes()));
  object.set("tentative", numberOf(order.tentative().size()));
  object.set("keeper", Value(log.isKeeper()));
  object.set("joining", Value(log.isJoining()));
  object.set("peers", Value(std::move(peers)));
  object.set("slices", Value(std::move(slices)));
  return std::move(object).build();
}

}  // namespace isthmus::bindings
