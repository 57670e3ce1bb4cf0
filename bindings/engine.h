#pragma once

#include <memory>
#include <vector>

#include "bridge/bridge.h"
#include "reducer/program.h"
#include "store/store.h"

namespace isthmus::bindings {

// Things that JavaScript names by number. Numbers count up from 1 and are never used again, so a
// stale one names nothing: its place stays empty.
template <typename T>
class Table {
 public:
  // Made of `parts` where it stays.
  template <typename... Parts>
  std::uint32_t add(Parts&&... parts) {
    things_.emplace_back(new T{std::forward<Parts>(parts)...});
    return static_cast<std::uint32_t>(things_.size());
  }
  T* find(std::uint32_t id) {
    return id - 1 < things_.size() ? things_[id - 1].get() : nullptr;  // 0 wraps around
  }
  bool remove(std::uint32_t id) {
    const bool found = find(id) != nullptr;
    if (found) things_[id - 1].reset();
    return found;
  }

 private:
  std::vector<std::unique_ptr<T>> things_;
};

// A program with the last state it made for a plain Redux store, which only JavaScript holds:
// keeping its node makes the next action an update instead of a reading of the whole state.
struct Definition {
  std::shared_ptr<const Program> program;
  Value lastState;
};

struct Engine {
  Table<Key> types;  // action types by number
  Table<Definition> definitions;
  Table<Store> stores;
  Table<Bridge> bridges;
};

Engine& engine();

Error unknownId(const char* what);

}  // namespace isthmus::bindings
