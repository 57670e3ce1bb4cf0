#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "reducer/program.h"
#include "value/codec.h"
#include "value/key.h"
#include "value/value.h"

namespace isthmus {

// Whose entry it is, and the how manieth of its row. Beginnings of slices have a row of their own
// beside that of their sender's actions (see `rowOfBeginnings`).
struct EntryId {
  Key sender;
  std::uint64_t seq = 0;

  explicit operator bool() const { return bool(sender); }
  friend bool operator==(const EntryId&, const EntryId&) = default;
};

// Causes that an entry may have.
inline constexpr std::size_t kMostCauses = 64;

// Numbers of one row, `first` to `last`.
struct Run {
  Key sender;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

// Where a slice's state begins: at its seed, of which all that have the same one know the content.
struct Beginning {
  Key slice;               // as slices are called in the log (log/histories.h)
  EntryId replaces = {};   // the beginning that it follows on, or none
  std::uint64_t seed = 0;  // a digest of the state
};

// One crossing action, or a slice's beginning, as it stands in the log. Nothing of it changes but
// its reading.
struct Entry {
  EntryId id;
  double clock = 0;
  // The latest of each other row that its sender had learnt of since its entry before.
  std::vector<EntryId> after = {};
  std::uint64_t first = 1;  // the number of its sender's first entry
  bool isRepaired = true;   // its sender keeps a log, and can send again what is missing
  std::optional<Beginning> beginning = {};
  Bytes message = {};     // as it travels, in the binary form
  std::size_t bytes = 0;  // that it takes, about
  // What this store makes of it, once it was asked: the action as its reducers see it, or nothing.
  mutable std::optional<std::optional<Action>> reading = {};
  mutable bool isRefused = false;  // by a reducer here, when it was played last
};
using EntryPtr = std::shared_ptr<const Entry>;

// The tentative order: by clock, then sender, then number, as of stamps (bridge/last_applied.h).
bool isBefore(const Entry& a, const Entry& b);

// As it travels.
Value messageOf(const Entry& entry);

// An action as reducers see it.
Action toAction(const Value& action);

// The row of a sender's beginnings, and whose row it is.
Key rowOfBeginnings(const Key& sender);
Key senderOf(const Key& row);
bool isOfBeginnings(const Key& row);

}  // namespace isthmus
