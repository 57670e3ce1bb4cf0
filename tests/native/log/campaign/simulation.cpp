// One schedule: calls of tabs, what they post and when they run.

#include "native/log/campaign/simulation.h"

#include <algorithm>
#include <string>

#include "log/envelope.h"
#include "value/codec.h"

namespace isthmus::campaign {
namespace {

constexpr double kDay = 1'790'000'000'000;  // ms since 1970
constexpr Time kHealing = 200;
constexpr Time kRest = 45'000;

}  // namespace

Simulation::Simulation(std::uint64_t seed, Profile profile, const Setting& setting, Totals& totals)
    : setting_(setting),
      totals_(totals),
      plan_(makePlan(seed, profile)),
      random_(seed * 7919 + 13),
      network_(plan_, random_),
      locks_([this](int number) { granted(number); }, [this](int number) { lockLost(number); }) {}

void Simulation::run() {
  for (int i = 0; i < plan_.tabs; ++i) join();
  schedule();
  events_.runUntil(plan_.span + kHealing);
  heal();
  events_.runUntil(events_.now() + kRest);
  check();
  ++totals_.schedules;
  totals_.events += events_.count();
}

std::vector<int> Simulation::all(bool awakeOnly) const {
  std::vector<int> numbers;
  for (std::size_t i = 0; i < tabs_.size(); ++i) {
    if (!tabs_[i].isDead && !(awakeOnly && tabs_[i].isFrozen))
      numbers.push_back(static_cast<int>(i));
  }
  return numbers;
}

int Simulation::anyone(bool awakeOnly) {
  const auto numbers = all(awakeOnly);
  if (numbers.empty()) return -1;
  return numbers[random_.below(static_cast<std::uint32_t>(numbers.size()))];
}

std::vector<Key> Simulation::presentBeside(int number) const {
  std::vector<Key> present;
  if (!plan_.hasLocks) return present;
  for (const int other : all(false)) {
    const Tab& each = tabs_[static_cast<std::size_t>(other)];
    if (other != number && !each.isDeaf && !each.isDetached) present.push_back(each.store->id());
  }
  return present;
}

Time Simulation::localTime(int number) const {
  return events_.now() - tabs_[static_cast<std::size_t>(number)].birth;
}

void Simulation::call(int number, const std::function<void(Log&)>& run) {
  Tab& who = tab(number);
  who.store->call(localTime(number), kDay + events_.now(), presentBeside(number), run);
  for (const auto& id : who.store->takeForkLosses()) forkLosses_.insert(id);
  for (const auto& news : who.store->news()) hasGivenUp_ |= news.kind == LogNews::Kind::Lost;
  const Order& order = who.store->log().order();
  totals_.mostKept = std::max(totals_.mostKept, order.settled().size());
  totals_.mostTentative = std::max(totals_.mostTentative, order.tentative().size());
  send(number);
  switch (who.store->takeLockWish()) {
    case LockWish::Request:
      locks_.request(number);
      break;
    case LockWish::Steal:
      locks_.steal(number);
      break;
    case LockWish::Release:
      locks_.release(number);
      break;
    case LockWish::None:
      break;
  }
  tickLater(number);
}

void Simulation::send(int from) {
  for (auto& message : tab(from).store->takeMessages()) {
    if (message.kind == MessageKind::Cut) noteCut(from, message);
    for (const auto& entry : message.entries) entries_.insert({idOf(entry->id), entry});
    ++totals_.messages;
    const auto shared = std::make_shared<const Message>(std::move(message));
    const auto bytes = setting_.isOverWire ? encode(toValue(*shared)) : Bytes();
    spread(from, [this, shared, bytes](int to) {
      if (!setting_.isOverWire) return deliver(to, *shared);
      const auto read = readMessage(decode(bytes).value());
      demand(read.ok(), "a message is not read as it was written");
      deliver(to, read.value());
    });
  }
}

void Simulation::spread(int from, const std::function<void(int to)>& arrive) {
  if (from >= 0 && tab(from).isDetached) return;
  for (const int to : all(false)) {
    if (to == from || tab(to).isDetached || tab(to).isDeaf) continue;
    for (const Time at : network_.arrivals(std::max(from, 0), to, events_.now())) {
      events_.push(at, [this, to, arrive] {
        const Tab& who = tab(to);
        if (who.isDead || who.isDetached || who.isDeaf) return;
        whenRunning(
            to, [to, arrive] { arrive(to); }, Heard::Message);
      });
    }
  }
}

// A frozen page hears messages, or finds them when it wakes; of locks it hears nothing. A page in
// the cache never learns of either.
void Simulation::whenRunning(int number, Events::Run run, Heard heard) {
  Tab& who = tab(number);
  if (who.isDead) return;
  if (!who.isFrozen || (who.hearsAsleep && heard == Heard::Message)) return run();
  if (!who.isDeaf) who.inbox.push_back(std::move(run));
}

void Simulation::deliver(int to, const Message& message) {
  call(to, [&](Log& log) { log.receive(message, localTime(to)); });
}

void Simulation::deliver(int to, const EntryPtr& entry) {
  call(to, [&](Log& log) { log.learn(entry, localTime(to)); });
}

void Simulation::tickLater(int number) {
  Tab& who = tab(number);
  if (who.isDead || who.isFrozen) return;
  const Time deadline = who.store->log().deadline();
  if (deadline == kNever) return;
  const Time at = std::max(deadline + who.birth, events_.now() + 1);
  if (who.tickAt <= at && who.tickAt > events_.now()) return;
  who.tickAt = at;
  events_.push(at, [this, number, at] {
    Tab& runs = tab(number);
    if (runs.tickAt != at) return;
    runs.tickAt = kNever;
    if (runs.isDead || runs.isFrozen) return;
    call(number, [&](Log& log) { log.tick(localTime(number)); });
  });
}

void Simulation::granted(int number) {
  events_.push(events_.now() + 1 + random_.below(4), [this, number] {
    const auto tell = [this, number] {
      if (locks_.holder() != number) return;
      call(number, [&](Log& log) { log.lockGranted(localTime(number)); });
    };
    whenRunning(number, tell, Heard::Lock);
  });
}

void Simulation::lockLost(int number) {
  const auto tell = [this, number] { call(number, [](Log& log) { log.lockLost(); }); };
  whenRunning(number, tell, Heard::Lock);
}

// Whether it settles something before one of its causes, which may be only after a while.
void Simulation::noteCut(int from, const Message& cut) {
  const Order& order = tab(from).store->log().order();
  for (Place place = cut.base.n + 1; place <= cut.head.n && place > order.base().n; ++place) {
    const Entry& entry = *order.at(place);
    for (const auto& cause : entry.after) {
      if (order.coveredAt(place - 1).highest(cause.sender) >= cause.seq) continue;
      hasGivenUp_ = true;
      ++totals_.causesGivenUp;
    }
  }
}

// ── acting ──

void Simulation::act() {
  const int number = anyone(true);
  if (number < 0) return;
  const int times = random_.chance(0.1) ? 6 : 1;
  for (int i = 0; i < times; ++i) actOf(number);
}

void Simulation::actOf(int number) {
  const unsigned mask = random_.chance(0.3) ? 1U + random_.below(7)
                                            : 1U << random_.below(static_cast<unsigned>(kSlices));
  constexpr std::array kOften{0, 0, 1, 1, 2, 3};
  const auto action = actionValue(mask, kOften[random_.below(kOften.size())],
                                  1 + static_cast<int>(random_.below(9)), nextId_++);
  const bool isTakenBack = random_.chance(0.03);
  SimulatedTab& store = *tab(number).store;
  std::vector<Id> seen;
  for (const auto& row : store.log().order().covered().rows())
    seen.emplace_back(row.sender.text(), row.highest);
  for (const auto& each : store.log().order().tentative()) seen.push_back(idOf(each.entry->id));
  EntryPtr entry;
  call(number, [&](Log&) { entry = store.act(action, mask, localTime(number), isTakenBack); });
  if (entry == nullptr) {
    ++totals_.refused;
    return;
  }
  totals_.mostCauses = std::max(totals_.mostCauses, entry->after.size());
  entries_.insert({idOf(entry->id), entry});
  accepted_.push_back({entry, std::move(seen)});
  const auto bytes = setting_.isOverWire ? entry->message : Bytes();
  spread(number, [this, entry, bytes](int to) {
    deliver(to, setting_.isOverWire ? readEntry(decode(bytes).value()).value() : entry);
  });
}

// Of an older release: it keeps no log, so what all others miss is gone.
void Simulation::actOfStranger() {
  Envelope envelope;
  envelope.sender = Text(kStranger);
  envelope.from = Text("store");
  envelope.seq = ++strangerSeq_;
  envelope.clock = kDay + events_.now();
  envelope.action = actionValue(1U + random_.below(7), static_cast<int>(random_.below(kOperations)),
                                1 + static_cast<int>(random_.below(9)), nextId_++);
  const auto entry = readEntry(toValue(envelope), 100).value();
  entries_.insert({idOf(entry->id), entry});
  spread(-1, [this, entry](int to) { deliver(to, entry); });
}

}  // namespace isthmus::campaign
