#include "log/order.h"

#include <doctest/doctest.h>

#include "native/log/entries.h"

using namespace isthmus;

namespace {

const Key kKeeper("keeper");

// Settles the entries, which are tentative, in the epoch.
void settle(Order& order, const std::vector<EntryPtr>& entries, std::uint64_t epoch,
            std::vector<Mark> marks = {}) {
  const Point prev = order.head();
  const Point head{prev.n + entries.size(), epoch, kKeeper};
  const Stretch stretch{prev, head, {{prev.n + 1, epoch, kKeeper}}, std::move(marks)};
  REQUIRE(order.takes(idsOf(runsOf(entries)), stretch));
  order.settle(entries, stretch);
  REQUIRE(order.head() == head);
}

struct Three {
  Order order;
  EntryPtr a = entryOf("a", 1, 10);
  EntryPtr b = entryOf("b", 1, 20);
  EntryPtr c = entryOf("c", 1, 30);
  Three() {
    for (const auto& entry : {c, a, b}) order.insert(entry, 0);
  }
};

}  // namespace

TEST_CASE("tentative entries stand by clock, then sender, then number") {
  Order order;
  for (const auto& [row, seq, clock] :
       {std::tuple("b", 2, 5.0), {"b", 1, 5.0}, {"a", 9, 5.0}, {"c", 1, 4.0}}) {
    order.insert(entryOf(row, static_cast<std::uint64_t>(seq), clock), 0);
  }
  CHECK(textOf(order) == "| c1 a9 b1 b2");
}

TEST_CASE("an insertion tells after which place the line has changed") {
  Three three;
  CHECK(three.order.insert(entryOf("a", 2, 25), 0) == 2);
  CHECK(three.order.insert(entryOf("a", 3, 99), 0) == 4);
}

TEST_CASE("an entry is known while it is tentative, settled, dropped, and tentative again") {
  Order order;
  const auto knows = [&](std::uint64_t seq) { return order.knows({Key("a"), seq}); };
  const auto second = entryOf("a", 2, 10);
  const auto first = entryOf("a", 1, 20);
  order.insert(second, 0);
  CHECK_FALSE(knows(1));
  CHECK_FALSE(knows(3));
  order.insert(first, 0);
  CHECK(knows(1));
  CHECK(knows(2));
  settle(order, {first}, 1);
  order.takeBack(second->id);
  CHECK(knows(1));
  CHECK_FALSE(knows(2));
  order.insert(second, 0);
  settle(order, {second}, 1);
  order.drop(1);
  order.shorten(1, 0);
  CHECK(knows(1));
  CHECK(knows(2));
  CHECK_FALSE(knows(3));
}

TEST_CASE("settling as shown changes nothing in the line, otherwise from where it differs") {
  Three three;
  const Stretch one{{}, {1, 1, kKeeper}, {{1, 1, kKeeper}}, {}};
  CHECK(three.order.settle({&three.a, 1}, one) == 3);
  CHECK(textOf(three.order) == "a1 | b1 c1");
  const Stretch other{{1, 1, kKeeper}, {2, 1, kKeeper}, {{2, 1, kKeeper}}, {}};
  CHECK(three.order.settle({&three.c, 1}, other) == 1);
  CHECK(textOf(three.order) == "a1 c1 | b1");
}

TEST_CASE("what is shortened is tentative again, by its clock") {
  Three three;
  settle(three.order, {three.c, three.b}, 1);
  CHECK(three.order.shorten(0, 5) == 0);
  CHECK(textOf(three.order) == "| a1 b1 c1");
  CHECK(three.order.head() == Point());
  CHECK_FALSE(three.order.covered().covers(three.c->id));
}

TEST_CASE("a chain is found again by the segments of its points") {
  Three three;
  settle(three.order, {three.a}, 1);
  settle(three.order, {three.b}, 4);
  CHECK(three.order.isOn({1, 1, kKeeper}));
  CHECK(three.order.isOn({2, 4, kKeeper}));
  CHECK_FALSE(three.order.isOn({2, 1, kKeeper}));
  CHECK_FALSE(three.order.isOn({3, 4, kKeeper}));
}

TEST_CASE("dropping keeps what is behind, and what is covered") {
  Three three;
  settle(three.order, {three.a}, 1);
  settle(three.order, {three.b}, 4);
  three.order.drop(1);
  CHECK(three.order.base() == Point{1, 1, kKeeper});
  CHECK(textOf(three.order) == "b1 | c1");
  CHECK(three.order.knows(three.a->id));
  CHECK(three.order.find(three.a->id) == nullptr);
  CHECK(three.order.bytes() == 200);
  CHECK(three.order.isOn({2, 4, kKeeper}));
}

