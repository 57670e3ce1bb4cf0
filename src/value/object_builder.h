#pragma once

#include <unordered_map>

#include "value/value.h"

namespace isthmus {

// Collects members into JavaScript's key order: integer-like keys ascending, then the others as
// they came. Setting a key again replaces its value in place, as assignment does.
class ObjectBuilder {
 public:
  void reserve(std::size_t count) { members_.reserve(count); }
  ObjectBuilder& set(Key key, Value value);
  ObjectBuilder& set(std::string_view key, Value value) { return set(Key(key), std::move(value)); }
  Value build() &&;

 private:
  Value* slotOf(const Key& key);

  Value::Members members_;
  std::unordered_map<Key, std::size_t, KeyHash> positions_;  // filled once there are many members
  bool ordered_ = true;
};

}  // namespace isthmus
