#include "contract/json_hash.h"

#include <functional>
#include <string_view>

namespace isthmus {
namespace {

// Constants of xxHash, whose low bits are well mixed.
std::size_t mix(std::size_t hash) {
  hash ^= hash >> 15U;
  hash *= static_cast<std::size_t>(0x9E37'79B1'85EB'CA87U);
  return hash ^ (hash >> (sizeof hash * 4U - 3U));
}

std::size_t hashNumber(double number) { return std::hash<double>{}(number == 0 ? 0.0 : number); }

}  // namespace

std::size_t hashJson(const Value& value, WorkBudget& work) {
  if (!work.spend()) return 0;
  std::size_t hash = static_cast<std::size_t>(value.kind()) + 1;
  switch (value.kind()) {
    case Kind::Null:
      break;
    case Kind::Boolean:
      hash += value.boolean() ? 16U : 32U;
      break;
    case Kind::Number:
      hash += hashNumber(value.number());
      break;
    case Kind::String:
      work.spend(value.string().size() / 16);
      hash += std::hash<std::string_view>{}(value.string());
      break;
    case Kind::Array:
      for (const auto& item : value.items()) hash = mix(hash) + hashJson(item, work);
      break;
    case Kind::Object:
      for (const auto& [key, member] : value.members()) {
        hash += mix(hashJson(member, work) + mix(key.hash()));
      }
      break;
  }
  return mix(hash);
}

}  // namespace isthmus
