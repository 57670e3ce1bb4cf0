#include "log_answers.h"

#include <algorithm>

#include "log/action_keys.h"
#include "log_descriptions.h"
#include "value/object_builder.h"

namespace isthmus::bindings {
namespace {

Value toValue(const Action& action) {
  ObjectBuilder object;
  object.set(typeKey(), Value(action.type.text()));
  if (!action.payload.isNull()) object.set(payloadKey(), action.payload);
  if (!action.meta.isNull()) object.set(metaKey(), action.meta);
  return std::move(object).build();
}

bool hasOthers(const Log& log) {
  const auto& slices = log.histories().slices();
  return std::any_of(slices.begin(), slices.end(),
                     [](const auto& each) { return each.slice.program == nullptr; });
}

void writeStarts(Encoder& encoder, const Log& log, const std::vector<SliceState>& starts) {
  std::vector<const SliceState*> others;
  for (const auto& start : starts) {
    const auto* const slice = log.histories().find(start.slice);
    if (slice != nullptr && slice->slice.program == nullptr) others.push_back(&start);
  }
  encoder.varint(static_cast<std::uint32_t>(others.size()));
  for (const auto* const start : others) {
    encoder.text(start->slice.text());
    encoder.float64(static_cast<double>(start->since));
    encoder.value(start->state);
  }
}

void writeStep(Encoder& encoder, const Log& log, const Entry& entry) {
  if (!entry.beginning) {
    encoder.varint(0);
    encoder.value(toValue(**entry.reading));
    return;
  }
  const auto* const slice = log.histories().find(entry.beginning->slice);
  const auto& [name, replaces, seed] = *entry.beginning;
  encoder.varint(1);
  encoder.text(name.text());
  encoder.varint(seed != slice->slice.seedDigest && seed == slice->slice.initialDigest ? 1 : 0);
}

// Whether JavaScript's slices have a step at that place.
bool isStep(const Log& log, const Entry& entry, Place place) {
  if (!entry.beginning) return entry.reading && *entry.reading;
  const auto* const slice = log.histories().find(entry.beginning->slice);
  if (slice == nullptr || slice->slice.program != nullptr) return false;
  return std::any_of(slice->records.begin(), slice->records.end(),
                     [&](const auto& record) { return record.place == place; });
}

}  // namespace

void writeReplay(Encoder& encoder, const Log& log, const Order& order, Place kept) {
  const auto& rebase = log.rebase();
  if (!hasOthers(log) || (!rebase && kept >= order.end())) return encoder.varint(0);
  encoder.varint(1);
  encoder.float64(static_cast<double>(order.base().n));
  encoder.float64(static_cast<double>(kept));
  writeStarts(encoder, log, rebase ? rebase->starts : std::vector<SliceState>());
  std::vector<Place> steps;
  for (Place place = kept + 1; place <= order.end(); ++place) {
    if (isStep(log, *order.at(place), place)) steps.push_back(place);
  }
  encoder.varint(static_cast<std::uint32_t>(steps.size()));
  for (const Place place : steps) {
    encoder.float64(static_cast<double>(place));
    writeStep(encoder, log, *order.at(place));
  }
}

void writeWishes(Encoder& encoder, const std::vector<Log::StateWish>& wishes) {
  encoder.varint(static_cast<std::uint32_t>(wishes.size()));
  for (const auto& [slice, place, use] : wishes) {
    encoder.text(slice.text());
    encoder.float64(static_cast<double>(place));
    encoder.varint(static_cast<std::uint32_t>(use));
  }
}

namespace {

void writeFrames(Encoder& encoder, Log& log) {
  std::vector<Bytes> frames;
  for (const auto& message : log.takeMessages()) {
    for (auto& frame : log.toFrames(message)) frames.push_back(std::move(frame));
  }
  encoder.varint(static_cast<std::uint32_t>(frames.size()));
  for (const auto& frame : frames) encoder.bytes(frame);
}

void writeNews(Encoder& encoder, Log& log) {
  const auto all = log.takeNews();
  encoder.varint(static_cast<std::uint32_t>(all.size()));
  const auto textOr = [](const Key& key) { return key ? std::string_view(key.text()) : ""; };
  for (const auto& [kind, run, count, slice] : all) {
    encoder.varint(static_cast<std::uint32_t>(kind));
    encoder.text(textOr(run.sender));
    encoder.text(textOr(slice));
    encoder.float64(static_cast<double>(run.first));
    encoder.float64(static_cast<double>(run.last));
    encoder.float64(static_cast<double>(count));
  }
}

void writeElders(Encoder& encoder, Log& log) {
  const auto all = log.takeElders();
  encoder.varint(static_cast<std::uint32_t>(all.size()));
  for (const auto& [slice, elder] : all) {
    encoder.text(slice.text());
    encoder.float64(static_cast<double>(elder.since));
    encoder.value(elder.state);
  }
}

void writeKeys(Encoder& encoder, const std::vector<Key>& keys) {
  encoder.varint(static_cast<std::uint32_t>(keys.size()));
  for (const auto& key : keys) encoder.text(key.text());
}

void writeRebased(Encoder& encoder, Log& log) {
  const auto all = log.takeRebased();
  encoder.varint(static_cast<std::uint32_t>(all.size()));
  for (const auto& [rebase, slices] : all) {
    encoder.float64(static_cast<double>(rebase.moved));
    encoder.varint(rebase.isSnapshot ? 2 : rebase.isFork ? 1 : 0);
    writeKeys(encoder, slices);
    encoder.varint(static_cast<std::uint32_t>(rebase.refused.size()));
    for (const auto& id : rebase.refused) encoder.text(textOf(id));
  }
}

}  // namespace

Outcome answerOutcome(Log& log, Time now) {
  const auto wishes = log.stateWishes();
  if (wishes.empty()) log.answer({});
  const auto waiting = log.waiting(now);
  Encoder encoder(answer());
  encoder.float64(log.deadline());
  encoder.varint(static_cast<std::uint32_t>(log.order().tentative().size()));
  if (waiting.empty() && log.isQuiet()) return 0;
  encoder.varint(static_cast<std::uint32_t>(log.takeLockWish()));
  encoder.varint(log.isJoining() ? 1 : 0);
  encoder.varint(log.rebase() ? 1 : 0);
  writeFrames(encoder, log);
  writeNews(encoder, log);
  writeWishes(encoder, wishes);
  writeElders(encoder, log);
  writeKeys(encoder, waiting);
  writeRebased(encoder, log);
  return 1;
}

}  // namespace isthmus::bindings
