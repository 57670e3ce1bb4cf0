#include "log/histories.h"

#include <algorithm>
#include <utility>

namespace isthmus {

void Histories::put(ConvergingSlice slice, Place since, Cell cell) {
  slices_.push_back({std::move(slice), since, std::move(cell)});
}

void Histories::remove(const Key& name) {
  std::erase_if(slices_, [&](const Slice& each) { return each.slice.name == name; });
}

void Histories::reset(Slice& slice, Place since, Cell cell) {
  slice.since = since;
  slice.now = std::move(cell);
  slice.records.clear();
  slice.refused.clear();
}

Histories::Slice* Histories::find(const Key& name) {
  const auto found = std::find_if(slices_.begin(), slices_.end(),
                                  [&](const Slice& each) { return each.slice.name == name; });
  return found == slices_.end() ? nullptr : &*found;
}

const Histories::Slice* Histories::find(const Key& name) const {
  return const_cast<Histories*>(this)->find(name);
}

void Histories::rewind(Place place) {
  for (auto& slice : slices_) {
    auto& records = slice.records;
    while (!records.empty() && records.back().place > place) {
      slice.now = std::move(records.back().before);
      records.pop_back();
    }
    while (!slice.refused.empty() && slice.refused.back() > place) slice.refused.pop_back();
  }
}

void Histories::play(Place place, const Entry& entry, const Action* action) {
  for (auto& slice : slices_) playIn(slice, place, entry, action);
}

void Histories::playIn(Slice& slice, Place place, const Entry& entry, const Action* action) const {
  if (step(slice, place, entry, action) != nullptr) slice.refused.push_back(place);
}

Status Histories::playOwn(Place place, const Entry& entry, const Action* action) {
  for (auto& slice : slices_) {
    auto refusal = step(slice, place, entry, action);
    if (refusal == nullptr) continue;
    rewind(place - 1);
    return refusal;
  }
  return Done{};
}

HeapError Histories::step(Slice& slice, Place place, const Entry& entry,
                          const Action* action) const {
  if (place <= slice.since) return nullptr;
  if (entry.beginning) {
    begin(slice, place, entry);
    return nullptr;
  }
  const auto& program = slice.slice.program;
  const Steps* const steps =
      action == nullptr || program == nullptr ? nullptr : program->stepsFor(action->type);
  if (steps == nullptr) return nullptr;
  ActionBudget budget(limits_);
  auto next = program->run(*steps, slice.now.state, *action, budget);
  if (!next) return toHeap(std::move(next.error()));
  if (next.value().identical(slice.now.state)) return nullptr;
  slice.records.push_back({place, slice.now});
  slice.now.state = std::move(next).value();
  return nullptr;
}

// Whoever knows a state of the beginning's digest knows its content.
void Histories::begin(Slice& slice, Place place, const Entry& entry) {
  const auto& [name, replaces, seed] = *entry.beginning;
  if (!(name == slice.slice.name)) return;
  if (slice.now.lineage && !(slice.now.lineage == replaces)) return;
  slice.records.push_back({place, slice.now});
  const bool isSeed = seed == slice.slice.seedDigest;
  const bool isInitial = !isSeed && seed == slice.slice.initialDigest;
  slice.now = {isInitial ? slice.slice.initial : slice.slice.seed, entry.id, isSeed || isInitial};
}

void Histories::drop(Place place) {
  for (auto& slice : slices_) {
    if (slice.since >= place) continue;
    auto& records = slice.records;
    const auto left = std::find_if(records.begin(), records.end(),
                                   [&](const auto& record) { return record.place > place; });
    records.erase(records.begin(), left);
    std::erase_if(slice.refused, [&](Place refused) { return refused <= place; });
    slice.since = place;
  }
}

const Cell& Histories::at(const Slice& slice, Place place) {
  const auto later = std::find_if(slice.records.begin(), slice.records.end(),
                                  [&](const auto& record) { return record.place > place; });
  return later == slice.records.end() ? slice.now : later->before;
}

}  // namespace isthmus
