#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bridge/bridge.h"
#include "value/path.h"

namespace isthmus::calls {

// A slice of the model: its program and its state, which is copied with every change.
struct SliceModel {
  std::string key;
  std::size_t example;
  Value state;
};

// A store as it must be, by PlainProgram.
struct StoreModel {
  using Slices = std::vector<SliceModel>;

  std::uint32_t serial = 0;
  bool isTight = false;  // whether actions may be refused as too large
  Slices slices = {};
  std::map<std::uint32_t, Path> watches = {};
  std::optional<Slices> pending = {};
  std::vector<std::string> moving = {};  // keys of slices that may have a pending state

  SliceModel* find(const std::string& key);
  // At a path that begins with a slice's key.
  static const Value* at(const Slices& slices, const Path& path);
  // The slices after an action; nothing when it is refused.
  std::optional<Slices> after(const std::string& type, const Value& payload) const;
  std::vector<std::string> handling(const std::string& type) const;

  // Bytes and steps of an action, 0 for as many as there are by default.
  std::pair<std::uint32_t, std::uint32_t> limits() const {
    return isTight ? std::pair(700U, 60U) : std::pair(0U, 0U);
  }
  std::uint32_t nextSerial() const { return serial % 0x3FFF'FFFF + 1; }
  void commit();
};

// All that an instance holds. Bridges are the engine's own code, which nothing cuts off: a bridge
// that was cut off must be like one of them.
struct Model {
  std::vector<bool> definitions = {};
  std::array<std::optional<StoreModel>, 2> stores = {};
  std::array<std::shared_ptr<Bridge>, 2> bridges = {};  // shared until they change
};

}  // namespace isthmus::calls
