#pragma once

#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "log/action_keys.h"
#include "log/log.h"
#include "native/log/entries.h"

// The log that is given any messages, and what is demanded of it.
namespace isthmus::fuzz {

inline void demand(bool holds) {
  if (!holds) std::abort();
}

inline ConvergingSlice notes(bool isScripted) {
  static const auto kProgram = std::make_shared<const Program>(Program::compile(json(R"({
      "name": "notes", "initialState": { "n": 0, "list": [] },
      "reducers": { "inc": [{ "op": "inc", "path": "/n" }],
                    "add": [{ "op": "push", "path": "/list", "value": 1 }],
                    "take": [{ "op": "remove", "path": "/list/0" }] } })"))
                                                                   .value());
  const Key name(isScripted ? "script" : "notes");
  const Value& initial = kProgram->initialState();
  return {name, name, isScripted ? nullptr : kProgram, initial, 1, initial, 1, true};
}

inline LogOptions smallLog() {
  LogOptions options;
  options.self = Key("self");
  options.keep = 3;
  options.entries = 24;
  options.batch = 8;
  return options;
}

inline std::optional<Action> readAction(const Entry& entry) {
  const Value message = messageOf(entry);
  const Value* const action = message.find(Key("action"));
  if (action == nullptr) return std::nullopt;
  return Action{Key(action->find(typeKey())->string()), {}, {}};
}

// Settled and tentative by some of `a` and `b`, with two slices, of which JavaScript holds one.
inline Log makeLog() {
  Log log(smallLog(), readAction);
  log.setTimeOfDay(1000);
  log.inject(notes(false), 1);
  log.inject(notes(true), 1);
  log.start(1);
  for (std::uint64_t seq = 1; seq <= 3; ++seq) {
    log.learn(entryOf("a", seq, static_cast<double>(seq)), 2);
    log.learn(entryOf("b", seq, static_cast<double>(seq) + 0.5), 2);
  }
  return log;
}

inline void demandOrder(const Order& order) {
  demand(order.head().n == order.base().n + order.settled().size());
  std::size_t bytes = 0;
  const Entry* before = nullptr;
  for (const auto& [entry, since] : order.tentative()) {
    demand(before == nullptr || !isBefore(*entry, *before));
    demand(!order.covered().covers(entry->id));
    before = entry.get();
    bytes += entry->bytes;
  }
  for (const auto& entry : order.settled()) {
    demand(order.covered().covers(entry->id));
    bytes += entry->bytes;
  }
  demand(bytes == order.bytes());
}

// Each history ends where a fold from its beginning does.
inline void demandFold(const Log& log) {
  const auto* const slice = log.histories().find(Key("notes"));
  if (slice == nullptr) return;
  const Order& order = log.order();
  demand(slice->since >= order.base().n && slice->since <= order.head().n);
  Cell cell = Histories::at(*slice, slice->since);
  Histories histories(log.options().work);
  histories.put(slice->slice, slice->since, cell);
  for (Place place = slice->since + 1; place <= order.end(); ++place) {
    const auto& entry = *order.at(place);
    const auto action = entry.beginning ? std::nullopt : readAction(entry);
    histories.play(place, entry, action ? &*action : nullptr);
  }
  const Cell& now = histories.find(Key("notes"))->now;
  demand(equal(now.state, slice->now.state) && now.isValid == slice->now.isValid &&
         now.lineage == slice->now.lineage);
}

}  // namespace isthmus::fuzz
