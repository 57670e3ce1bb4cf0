#include "bridge/counters.h"

#include <algorithm>

#include "value/object_builder.h"

namespace isthmus {
namespace {

constexpr std::string_view kOther = "(other)";
constexpr std::size_t kLongestType = 256;  // bytes of a stranger's type that gets a row

Value toNumber(std::uint64_t count) { return Value(static_cast<double>(count)); }

}  // namespace

void Counters::reserveRow(std::string_view type) {
  if (const Key key(type); find(key) == nullptr) add(key);
}

Counters::ByReason* Counters::find(const Key& type) {
  const auto found =
      std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.type == type; });
  return found == rows_.end() ? nullptr : &found->counts;
}

Counters::ByReason& Counters::add(const Key& type) {
  return rows_.emplace_back(Row{type, {}}).counts;
}

Counters::ByReason& Counters::rowOf(std::string_view type) {
  const Key key(type);
  if (ByReason* const known = find(key)) return *known;
  if (strangeRowsLeft_ > 0 && type.size() <= kLongestType) {
    --strangeRowsLeft_;
    return add(key);
  }
  const Key other(kOther);
  ByReason* const others = find(other);
  return others != nullptr ? *others : add(other);
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

void Counters::countUnsent(std::string_view type) {
  if (sent_ > 0) --sent_;
  countRefusal(DropReason::Off, type);
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
  all.set("limited", toNumber(limited_));
  all.set("parked", toNumber(parked_));
  all.set("discarded", toNumber(discarded_));
  all.set("dropped", toValue(dropped_));
  all.set("refused", toValue(refused_));
  all.set("byType", std::move(byType).build());
  return std::move(all).build();
}

void Counters::save(Encoder& encoder, const ByReason& counts) {
  saveCount(encoder, counts.size() - static_cast<std::size_t>(
                                         std::count(counts.begin(), counts.end(), Count{0})));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    saveCount(encoder, i);
    saveNumber(encoder, counts[i]);
  }
}

Counters::ByReason Counters::loadCounts(Loader& from) {
  ByReason counts{};
  from.each([&] {
    const auto reason = from.count();
    const auto count = from.number();
    reason < counts.size() ? void(counts[reason] = count) : from.fail();
  });
  return counts;
}

void Counters::save(Encoder& encoder) const {
  for (const auto count : {sent_, accepted_, limited_, parked_, discarded_}) {
    saveNumber(encoder, count);
  }
  save(encoder, dropped_);
  save(encoder, refused_);
  saveCount(encoder, strangeRowsLeft_);
  saveCount(encoder, rows_.size());
  for (const auto& [type, counts] : rows_) {
    encoder.text(type.text());
    save(encoder, counts);
  }
}

void Counters::load(Loader& from) {
  for (Count* const count : {&sent_, &accepted_, &limited_, &parked_, &discarded_}) {
    *count = from.number();
  }
  dropped_ = loadCounts(from);
  refused_ = loadCounts(from);
  strangeRowsLeft_ = from.count();
  from.each([&] {
    const Key type(from.text());
    rows_.push_back({type, loadCounts(from)});
  });
}

}  // namespace isthmus
