#include "log/log.h"

#include "native/log/log_fixture.h"

using namespace isthmus;

namespace {

const char* const kInc = R"({ "type": "notes/inc" })";
const char* const kTake = R"({ "type": "notes/take" })";

std::string add(const char* what) {
  return std::string(R"({ "type": "notes/add", "payload": ")") + what + "\" }";
}

bool isSettled(const LogTabs::Tab& tab) { return tab.log.order().tentative().empty(); }

bool hasNews(const LogTabs::Tab& tab, LogNews::Kind kind) {
  return std::any_of(tab.news.begin(), tab.news.end(),
                     [&](const LogNews& each) { return each.kind == kind; });
}

}  // namespace

TEST_CASE("two tabs that act at once show the same, before and after it is settled") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  auto& b = tabs.open("b");
  tabs.pass(1000);
  b.wallAhead = -50;  // its clock follows what it hears, so this comes first
  tabs.act(b, add("second's").c_str());
  tabs.act(a, add("first's").c_str());
  tabs.act(b, kInc);
  const std::string expected = R"({"n":1,"list":["second's","first's"]})";
  CHECK(shown(a) == expected);
  CHECK(shown(b) == expected);
  CHECK_FALSE(isSettled(a));
  tabs.pass(1000);
  CHECK(isSettled(a));
  CHECK(a.log.head() == b.log.head());
  CHECK(shown(a) == expected);
  CHECK(shown(b) == expected);
}

TEST_CASE("an own action shows at once, and nothing is posted by it") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  tabs.act(a, kInc);
  CHECK(shown(a) == R"({"n":1,"list":[]})");
}

TEST_CASE("at rest no timer runs and no lock is held") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  auto& b = tabs.open("b");
  tabs.act(a, kInc);
  tabs.pass(20'000);
  for (const auto* tab : {&a, &b}) {
    CHECK(tab->log.deadline() == kNever);
    CHECK_FALSE(tab->log.isKeeper());
  }
}

TEST_CASE("a late tab gets the whole order where all of it is kept") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  tabs.act(a, kInc);
  tabs.act(a, add("x").c_str());
  tabs.pass(1000);
  auto& late = tabs.open("late");
  tabs.pass(100);
  CHECK_FALSE(late.log.isJoining());
  CHECK(late.log.order().base().n == 0);
  CHECK(late.log.head() == a.log.head());
  CHECK(shown(late) == R"({"n":1,"list":["x"]})");
}

TEST_CASE("a late tab gets a snapshot where the beginning was dropped, and what is tentative") {
  LogTabs tabs;
  auto& a = tabs.open("a", true, 0);
  auto& b = tabs.open("b", true, 0);
  for (int i = 0; i < 5; ++i) tabs.act(a, kInc);
  tabs.pass(6000);
  REQUIRE(a.log.order().base().n > 0);
  tabs.act(b, kInc);
  auto& late = tabs.open("late", true, 0);
  tabs.pass(100);
  CHECK(late.log.order().base().n > 0);
  CHECK(shown(late) == R"({"n":6,"list":[]})");
}

TEST_CASE("a late tab is answered at once, by the first of those who are there") {
  LogTabs tabs;
  auto& b = tabs.open("b");
  auto& a = tabs.open("a");
  tabs.act(b, add("x").c_str());
  tabs.pass(20'000);
  CHECK_FALSE(a.log.isKeeper());
  CHECK_FALSE(b.log.isKeeper());
  auto& late = tabs.open("late");
  CHECK_FALSE(late.log.isJoining());
  CHECK(shown(late) == shown(b));
  CHECK(late.log.peers().size() == 1);
  CHECK(late.log.peers()[0].id == Key("a"));
}

TEST_CASE("when the keeper goes, another settles") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  auto& b = tabs.open("b");
  auto& c = tabs.open("c");
  tabs.act(a, kInc);
  tabs.pass(700);
  auto& keeper = a.log.isKeeper() ? a : b.log.isKeeper() ? b : c;
  REQUIRE(keeper.log.isKeeper());
  auto& left = &keeper == &a ? b : a;
  tabs.close(keeper);
  tabs.act(left, kInc);
  tabs.pass(1500);
  CHECK(isSettled(left));
  CHECK(shown(left) == R"({"n":2,"list":[]})");
}

