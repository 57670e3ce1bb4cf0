#include "bridge/counters.h"

#include "value/object_builder.h"

namespace isthmus {
namespace {

constexpr std::string_view kOther = "(other)";
constexpr std::size_t kLongestType = 256;  // bytes of a stranger's type that gets a row

Value toNumber(std::uint64_t count) { return Value(static_cast<double>(count)); }

}  // namespace

Counters::ByReason& Counters::rowOf(std::string_view type) {
  if (const auto found = rows_.find(type); found != rows_.end()) return found->second;
  if (strangeRowsLeft_ == 0 || type.size() > kLongestType) return rows_[std::string(kOther)];
  --strangeRowsLeft_;
  return rows_[std::string(type)];
}

void Counters::count(ByReason& total, DropReason reason, std::string_view type) {
  const auto at = static_cast<std::size_t>(reason);
  ++total[at];
  if (!type.empty()) ++rowOf(type)[at];
}

void Counters::countDrop(DropReason reason, std::string_view type) {
  count(dropped_, reason, type);
}

void Counters::countRefusal(DropReason reason, std::string_view type) {
  count(refused_, reason, type);
}

Value Counters::toValue(const ByReason& counts) {
  ObjectBuilder object;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) object.set(toString(static_cast<DropReason>(i)), toNumber(counts[i]));
  }
  return std::move(object).build();
}

Value Counters::toValue() const {
  ObjectBuilder byType;
  for (const auto& [type, counts] : rows_) {
    if (counts != ByReason{}) byType.set(type, toValue(counts));
  }
  ObjectBuilder all;
  all.set("sent", toNumber(sent_));
  all.set("accepted", toNumber(accepted_));
  all.set("dropped", toValue(dropped_));
  all.set("refused", toValue(refused_));
  all.set("byType", std::move(byType).build());
  return std::move(all).build();
}

}  // namespace isthmus
