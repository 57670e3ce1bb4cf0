#include "bridge/counters.h"

#include "native/value/json_literal.h"

using namespace isthmus;

TEST_CASE("fresh counters are zeros and empty tables") {
  CHECK(toJson(Counters(4).toValue()) ==
        R"({"sent":0,"accepted":0,"limited":0,"parked":0,"discarded":0,)"
        R"("dropped":{},"refused":{},"byType":{}})");
}

TEST_CASE("what is counted shows by direction, by reason and by type, and zeros are left out") {
  Counters counters(4);
  counters.reserveRow("quiet");
  counters.countSent();
  for (int n = 0; n < 3; ++n) counters.countLimited();
  counters.countParked();
  counters.countParked();
  counters.countDiscarded(5);
  counters.countAccepted();
  counters.countAccepted();
  counters.countDrop(DropReason::Schema, "a");
  counters.countDrop(DropReason::Schema, "a");
  counters.countDrop(DropReason::Undecodable, "");
  counters.countRefusal(DropReason::TooLarge, "a");
  counters.countRefusal(DropReason::Off, "b");
  CHECK(toJson(counters.toValue()) ==
        R"({"sent":1,"accepted":2,"limited":3,"parked":2,"discarded":5,)"
        R"("dropped":{"undecodable":1,"schema":2},)"
        R"("refused":{"too-large":1,"off":1},)"
        R"("byType":{"a":{"too-large":1,"schema":2},"b":{"off":1}}})");
}

TEST_CASE("strange types share one row when their rows are used up, and known types keep theirs") {
  Counters counters(2);
  for (const char* type : {"one", "two", "three", "four", "one"}) {
    counters.countDrop(DropReason::Type, type);
  }
  counters.reserveRow("known");
  counters.countDrop(DropReason::Version, "known");
  CHECK(
      toJson(*counters.toValue().find(Key("byType"))) ==
      R"json({"one":{"type":2},"two":{"type":1},"(other)":{"type":2},"known":{"version":1}})json");
}

TEST_CASE("a very long strange type gets no row of its own") {
  Counters counters(2);
  counters.countDrop(DropReason::Type, std::string(100'000, 'x'));
  CHECK(toJson(*counters.toValue().find(Key("byType"))) == R"json({"(other)":{"type":1}})json");
}

TEST_CASE("a type may be called as JavaScript calls its prototypes") {
  Counters counters(2);
  counters.countDrop(DropReason::Type, "__proto__");
  CHECK(toJson(*counters.toValue().find(Key("byType"))) == R"({"__proto__":{"type":1}})");
}