TEST_CASE("of two histories the longer stays, and the other's entries come after it") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  auto& b = tabs.open("b");
  tabs.pass(1000);
  tabs.put(b, 1);
  tabs.act(b, add("apart").c_str());
  tabs.act(a, add("1").c_str());
  tabs.act(a, add("2").c_str());
  tabs.pass(5000);
  REQUIRE(isSettled(a));
  REQUIRE(isSettled(b));
  REQUIRE_FALSE(a.log.head() == b.log.head());
  tabs.put(b, 0);
  tabs.pass(2000);
  CHECK(a.log.head() == b.log.head());
  CHECK(shown(a) == R"({"n":0,"list":["1","2","apart"]})");
  CHECK(shown(b) == shown(a));
  CHECK_FALSE(hasNews(b, LogNews::Kind::Fork));
}

TEST_CASE("a lost action is pulled as soon as another comes after it") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  auto& b = tabs.open("b");
  tabs.pass(1000);
  tabs.act(a, kInc, true);
  tabs.act(a, kInc);
  tabs.pass(50);
  CHECK(shown(b) == R"({"n":2,"list":[]})");
}

TEST_CASE("all that is missing is pulled at once, as runs of each row") {
  Log log({.self = Key("me")}, readAction);
  log.start(0);
  const auto learn = [&](const char* row, std::uint64_t seq,
                         const std::vector<EntryId>& after = {}) {
    const auto clock = static_cast<double>(seq);
    log.learn(entryOf(row, seq, clock, json(kInc), after), 1000);
  };
  for (const auto seq : {8U, 4U, 2U, 5U}) learn("x", seq);
  learn("y", 3, {{Key("z"), 7}, {Key("x"), 4}});
  learn("z", 1);
  log.takeMessages();
  log.tick(1030);
  const auto messages = log.takeMessages();
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].kind == MessageKind::Pull);
  std::string runs;
  for (const auto& [row, first, last] : messages[0].runs) {
    runs += row.text() + std::to_string(first) + "-" + std::to_string(last) + " ";
  }
  CHECK(runs == "x1-1 x3-3 x6-7 y1-2 z7-7 ");
}

TEST_CASE("what nobody has is given up, told, and counts once when it turns up after all") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  auto& b = tabs.open("b");
  tabs.pass(1000);
  const auto missed = tabs.act(a, kInc, true);
  tabs.act(a, kInc);
  tabs.close(a);
  tabs.pass(6000);
  CHECK(isSettled(b));
  CHECK(shown(b) == R"({"n":1,"list":[]})");
  CHECK(hasNews(b, LogNews::Kind::Lost));
  for (int i = 0; i < 2; ++i) {
    b.log.learn(missed, tabs.now());
    tabs.pass(2000);
    CHECK(isSettled(b));
    CHECK(shown(b) == R"({"n":2,"list":[]})");
  }
}

TEST_CASE("what a reducer refuses applies as soon as what it needs stands before it") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  auto& b = tabs.open("b");
  auto& c = tabs.open("c");
  tabs.pass(1000);
  const auto added = tabs.act(a, add("x").c_str(), true);
  b.log.learn(added, tabs.now());
  const auto taken = tabs.act(b, kTake, true);
  c.log.learn(taken, tabs.now());
  CHECK(shown(c) == R"({"n":0,"list":[]})");
  CHECK(c.log.histories().find(Key("notes"))->refused.size() == 1);
  c.log.learn(added, tabs.now());
  CHECK(shown(c) == R"({"n":0,"list":[]})");
  CHECK(c.log.histories().find(Key("notes"))->refused.empty());
  tabs.pass(2000);
  CHECK(shown(a) == shown(c));
}

