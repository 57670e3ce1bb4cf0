#include "bridge/parked_messages.h"

#include <doctest/doctest.h>

#include "native/capture.h"
#include "value/json.h"

using namespace isthmus;

namespace {

constexpr ParkedMessages::Bounds kBounds{.bytes = 100, .messages = 5, .ms = 1000};

ParkedMessage of(std::string type, std::uint64_t seq, std::size_t size = 1) {
  return {std::move(type), "peer", seq, std::make_shared<const Bytes>(size), 0};
}

// The number of the next one that can be taken for the key, 0 without one.
std::uint64_t next(ParkedMessages& parked, std::string_view key, double now = 0) {
  if (!parked.advance(key, now)) return 0;
  const auto seq = parked.first(key)->seq;
  parked.take(key);
  return seq;
}

// The numbers of all that can be taken for the key.
std::vector<std::uint64_t> taken(ParkedMessages& parked, std::string_view key, double now = 0) {
  std::vector<std::uint64_t> all;
  while (const auto seq = next(parked, key, now)) all.push_back(seq);
  return all;
}

using Numbers = std::vector<std::uint64_t>;

// As "key messages cause", one line each.
std::string discarded(ParkedMessages& parked) {
  constexpr const char* kCauses[] = {"overflow", "expired", "left"};
  std::string text;
  for (const auto& [key, messages, cause] : parked.takeDiscarded()) {
    text += key + " " + std::to_string(messages) + " " + kCauses[static_cast<int>(cause)] + "\n";
  }
  return text;
}

std::string shown(const ParkedMessages& parked) { return toJson(parked.toValue()); }

}  // namespace

TEST_CASE("types are expected as they are listed, or all below the key where none is listed") {
  ParkedMessages parked(kBounds);
  CHECK_FALSE(parked.expects("cart/add"));
  parked.expect("cart", "host", {});
  parked.expect("profile", "host", {"profile/rename", "auth/logout"});
  for (const char* const type :
       {"cart/add", "cart/", "cart/a/b", "profile/rename", "auth/logout"}) {
    CAPTURE(type);
    CHECK(parked.expects(type));
  }
  for (const char* const type : {"cart", "carts/add", "Cart/add", "", "profile/other", "auth"}) {
    CAPTURE(type);
    CHECK_FALSE(parked.expects(type));
  }
  parked.expect("profile", "host", {"profile/other"});
  CHECK(parked.expects("profile/rename"));
  CHECK(parked.expects("profile/other"));
}

TEST_CASE("what is held comes out in order once its slice is there, what came meanwhile last") {
  ParkedMessages parked(kBounds);
  parked.expect("cart", "host", {});
  for (const std::uint64_t seq : Numbers{3, 1, 2}) parked.hold(of("cart/add", seq), 0);
  CHECK(parked.contains("peer", 1));
  CHECK_FALSE(parked.contains("peer", 4));
  CHECK_FALSE(parked.contains("other", 1));
  CHECK(next(parked, "cart") == 0);
  CHECK(shown(parked) == R"([{"key":"cart","owners":["host"],"messages":3,"bytes":3}])");

  REQUIRE(parked.release("cart", 0));
  CHECK(next(parked, "cart") == 3);
  CHECK_FALSE(parked.contains("peer", 3));
  CHECK(parked.expects("cart/add"));
  parked.hold(of("cart/add", 4), 0);
  CHECK(taken(parked, "cart") == Numbers{1, 2, 4});
  CHECK_FALSE(parked.expects("cart/add"));
  CHECK(shown(parked) == "[]");
  CHECK(discarded(parked).empty());
}

TEST_CASE("a slice for which nothing waits, or that nobody expects, has nothing to release") {
  ParkedMessages parked(kBounds);
  parked.expect("cart", "host", {});
  CHECK_FALSE(parked.release("other", 0));
  CHECK(parked.expects("cart/add"));
  CHECK_FALSE(parked.release("cart", 0));
  CHECK_FALSE(parked.expects("cart/add"));
  CHECK(next(parked, "cart") == 0);
}

TEST_CASE("a message waits for every slice that lists its type, and is taken once, in order") {
  ParkedMessages parked(kBounds);
  parked.expect("a", "host", {"a/x", "both"});
  parked.expect("b", "host", {"b/x", "both"});
  parked.hold(of("both", 1), 0);
  parked.hold(of("b/x", 2), 0);
  parked.hold(of("a/x", 3), 0);
  parked.hold(of("both", 4), 0);
  SUBCASE("the first one first") {
    REQUIRE(parked.release("a", 0));
    CHECK(taken(parked, "a") == Numbers{3});
    parked.hold(of("both", 5), 0);
    REQUIRE(parked.release("b", 0));
    CHECK(taken(parked, "b") == Numbers{1, 2, 4, 5});
  }
  SUBCASE("the second one first") {
    REQUIRE(parked.release("b", 0));
    CHECK(taken(parked, "b") == Numbers{2});
    REQUIRE(parked.release("a", 0));
    CHECK(taken(parked, "a") == Numbers{1, 3, 4});
  }
  SUBCASE("both at once") {
    REQUIRE(parked.release("a", 0));
    REQUIRE(parked.release("b", 0));
    CHECK(taken(parked, "a") == Numbers{3});
    CHECK(taken(parked, "b") == Numbers{1, 2, 4});
  }
  CHECK(shown(parked) == "[]");
}

