#include "bridge/drop_reason.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace isthmus;

TEST_CASE("every drop reason has a name of its own") {
  std::set<std::string> names;
  for (std::size_t i = 0; i < kDropReasonCount; ++i) {
    names.emplace(toString(static_cast<DropReason>(i)));
  }
  CHECK(names.size() == kDropReasonCount);
  CHECK(toString(DropReason::Undecodable) == "undecodable");
  CHECK(toString(DropReason::Reducer) == "reducer");
}