TEST_CASE("a slice that comes later takes its state from who has it") {
  LogTabs tabs;
  auto& a = tabs.open("a", true, 0);
  auto& b = tabs.open("b", false, 0);
  for (int i = 0; i < 3; ++i) tabs.act(a, kInc);
  tabs.pass(6000);
  CHECK(shown(b) == "none");
  tabs.prepare(b);
  b.log.inject(notesSlice(R"({ "n": 100, "list": [] })"), tabs.now());
  CHECK_FALSE(b.log.isShared(Key("notes")));
  tabs.pass(500);
  CHECK(b.log.isShared(Key("notes")));
  CHECK(shown(b) == R"({"n":3,"list":[]})");
}

TEST_CASE("a slice that nobody has any more begins anew, with the seed of who has it next") {
  LogTabs tabs;
  auto& a = tabs.open("a", true, 0);
  auto& b = tabs.open("b", false, 0);
  tabs.act(a, kInc);
  tabs.pass(6000);
  a.log.remove(Key("notes"));
  tabs.prepare(b);
  b.log.inject(notesSlice(R"({ "n": 100, "list": [] })"), tabs.now());
  tabs.pass(3000);
  CHECK(shown(b) == R"({"n":100,"list":[]})");
}

TEST_CASE("an own action that is refused or taken back leaves everything as it was") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  tabs.act(a, add("x").c_str());
  const auto before = textOf(a.log.order());
  const auto make = [&](const char* action) {
    return entryOf("a", 2, a.log.nextClock(), json(action), a.log.causes());
  };
  REQUIRE(a.log.prepareOwn(make(kTake), tabs.now()).ok());
  CHECK(shown(a) == R"({"n":0,"list":[]})");
  a.log.discardOwn();
  CHECK(shown(a) == R"({"n":0,"list":["x"]})");
  CHECK(textOf(a.log.order()) == before);
  CHECK(a.log.causes().size() == 0);
  tabs.act(a, kTake);
  CHECK_FALSE(a.log.prepareOwn(make(kTake), tabs.now()).ok());
  CHECK(shown(a) == R"({"n":0,"list":[]})");
  CHECK(a.log.order().tentative().size() == 3);
}

TEST_CASE("an entry of ours that we have not made is none") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  a.log.learn(entryOf("a", 1, 5), tabs.now());
  a.log.learn(beginningOf("a", 9, 5, {Key("notes")}), tabs.now());
  CHECK(shown(a) == R"({"n":0,"list":[]})");
  tabs.act(a, kInc);
  CHECK(shown(a) == R"({"n":1,"list":[]})");
}

TEST_CASE("at rest the keeper tells what its states come to, once for each head") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  auto& b = tabs.open("b");
  tabs.act(a, kInc);
  tabs.pass(20'000);
  CHECK(tabs.count(MessageKind::Digests) == 1);
  tabs.pass(20'000);
  CHECK(tabs.count(MessageKind::Digests) == 1);
  CHECK_FALSE(hasNews(a, LogNews::Kind::Diverged));
  CHECK_FALSE(hasNews(b, LogNews::Kind::Diverged));
}

TEST_CASE("a state that is not the keeper's is told, and the keeper's comes in its place") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  auto& b = tabs.open("b");
  tabs.act(a, kInc);
  tabs.pass(300);
  for (auto* const tab : {&a, &b}) {
    if (!tab->log.isKeeper()) tab->log.shown(Key("notes"), json(R"({ "n": 7, "list": [] })"));
  }
  CHECK(shown(a) != shown(b));
  tabs.pass(20'000);
  CHECK(shown(a) == R"({"n":1,"list":[]})");
  CHECK(shown(b) == shown(a));
  CHECK(hasNews(a, LogNews::Kind::Diverged) != hasNews(b, LogNews::Kind::Diverged));
}

TEST_CASE("a clock that is far ahead is told once and not followed") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  for (std::uint64_t seq = 1; seq <= 3; ++seq) a.log.learn(entryOf("z", seq, 1e15), tabs.now());
  CHECK(a.log.nextClock() < 2e6);
  tabs.follow(a);
  CHECK(a.news.size() == 1);
  CHECK(hasNews(a, LogNews::Kind::Clock));
}

TEST_CASE("a lock that is granted after it was given back is given back again") {
  Log log({.self = Key("a")}, readAction);
  log.start(1);
  log.lockGranted(2);
  CHECK_FALSE(log.isKeeper());
  CHECK(log.takeLockWish() == LockWish::Release);
}

