#pragma once

#include <memory>
#include <unordered_map>

#include "bridge/bridge.h"
#include "reducer/program.h"
#include "store/store.h"

namespace isthmus::bindings {

// Things that JavaScript names by number. Numbers count up from 1 and are never used again, so a
// stale one names nothing.
template <typename T>
class Table {
 public:
  std::uint32_t add(T thing) {
    things_.emplace(++last_, std::move(thing));
    return last_;
  }
  T* find(std::uint32_t id) {
    const auto found = things_.find(id);
    return found == things_.end() ? nullptr : &found->second;
  }
  bool remove(std::uint32_t id) { return things_.erase(id) > 0; }

 private:
  std::uint32_t last_ = 0;
  std::unordered_map<std::uint32_t, T> things_;
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
