#include "log/digest.h"

#include "value/codec.h"

namespace isthmus {

std::uint64_t digestOf(const Value& value) {
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325U;
  for (const auto byte : encode(value)) hash = (hash ^ byte) * 0x0000'0100'0000'01B3U;
  return hash >> 11U;
}

}  // namespace isthmus