TEST_CASE("an action of a sender without a log is applied, whatever its number") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  auto& b = tabs.open("b");
  tabs.pass(1000);
  Envelope envelope{Text("old"), Text("store"), 17, 1'000'500};
  envelope.action = json(kInc);
  const auto entry = readEntry(toValue(envelope)).value();
  CHECK_FALSE(entry->isRepaired);
  a.log.learn(entry, tabs.now());
  tabs.pass(2000);
  CHECK(isSettled(a));
  CHECK(shown(a) == R"({"n":1,"list":[]})");
  CHECK(shown(b) == shown(a));
  CHECK_FALSE(hasNews(a, LogNews::Kind::Lost));
}

TEST_CASE("what was stored is where a new life begins, tentative entries included") {
  LogTabs tabs;
  auto& a = tabs.open("a");
  tabs.act(a, kInc);
  tabs.pass(3000);
  tabs.act(a, kInc);
  const auto stored = readMessage(toValue(a.log.record({}).snapshot)).value();
  Log next({.self = Key("b")}, readAction);
  next.setTimeOfDay(1e6);
  next.inject(notesSlice(), 1);
  CHECK(next.begin(stored, 1));
  next.start(1);
  CHECK(toJson(next.histories().find(Key("notes"))->now.state) == R"({"n":2,"list":[]})");
  CHECK(next.head() == a.log.head());
}

TEST_CASE("a state that nobody has settled the beginning of is in what is stored") {
  Log log({.self = Key("a")}, readAction);
  log.setTimeOfDay(1e6);
  log.inject(notesSlice(R"({"n":7,"list":[]})"), 1);
  log.start(1);
  CHECK(log.head().n == 0);
  const auto first = readMessage(toValue(log.record({}).snapshot)).value();
  CHECK(log.head().n == 0);
  Log next({.self = Key("b")}, readAction);
  next.inject(notesSlice(), 1);
  CHECK(next.begin(first, 1));
  next.start(1);
  CHECK(toJson(next.histories().find(Key("notes"))->now.state) == R"({"n":7,"list":[]})");
  // No two of its histories are called alike.
  CHECK(log.record({}).snapshot.head.epoch > first.head.epoch);
}

static std::optional<Action> readNoEvil(const Entry& entry) {
  if (entry.id.sender == Key("evil")) return std::nullopt;
  return readAction(entry);
}

TEST_CASE("of what no reducer takes, what is stored has so many bytes, settled or not") {
  Log log({.self = Key("a")}, readNoEvil);
  log.setTimeOfDay(1e6);
  log.inject(notesSlice(), 1);
  log.start(1);
  const auto come = [&](const char* sender, std::uint64_t seq, Time now) {
    const auto entry =
        entryOf(sender, sender[0] == 'e' ? seq : 1, 2e6 + static_cast<double>(seq), json(kInc));
    log.learn(entry, now);
    return entry->bytes;
  };
  std::size_t bytes = 0;
  for (std::uint64_t seq = 1; seq <= 10; ++seq) bytes = come("evil", seq, 2);
  come("good", 11, 2);
  const auto kept = log.record({}, 3 * bytes);
  CHECK_FALSE(kept.isWhole);
  // The slice's beginning, the good one, and three.
  CHECK(kept.snapshot.entries.size() == 5);
  CHECK(log.record({}).isWhole);
  CHECK(log.record({}).snapshot.entries.size() == 12);

  log.tick(400);
  log.lockGranted(400);
  log.tick(1000);
  REQUIRE(log.order().tentative().empty());
  const auto settled = log.record({}, 3 * bytes);
  CHECK(settled.isWhole);
  CHECK(settled.snapshot.entries.size() == 4);
  CHECK(log.record({}).snapshot.entries.size() == 12);
  Log next({.self = Key("b")}, readNoEvil);
  next.inject(notesSlice(), 1);
  CHECK(next.begin(readMessage(toValue(settled.snapshot)).value(), 1));
  CHECK(toJson(next.histories().find(Key("notes"))->now.state) ==
        toJson(log.histories().find(Key("notes"))->now.state));
}
