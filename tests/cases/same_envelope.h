#pragma once

#include <span>

#include "log/envelope.h"
#include "value/codec.h"
#include "value/value.h"

namespace isthmus {

// Whether the quick way of reading an envelope, where it gives one, gives that of the other way.
inline bool readsAlike(std::span<const std::uint8_t> bytes, const Limits& limits) {
  const auto quick = readOrdered(bytes, limits);
  if (!quick) return true;
  const auto message = decode(bytes, limits);
  if (!message) return false;
  const auto envelope = readEnvelope(message.value());
  return envelope && equal(toValue(envelope.value()), toValue(*quick));
}

}  // namespace isthmus
