#include "bridge/reject_limit.h"

#include <doctest/doctest.h>

using namespace isthmus;

namespace {

void reject(RejectLimit& limit, std::string_view sender, int count, double now) {
  for (int i = 0; i < count; ++i) limit.rejected(sender, now);
}

}  // namespace

TEST_CASE("a sender is limited once its messages were rejected too often, and others are not") {
  RejectLimit limit(4, 10);
  CHECK_FALSE(limit.isLimited("a", 0));
  reject(limit, "a", 9, 0);
  CHECK_FALSE(limit.isLimited("a", 0));
  reject(limit, "a", 1, 0);
  CHECK(limit.isLimited("a", 0));
  CHECK_FALSE(limit.isLimited("b", 0));
}

TEST_CASE("with time there is room again, up to the whole") {
  RejectLimit limit(4, 10);
  reject(limit, "a", 50, 0);
  CHECK(limit.isLimited("a", 99));
  CHECK_FALSE(limit.isLimited("a", 100));
  reject(limit, "a", 1, 100);
  CHECK(limit.isLimited("a", 150));
  reject(limit, "a", 9, 3'600'000);
  CHECK_FALSE(limit.isLimited("a", 3'600'000));
  reject(limit, "a", 1, 3'600'000);
  CHECK(limit.isLimited("a", 3'600'000));
}

TEST_CASE("a clock that is set back limits nobody for as long") {
  RejectLimit limit(4, 10);
  reject(limit, "a", 10, 3'600'000);
  CHECK_FALSE(limit.isLimited("a", 0));
}

TEST_CASE("the sender that was rejected longest ago is forgotten") {
  RejectLimit limit(2, 1);
  reject(limit, "a", 1, 0);
  reject(limit, "b", 1, 0);
  CHECK(limit.isLimited("a", 0));
  reject(limit, "c", 1, 0);
  CHECK_FALSE(limit.isLimited("a", 0));
  CHECK(limit.isLimited("b", 0));
}
