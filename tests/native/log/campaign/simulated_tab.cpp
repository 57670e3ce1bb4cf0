#include "native/log/campaign/simulated_tab.h"

#include <algorithm>

#include "log/envelope.h"
#include "log/saved_books.h"
#include "native/log/campaign/failure.h"
#include "value/codec.h"

namespace isthmus::campaign {

SimulatedTab::SimulatedTab(TabOptions options, Chains& chains, Random& random)
    : options_(std::move(options)),
      chains_(chains),
      random_(random),
      log_(makeLog()),
      seeds_(kSlices, 0),
      seq_(options_.firstSeq - 1) {}

std::unique_ptr<Log> SimulatedTab::makeLog() const {
  return std::make_unique<Log>(options_.log, [](const Entry& entry) -> std::optional<Action> {
    return actionOf(*messageOf(entry).find(Key("action")));
  });
}

void SimulatedTab::call(Time now, double wall, std::vector<Key> present,
                        const std::function<void(Log&)>& run) {
  log_->setTimeOfDay(wall + options_.wallAhead);
  log_->setPresent(std::move(present));
  const auto settledBefore =
      options_.addsNothing ? log_->order().settled() : std::vector<EntryPtr>();
  run(*log_);
  if (options_.addsNothing) forgetForked(settledBefore, now);
  finish();
}

void SimulatedTab::finish() {
  const auto follow = [&] {
    const Point before = head_;
    scripted_.follow(*log_, log_->takeRebase());
    note(log_->takeNews(), before);
  };
  follow();
  std::vector<SliceState> states;
  for (const auto& [slice, place, use] : log_->stateWishes()) {
    states.push_back({slice, place, {}, scripted_.at(place)});
    if (use == Log::Use::Seed) scripted_.setSeed(scripted_.at(place));
  }
  log_->answer(states);
  for (const auto& [slice, since, now, records, refused] : log_->histories().slices()) {
    tellSeed(slice.seedDigest, slice.program == nullptr ? scripted_.seed() : slice.seed);
  }
  follow();
  for (auto& message : log_->takeMessages()) {
    if (message.kind == MessageKind::Cut) chains_.add(message);
    messages_.push_back(std::move(message));
  }
  check();
  head_ = log_->head();
  wasJoining_ = log_->isJoining();
  if (random_.chance(0.05)) checkFolds();
}

EntryPtr SimulatedTab::make(const Value& action) const {
  Envelope envelope;
  envelope.sender = Text(id().text());
  envelope.from = Text("store");
  envelope.seq = seq_ + 1;
  envelope.clock = log_->nextClock();
  envelope.action = action;
  envelope.after.emplace();
  for (const auto& [row, seq] : log_->causes()) {
    if (!options_.hasNoCauses) envelope.after->push_back({Text(row.text()), seq});
  }
  envelope.first = options_.firstSeq;
  return readEntry(toValue(envelope), 100).value();
}

EntryPtr SimulatedTab::act(const Value& action, unsigned mask, Time now, bool isTakenBack) {
  auto entry = make(action);
  if (!log_->prepareOwn(entry, now)) return nullptr;
  const bool concernsScripted = (mask >> static_cast<unsigned>(kScripted) & 1U) != 0;
  if (scripted_.isHeld() && concernsScripted) {
    isTakenBack |= !programOf(kScripted).reduce(scripted_.now(), actionOf(action)).ok();
  }
  if (isTakenBack) {
    log_->discardOwn();
    return nullptr;
  }
  log_->commitOwn(now);
  ++seq_;
  return entry;
}

void SimulatedTab::hold(int slice, int seed, Time now) {
  seeds_[static_cast<std::size_t>(slice)] = seed;
  log_->inject(sliceOf(slice, seed), now);
  if (slice == kScripted) scripted_.put(*log_, sliceOf(slice, seed).seed);
}

void SimulatedTab::remove(int slice) {
  log_->remove(nameOf(slice));
  if (slice == kScripted) scripted_.remove();
}

const Value& SimulatedTab::shown(int slice) const {
  return slice == kScripted ? scripted_.now() : log_->histories().find(nameOf(slice))->now.state;
}

void SimulatedTab::trap(Time now) {
  Bytes bytes;
  Encoder encoder(bytes);
  save(encoder, log_->books());
  auto next = makeLog();
  for (int slice = 0; slice < kSlices; ++slice) {
    if (!holds(slice)) continue;
    auto held = sliceOf(slice, seeds_[static_cast<std::size_t>(slice)]);
    // JavaScript knows what its slice begins with.
    if (slice == kScripted)
      held.seedDigest = log_->histories().find(nameOf(slice))->slice.seedDigest;
    next->inject(std::move(held), now);
  }
  Decoder decoder(bytes, {});
  auto books = load(decoder);
  demand(books.ok() && decoder.atEnd(), "the books are read as they were written");
  next->restore(books.value(), now);
  log_ = std::move(next);
}

Message SimulatedTab::stored() {
  std::vector<SliceState> states;
  for (const auto& [slice, place, use] : log_->wishesOfAll()) {
    states.push_back({slice, place, {}, scripted_.at(place)});
  }
  auto stored = log_->record(states).snapshot;
  if (stored.head == log_->head()) return stored;
  Message cut{.kind = MessageKind::Cut, .head = stored.head, .base = log_->head()};
  const auto settled = static_cast<std::ptrdiff_t>(log_->order().settled().size());
  const auto count = static_cast<std::ptrdiff_t>(stored.head.n - log_->head().n);
  const auto first = stored.entries.begin() + settled;
  cut.runs = runsOf(std::vector(first, first + count));
  chains_.add(cut);
  return stored;
}

// As if what falls off a fork were not added again, but for what is its own.
void SimulatedTab::forgetForked(const std::vector<EntryPtr>& settledBefore, Time now) {
  Log::Books books = log_->books();
  const auto count = books.order.tentative().size();
  for (const auto& entry : settledBefore) {
    if (!(senderOf(entry->id.sender) == id())) books.order.takeBack(entry->id);
  }
  if (books.order.tentative().size() < count) log_->restore(books, now);
}

void SimulatedTab::note(const std::vector<LogNews>& news, const Point& before) {
  for (const auto& each : news) {
    news_.push_back(each);
    demand(each.kind != LogNews::Kind::Diverged, "the keeper has another state");
    if (each.kind != LogNews::Kind::Fork) continue;
    std::uint64_t count = 0;
    for (const auto& id : chains_.orderUpTo(before)) {
      if (log_->order().knows({Key(id.first), id.second})) continue;
      forkLosses_.push_back(id);
      ++count;
    }
    demand(count <= each.count, "more entries were lost than was told");
  }
}

}  // namespace isthmus::campaign
