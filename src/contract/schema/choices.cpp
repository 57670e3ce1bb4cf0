#include "contract/schema/choices.h"

#include <algorithm>
#include <limits>

#include "base/stable_order.h"
#include "contract/json_equality.h"
#include "contract/json_hash.h"

namespace isthmus {
namespace {

unsigned bitOf(const Value& value) { return 1U << static_cast<unsigned>(value.kind()); }

struct Hashed {
  Value value;
  std::size_t hash;
  std::size_t work;  // that the hash took; comparing takes no more
};

Hashed hashOf(const Value& value, WorkBudget& work) {
  const auto before = work.left();
  const auto hash = hashJson(value, work);
  return {value, hash, static_cast<std::size_t>(before - work.left())};
}

std::vector<Hashed> sortedByHash(const Sequence<Value>& items, WorkBudget& work) {
  std::vector<Hashed> hashed;
  for (const auto& item : items) hashed.push_back(hashOf(item, work));
  std::vector<Hashed> sorted;
  for (const auto at : stableOrder(hashed.size(), [&](std::uint32_t a, std::uint32_t b) {
         return hashed[a].hash < hashed[b].hash;
       })) {
    sorted.push_back(hashed[at]);
  }
  return sorted;
}

}  // namespace

Choices::Choices(const Sequence<Value>& values) {
  WorkBudget unbounded(std::numeric_limits<std::int64_t>::max());
  for (auto& [value, hash, work] : sortedByHash(values, unbounded)) {
    kinds_ |= bitOf(value);
    values_.push_back(std::move(value));
    hashes_.push_back(hash);
  }
}

bool Choices::include(const Value& value, WorkBudget& work) const {
  if ((kinds_ & bitOf(value)) == 0) return false;
  const auto wanted = hashOf(value, work);
  auto at = std::lower_bound(hashes_.begin(), hashes_.end(), wanted.hash) - hashes_.begin();
  for (; static_cast<std::size_t>(at) < hashes_.size(); ++at) {
    const auto index = static_cast<std::size_t>(at);
    if (hashes_[index] != wanted.hash || !work.spend(wanted.work)) return false;
    if (sameJson(values_[index], value)) return true;
  }
  return false;
}

// Different values have different hashes, unless someone has gone to lengths; then the work ends.
bool hasRepeats(const Sequence<Value>& items, WorkBudget& work) {
  const auto sorted = sortedByHash(items, work);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (auto j = i; j > 0 && sorted[j - 1].hash == sorted[i].hash; --j) {
      if (!work.spend(sorted[i].work) || sameJson(sorted[j - 1].value, sorted[i].value))
        return true;
    }
  }
  return work.isExhausted();
}

}  // namespace isthmus