TEST_CASE("a park over its bounds loses all it holds, may fill again, and leaves others alone") {
  ParkedMessages parked(kBounds);
  parked.expect("cart", "host", {});
  parked.expect("other", "host", {});
  parked.hold(of("other/x", 100), 0);
  for (std::uint64_t seq = 1; seq <= 5; ++seq) parked.hold(of("cart/add", seq), 0);
  CHECK(discarded(parked).empty());
  parked.hold(of("cart/add", 6), 0);
  CHECK(discarded(parked) == "cart 6 overflow\n");
  CHECK_FALSE(parked.contains("peer", 1));
  CHECK_FALSE(parked.contains("peer", 6));
  CHECK(parked.contains("peer", 100));

  parked.hold(of("cart/add", 7, 60), 0);
  parked.hold(of("cart/add", 8, 40), 0);
  CHECK(discarded(parked).empty());
  parked.hold(of("cart/add", 9), 0);
  CHECK(discarded(parked) == "cart 3 overflow\n");
  parked.hold(of("cart/add", 10, 101), 0);
  CHECK(discarded(parked) == "cart 1 overflow\n");
  parked.hold(of("cart/add", 11), 0);
  REQUIRE(parked.release("cart", 0));
  CHECK(taken(parked, "cart") == Numbers{11});
}

TEST_CASE("an open park has its bounds, too, and ends when it was discarded") {
  ParkedMessages parked(kBounds);
  parked.expect("cart", "host", {});
  parked.hold(of("cart/add", 1), 0);
  REQUIRE(parked.release("cart", 0));
  for (std::uint64_t seq = 2; seq <= 6; ++seq) parked.hold(of("cart/add", seq), 0);
  CHECK(discarded(parked) == "cart 6 overflow\n");
  CHECK(next(parked, "cart") == 0);
  CHECK_FALSE(parked.expects("cart/add"));
}

TEST_CASE("a park whose oldest message waited too long is discarded, by the timer or by release") {
  ParkedMessages parked(kBounds);
  parked.expect("a", "host", {});
  parked.expect("b", "host", {});
  CHECK_FALSE(parked.expire(0));
  parked.hold(of("a/x", 1), 100);
  parked.hold(of("b/x", 2), 400);
  parked.hold(of("a/x", 3), 900);
  CHECK(parked.expire(1000) == 100);
  CHECK(discarded(parked).empty());
  CHECK(parked.expire(1100) == 300);
  CHECK(discarded(parked) == "a 2 expired\n");
  CHECK_FALSE(parked.release("b", 1400));
  CHECK(discarded(parked) == "b 1 expired\n");
  CHECK_FALSE(parked.expire(9999));
  parked.hold(of("a/x", 4), 9999);
  REQUIRE(parked.release("a", 10'500));
  CHECK_FALSE(parked.expire(99'999));
  CHECK(taken(parked, "a") == Numbers{4});
}

TEST_CASE("a clock that is set back begins the wait anew, and it still ends") {
  ParkedMessages parked(kBounds);
  parked.expect("a", "host", {});
  parked.hold(of("a/x", 1), 1'000'000);
  CHECK(parked.expire(500) == 1000);
  CHECK(parked.expire(1400) == 100);
  CHECK_FALSE(parked.expire(1500));
  CHECK(discarded(parked) == "a 1 expired\n");
}

TEST_CASE("a park ends with the last app that expects its slice, but not once that is there") {
  ParkedMessages parked(kBounds);
  parked.expect("cart", "one", {});
  parked.expect("cart", "two", {"cart/add"});
  parked.expect("gone", "one", {});
  parked.hold(of("cart/add", 1), 0);
  parked.hold(of("gone/x", 2), 0);
  parked.removeOwner("one");
  CHECK(discarded(parked) == "gone 1 left\n");
  CHECK_FALSE(parked.expects("gone/x"));
  CHECK_FALSE(parked.expects("cart/other"));
  CHECK(shown(parked) == R"([{"key":"cart","owners":["two"],"messages":1,"bytes":1}])");
  REQUIRE(parked.release("cart", 0));
  parked.removeOwner("two");
  CHECK(taken(parked, "cart") == Numbers{1});
  CHECK(discarded(parked).empty());
}
