// Any bytes as messages to a log, with ticks, own actions and other calls between: whole messages
// as they come, and ones that nearly fit what the log has. After each its order is whole, what it
// shows is what the order gives, and what it posts can be read.

#include <algorithm>
#include <array>

#include "fuzz/log_under_test.h"
#include "log/saved_books.h"

using namespace isthmus;
using namespace isthmus::fuzz;

namespace {

constexpr std::uint64_t kMostWhole = 9007199254740991;

// The input, read from its front; zeros behind its end.
class Source {
 public:
  explicit Source(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  bool empty() const { return bytes_.empty(); }
  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const auto first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }
  std::size_t below(std::size_t limit) { return byte() % limit; }
  // Mostly small, at times as large as can be.
  std::uint64_t number() {
    const auto value = byte();
    return value >= 250 ? kMostWhole - (value - 250U) : value % 10U;
  }
  std::span<const std::uint8_t> part() {
    const std::size_t size = std::min<std::size_t>(byte() * 256U + byte(), bytes_.size());
    const auto first = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return first;
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

constexpr std::array<const char*, 6> kRows{"a", "b", "self", "begin:a", "begin:b", "begin:self"};

const Value& action(Source& from) {
  static const std::array kActions{json(R"({ "type": "notes/inc" })"),
                                   json(R"({ "type": "notes/add" })"),
                                   json(R"({ "type": "notes/take" })")};
  return kActions[from.below(kActions.size())];
}
const Value& state(Source& from) {
  static const std::array kStates{json(R"({ "n": 5, "list": [1] })"), Value()};
  return kStates[from.below(kStates.size())];
}
Key row(Source& from) { return Key(kRows[from.below(kRows.size())]); }
EntryId id(Source& from) { return {row(from), from.number()}; }
Run run(Source& from) {
  const auto first = from.number() + 1;
  return {row(from), first, first + from.below(3)};
}
Point point(Source& from, const Log& log) {
  const Order& order = log.order();
  const auto how = from.below(4);
  if (how == 0) return {from.number(), from.number(), row(from)};
  if (how == 1) return order.base();
  if (how == 2) return order.head();
  return order.pointAt(order.base().n + from.below(order.settled().size() + 1));
}

// Slices of ours, and one of another release.
Key name(Source& from) {
  static constexpr std::array kNames{"notes", "script", "notes@2"};
  return Key(kNames[from.below(kNames.size())]);
}

EntryPtr entry(Source& from) {
  const auto kind = from.below(4);
  std::vector<EntryId> after;
  for (auto left = from.below(3); left > 0; --left) {
    after.push_back({row(from), std::min(from.number() + 1, kMostWhole)});
  }
  const double clock = from.byte() >= 250 ? 1e300 : static_cast<double>(from.byte());
  const auto seq = std::min(from.number() + 1, kMostWhole);
  if (kind == 0) {
    Beginning beginning{name(from), id(from), from.below(3)};
    if (beginning.replaces.seq == 0) beginning.replaces = {};
    return beginningOf(kRows[from.below(3)], seq, clock, beginning);
  }
  return entryOf(kRows[from.below(3)], seq, clock, action(from), after,
                 from.below(3) == 0 ? seq : 1);
}

// What a chain says that goes on from a point, of entries that are here or come with it.
void fillChain(Message& message, Source& from, const Log& log) {
  std::vector<EntryPtr> chosen;
  for (const auto& each : log.order().tentative()) {
    if (from.below(3) != 0 && chosen.size() < 6) chosen.push_back(each.entry);
  }
  for (const auto& each : message.entries) {
    if (from.below(3) != 0) chosen.push_back(each);
  }
  message.runs = runsOf(chosen);
  for (auto left = from.below(3); left > 0; --left) {
    message.lost.push_back({message.base.n + 1 + from.below(3), run(from)});
  }
  const auto count = countOf(message.runs);
  message.head = {message.base.n + count, from.number(), row(from)};
  if (count == 0) {
    message.head = message.base;
  } else if (from.below(4) != 0) {
    message.segments = {{message.base.n + 1, message.head.epoch, message.head.keeper}};
  }
}

void fillSnapshot(Message& message, Source& from) {
  for (auto left = from.below(4); left > 0; --left) {
    const auto holeAt = from.below(3);
    Covered::Row covered{row(from), from.number()};
    if (holeAt > 0 && holeAt <= covered.highest) covered.holes = {{covered.sender, holeAt, holeAt}};
    message.covered.push_back(covered);
  }
  for (auto left = from.below(3); left > 0; --left) {
    message.lineages.push_back({name(from), id(from)});
  }
  for (auto left = from.below(3); left > 0; --left) {
    message.slices.push_back({name(from), from.number(), id(from), state(from)});
  }
}

Message nearMessage(Source& from, const Log& log) {
  Message message;
  message.kind = static_cast<MessageKind>(from.below(kMessageKinds));
  message.from = Key(kRows[from.below(2)]);
  if (from.below(4) != 0) message.to = Key("self");
  message.head = point(from, log);
  message.base = point(from, log);
  message.isKeeper = from.below(2) == 0;
  message.isJoining = from.below(4) == 0;
  message.asks = from.below(2) == 0;
  message.stable = from.number();
  for (auto left = from.below(4); left > 0; --left) message.entries.push_back(entry(from));
  for (auto left = from.below(3); left > 0; --left) message.runs.push_back(run(from));
  for (auto left = from.below(3); left > 0; --left) {
    message.segments.push_back({from.number(), from.number(), row(from)});
  }
  message.slice = name(from);
  message.lineage = from.below(2) == 0 ? log.order().lineage(message.slice) : id(from);
  message.point = point(from, log);
  for (auto left = from.below(3); left > 0; --left) message.names.push_back(name(from));
  if (message.kind == MessageKind::Digests) {
    const Key slice = name(from);
    message.digests = {{{slice, log.order().lineage(slice)}, from.number()}};
  }
  message.state = state(from);
  if (message.kind == MessageKind::Snapshot) fillSnapshot(message, from);
  if (from.below(4) != 0) {
    message.runs.clear();
    message.segments.clear();
    fillChain(message, from, log);
  }
  return message;
}

void receive(Log& log, const Result<Value>& value, Time now) {
  if (!value) return;
  const auto message = readMessage(value.value());
  if (message) return log.receive(message.value(), now);
  const auto entry = readEntry(value.value());
  if (entry) log.learn(entry.value(), now);
}

void act(Log& log, Source& from, std::uint64_t& seq, Time now) {
  const auto entry = entryOf("self", seq, log.nextClock(), action(from), log.causes());
  if (!log.prepareOwn(entry, now)) return;
  if (from.below(4) == 0) return log.discardOwn();
  log.commitOwn(now);
  ++seq;
}

// As the books are read after a trap, by another log.
void recover(Log& log, Time now) {
  Bytes bytes;
  Encoder encoder(bytes);
  save(encoder, log.books());
  Decoder decoder(bytes, {});
  const auto books = load(decoder);
  demand(books.ok() && decoder.atEnd());
  Log next(smallLog(), readAction);
  for (const auto& slice : log.histories().slices()) next.inject(slice.slice, now);
  next.restore(books.value(), now);
  log = std::move(next);
}

void callAnything(Log& log, Source& from, std::uint64_t& seq, Time now) {
  switch (from.below(9)) {
    case 0:
      return log.wake(now);
    case 1:
      return log.sleep();
    case 2:
      return log.lockGranted(now);
    case 3:
      return log.lockLost();
    case 4:
      return log.setHidden(from.below(2) == 0);
    case 5:
      if (log.histories().find(Key("notes")) != nullptr) return log.remove(Key("notes"));
      return log.inject(notes(false), now);
    case 6:
      return recover(log, now);
    case 7:
      return log.setPresent(from.below(2) == 0 ? std::vector<Key>() : std::vector{Key("a")});
    default:
      return act(log, from, seq, now);
  }
}

void step(Log& log, Source& from, std::uint64_t& seq, Time& now) {
  switch (from.below(8)) {
    case 0:
    case 1:
      return receive(log, decode(from.part()), now);
    case 2:
      now += from.byte();
      return log.tick(now);
    case 3:
      now += from.byte() * 50.0;
      return log.tick(now);
    case 4:
      return callAnything(log, from, seq, now);
    default:
      return receive(log, toValue(nearMessage(from, log)), now);
  }
}

void check(Log& log, Time now) {
  for (auto& [slice, elder] : log.takeElders()) log.carry(slice, elder.since, elder.state, now);
  demandOrder(log.order());
  demandFold(log);
  log.takeRebase();
  std::vector<SliceState> states;
  for (const auto& [slice, place, use] : log.stateWishes())
    states.push_back({slice, place, {}, {}});
  log.answer(states);
  demand(log.stateWishes().empty());
  const bool isHuge = log.head().n >= kMostWhole - 1000;
  for (const auto& message : log.takeMessages()) {
    demand(isHuge || readMessage(toValue(message)).ok());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Log kFresh = makeLog();
  Log log = kFresh;
  Source from({data, size});
  std::uint64_t seq = 1;
  Time now = 10;
  for (int steps = 0; !from.empty() && steps < 32; ++steps) {
    log.setTimeOfDay(1000 + now);
    step(log, from, seq, now);
    check(log, now);
  }
  return 0;
}
