#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>

#include "buffers.h"
#include "reducer/program.h"
#include "store/store.h"

namespace isthmus::bindings {

// Things that JavaScript names by number, from 1. It gives the numbers, so that another instance of
// the engine can have the same things under the same ones, and may give one again once its thing
// was removed. The list is replaced as a whole when it grows: it can be read at any instruction.
template <typename T>
class Table {
 public:
  // Made of `parts` where it stays.
  template <typename... Parts>
  T& put(std::uint32_t id, Parts&&... parts) {
    auto* const thing = new T{std::forward<Parts>(parts)...};
    if (id >= things_->size()) grow(id);
    (*things_)[id] = thing;
    return *thing;
  }
  T* find(std::uint32_t id) const { return id < things_->size() ? (*things_)[id] : nullptr; }
  bool remove(std::uint32_t id) {
    T* const thing = find(id);
    if (thing == nullptr) return false;
    (*things_)[id] = nullptr;
    delete thing;
    return true;
  }

 private:
  using Things = Vector<T*>;

  void grow(std::uint32_t id) {
    auto larger = std::make_unique<Things>(std::size_t{id} * 2 + 8);
    std::copy(things_->begin(), things_->end(), larger->begin());
    things_ = std::move(larger);
  }

  std::unique_ptr<Things> things_ = std::make_unique<Things>();
};

// The states that were made last for JavaScript, which may hold them alone: keeping their nodes
// makes the next action an update instead of a reading of the whole state.
class MadeStates {
 public:
  // Of a slice that converges, so that any state that its log may go back to is found.
  void keepLine() { most_ = kLine; }
  const Value& hold(Value state) {
    if (states_.size() < most_) return states_.emplace_back(std::move(state));
    Value& oldest = states_[oldest_];
    oldest_ = (oldest_ + 1) % most_;
    return oldest = std::move(state);
  }

 private:
  static constexpr std::size_t kLine = 2048;

  std::size_t most_ = 1;
  std::size_t oldest_ = 0;  // once there are so many
  Vector<Value> states_;
};

struct Definition {
  std::shared_ptr<const Program> program;
  MadeStates made = {};
};

struct Engine {
  Table<Key> types;  // action types by number
  Table<Definition> definitions;
  Table<Store> stores;
  // A store whose pending action comes with what a log has changed: bindings/crossing has it.
  const Store* converging = nullptr;
};

Engine& engine();

// Commits the store's pending action, with what its log has changed; and the other way.
void commitPending(Store& store);
void discardPending(Store& store);

// Where one is 0 it is the default.
ActionLimits actionLimits(std::size_t bytes, std::size_t steps);

Error unknownId(const char* what);
Outcome failUnknown(const char* what);

// What a call makes of a thing that JavaScript names by number, or that it does not exist.
template <typename T, typename Call>
Outcome on(const Table<T>& things, const char* what, std::uint32_t id, const Call& call) {
  T* const thing = things.find(id);
  return thing == nullptr ? failUnknown(what) : call(*thing);
}
template <typename Call>
Outcome onStore(std::uint32_t id, const Call& call) {
  return on(engine().stores, "store", id, call);
}
template <typename Call>
Outcome onDefinition(std::uint32_t id, const Call& call) {
  return on(engine().definitions, "definition", id, call);
}

}  // namespace isthmus::bindings
