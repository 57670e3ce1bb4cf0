#pragma once

#include "value/key.h"

namespace isthmus {

// The keys of every action, looked up once.
inline const Key& typeKey() {
  static const auto* const key = new Key("type");
  return *key;
}
inline const Key& payloadKey() {
  static const auto* const key = new Key("payload");
  return *key;
}
inline const Key& metaKey() {
  static const auto* const key = new Key("meta");
  return *key;
}

// And those of its marks.
inline const Key& crossAppKey() {
  static const auto* const key = new Key("crossApp");
  return *key;
}
inline const Key& originKey() {
  static const auto* const key = new Key("origin");
  return *key;
}

}  // namespace isthmus
