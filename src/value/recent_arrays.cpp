#include "value/recent_arrays.h"

#include <algorithm>

namespace isthmus {
namespace {

// The one shown last is at the end.
Vector<Value>& held() {
  static auto* const instance = new Vector<Value>;
  return *instance;
}

// A cheap guess, which the comparison confirms: most of a copy lies where it was.
bool isAlike(const Value& a, const Value& b) {
  const auto size = std::min(a.items().size(), b.items().size());
  int same = 0;
  for (const auto at : {std::size_t{0}, size / 2, size - 1}) {
    if (a.items()[at].identical(b.items()[at])) ++same;
  }
  return same >= 2;
}

std::optional<RecentArrays::Copy> traceFrom(const Value& base, const Value& array) {
  RecentArrays::Copy copy{base, {}};
  const auto most = array.items().size() / 8;
  const auto note = [&](std::size_t index, const Value* x, const Value* y) {
    if (y == nullptr || (x != nullptr && x->identical(*y))) return true;
    copy.changes.push_back({index, *y});
    return copy.changes.size() <= most;
  };
  if (!Sequence<Value>::visitDifferences(base.items(), array.items(), note)) return std::nullopt;
  return copy;
}

}  // namespace

std::optional<RecentArrays::Copy> RecentArrays::trace(const Value& array) {
  if (array.items().size() < kLarge) return std::nullopt;
  std::optional<Copy> copy;
  for (auto* base = held().end(); base != held().begin();) {
    if (!isAlike(*--base, array)) continue;
    copy = traceFrom(*base, array);
    held().erase(base);
    break;
  }
  return copy;
}

void RecentArrays::hold(const Value& array) {
  if (array.items().size() < kLarge) return;
  if (held().size() == kHeld) held().erase(held().begin());
  held().push_back(array);
}

void RecentArrays::forget() { held().clear(); }

}  // namespace isthmus