TEST_CASE("a stretch is taken only if each entry comes next in its row or fills a hole") {
  Order order;
  const auto fifth = entryOf("a", 5, 1);
  order.insert(fifth, 0);
  const Segment segment{1, 1, kKeeper};
  const Point head{1, 1, kKeeper};
  CHECK_FALSE(order.takes(std::vector{fifth->id}, {{}, head, {segment}, {}}));
  const Mark mark{1, {Key("a"), 1, 4}};
  CHECK(order.takes(std::vector{fifth->id}, {{}, head, {segment}, {mark}}));
  settle(order, {fifth}, 1, {mark});
  const EntryId filled{Key("a"), 2};
  CHECK(order.takes(std::vector{filled}, {head, {2, 1, kKeeper}, {{2, 1, kKeeper}}, {}}));
}

TEST_CASE("a stretch with marks or segments in the wrong places is not taken") {
  Three three;
  const std::vector ids{three.a->id, three.b->id};
  const Point head{2, 3, kKeeper};
  const auto takes = [&](const Point& prev, std::vector<Segment> segments,
                         std::vector<Mark> marks) {
    return three.order.takes(ids, {prev, head, std::move(segments), std::move(marks)});
  };
  CHECK(takes({}, {{1, 2, kKeeper}, {2, 3, kKeeper}}, {}));
  CHECK_FALSE(takes({0, 1, kKeeper}, {{1, 3, kKeeper}}, {}));
  CHECK_FALSE(takes({}, {}, {}));
  CHECK_FALSE(takes({}, {{2, 3, kKeeper}}, {}));
  CHECK_FALSE(takes({}, {{1, 2, kKeeper}}, {}));
  CHECK_FALSE(takes({}, {{1, 3, kKeeper}, {9, 3, kKeeper}}, {}));
  CHECK_FALSE(takes({}, {{1, 3, kKeeper}, {1, 3, kKeeper}}, {}));
  CHECK_FALSE(takes({}, {{1, 3, kKeeper}}, {{3, {Key("z"), 1, 2}}}));
  CHECK_FALSE(takes({}, {{1, 3, kKeeper}}, {{1, {Key("z"), 2, 3}}}));
  CHECK_FALSE(three.order.takes({ids.data(), 1}, {{}, head, {{1, 3, kKeeper}}, {}}));
}

TEST_CASE("a restart makes tentative what the other history does not cover") {
  Three three;
  settle(three.order, {three.a, three.b}, 1);
  Covered covered;
  covered.add(three.b->id, 1);
  three.order.restart({1, 9, kKeeper}, covered, {}, 7);
  CHECK(textOf(three.order) == "| a1 c1");
  CHECK(three.order.bytes() == 200);
  CHECK(three.order.head() == Point{1, 9, kKeeper});
}

TEST_CASE("the first beginning of a slice counts, and one that replaces the current") {
  Order order;
  const Key slice("notes");
  const auto first = beginningOf("a", 1, 1, {slice});
  const auto second = beginningOf("b", 1, 2, {slice});
  const auto third = beginningOf("c", 1, 3, {slice, first->id});
  for (const auto& entry : {first, second, third}) order.insert(entry, 0);
  settle(order, {first, second, third}, 1);
  CHECK(order.lineageAt(slice, 0) == EntryId());
  CHECK(order.lineageAt(slice, 2) == first->id);
  CHECK(order.lineage(slice) == third->id);
  order.drop(1);
  CHECK(order.lineageAt(slice, 1) == first->id);
}

TEST_CASE("what is tentative of a hole that is forgotten goes") {
  Order order;
  const Key row("a");
  order.insert(entryOf("a", 1, 1e6), 0);
  std::uint64_t seq = 0;
  for (std::size_t i = 0; i <= Covered::kMostHoles; ++i) {
    const Run hole{row, seq + 1, seq + 1};
    seq += 2;
    const auto entry = entryOf("a", seq, static_cast<double>(seq));
    order.insert(entry, 0);
    settle(order, {entry}, 1, {{order.head().n + 1, hole}});
  }
  CHECK(order.tentative().empty());
  CHECK(order.covered().covers({row, 1}));
  CHECK(order.bytes() == 100 * order.settled().size());
}
