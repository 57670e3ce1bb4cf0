#include "value/sequence.h"
#include "native/capture.h"

#include <doctest/doctest.h>

#include <numeric>
#include <random>

using isthmus::Sequence;

namespace {

std::vector<int> contents(const Sequence<int>& list) { return {list.begin(), list.end()}; }

std::vector<int> upTo(int size) {
  std::vector<int> numbers(static_cast<std::size_t>(size));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

}  // namespace

TEST_CASE("a sequence holds what it was made of, whatever its size") {
  for (const int size : {0, 1, 31, 32, 33, 64, 65, 1024, 1025, 33000}) {
    CAPTURE(size);
    const Sequence<int> list(upTo(size));
    CHECK(list.size() == static_cast<std::size_t>(size));
    CHECK(contents(list) == upTo(size));
    if (size > 0) CHECK(list[static_cast<std::size_t>(size) - 1] == size - 1);
  }
}

TEST_CASE("appending one by one gives the same list as making it at once") {
  Sequence<int> list;
  for (const int number : upTo(5000)) list.pushBack(number);
  CHECK(contents(list) == upTo(5000));
}

TEST_CASE("a change leaves every copy as it was") {
  const Sequence<int> before(upTo(3000));
  Sequence<int> after = before;
  after.open(1500) = -1;
  after.insert(0, -2);
  after.erase(2999);
  CHECK(contents(before) == upTo(3000));
  CHECK(after[0] == -2);
  CHECK(after[1501] == -1);
  CHECK(after.size() == 3000);
}

TEST_CASE("a list can be emptied and filled again") {
  Sequence<int> list(upTo(2000));
  for (int i = 0; i < 2000; ++i) list.erase(static_cast<std::size_t>(i % 7) % list.size());
  CHECK(list.empty());
  CHECK(contents(list).empty());
  list.pushBack(5);
  CHECK(contents(list) == std::vector{5});
}

TEST_CASE("only blocks that two lists do not share are visited") {
  const Sequence<int> before(upTo(100'000));
  Sequence<int> after = before;
  after.open(70'000) = -1;
  std::size_t visits = 0;
  std::size_t differences = 0;
  Sequence<int>::visitDifferences(before, after,
                                  [&](std::size_t index, const int* x, const int* y) {
                                    ++visits;
                                    if (*x == *y) return;
                                    ++differences;
                                    CHECK(index == 70'000);
                                  });
  CHECK(differences == 1);
  CHECK(visits <= Sequence<int>::kWidth);
}

TEST_CASE("random changes agree with a plain vector, and every difference is visited") {
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const auto below = [&](std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
  };
  for (int round = 0; round < 30; ++round) {
    auto model = upTo(static_cast<int>(below(3000)));
    Sequence<int> list(model);
    for (int step = 0; step < 200; ++step) {
      const auto earlier = list;
      const auto earlierModel = model;
      const auto kind = below(4);
      if (kind == 0 || model.empty()) {
        const auto at = below(model.size() + 1);
        model.insert(model.begin() + static_cast<std::ptrdiff_t>(at), step);
        list.insert(at, step);
      } else if (kind == 1) {
        model.push_back(step);
        list.pushBack(step);
      } else {
        const auto at = below(model.size());
        if (kind == 2) {
          model.erase(model.begin() + static_cast<std::ptrdiff_t>(at));
          list.erase(at);
        } else {
          model[at] = -step;
          list.open(at) = -step;
        }
      }
      REQUIRE(contents(list) == model);
      REQUIRE(contents(earlier) == earlierModel);
      auto patched = earlierModel;
      patched.resize(model.size());
      Sequence<int>::visitDifferences(earlier, list,
                                      [&](std::size_t index, const int*, const int* y) {
                                        if (y != nullptr) patched[index] = *y;
                                      });
      REQUIRE(patched == model);
    }
  }
}
