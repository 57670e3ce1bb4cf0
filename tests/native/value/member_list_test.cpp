#include "value/member_list.h"
#include "native/capture.h"
#include "native/rounds.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

using isthmus::Key;
using List = isthmus::MemberList<int>;

namespace {

Key named(std::size_t number) { return Key("key-" + std::to_string(number)); }

std::string render(const List& list) {
  std::string text;
  for (const auto& [key, value] : list) text += key.text() + "=" + std::to_string(value) + " ";
  return text;
}

}  // namespace

TEST_CASE("members keep JavaScript's order: indices ascending, then names as they came") {
  List list;
  for (const char* const key : {"b", "10", "a", "9", "01"}) list.add(Key(key), 0);
  CHECK(render(list) == "9=0 10=0 b=0 a=0 01=0 ");
}

TEST_CASE("a large list keeps that order, too") {
  List list;
  for (std::size_t i = 0; i < 100; ++i) list.add(named(i), 1);
  list.add(Key("7"), 2);
  list.add(Key("3"), 3);
  CHECK(render(list).substr(0, 18) == "3=3 7=2 key-0=1 ke");
  CHECK(list.size() == 102);
  CHECK(*list.find(named(99)) == 1);
}

TEST_CASE("removed members are gone from every look at the list") {
  List list;
  for (std::size_t i = 0; i < 200; ++i) list.add(named(i), static_cast<int>(i));
  const List before = list;
  for (std::size_t i = 0; i < 200; i += 2) list.erase(named(i));
  CHECK(list.size() == 100);
  CHECK(list.find(named(10)) == nullptr);
  CHECK(*list.find(named(11)) == 11);
  CHECK(std::distance(list.begin(), list.end()) == 100);
  CHECK(before.size() == 200);
  CHECK(*before.find(named(10)) == 10);
}

TEST_CASE("one written value is one visited difference among many members") {
  List before;
  for (std::size_t i = 0; i < 50'000; ++i) before.add(named(i), 0);
  List after = before;
  *after.open(named(31'000)) = 1;
  std::vector<std::string> different;
  List::visitDifferences(before, after, [&](const Key& key, const int* x, const int* y) {
    if (*x != *y) different.push_back(key.text());
  });
  CHECK(different == std::vector<std::string>{"key-31000"});
}

TEST_CASE("random changes agree with a plain map") {
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 8; ++round) {
    std::map<std::string, int> model;
    List list;
    for (int step = 0; step < 2000; ++step) {
      const auto number = std::uniform_int_distribution<std::size_t>(0, 300)(random);
      const Key key = number % 3 == 0 ? Key(std::to_string(number)) : named(number);
      const bool known = model.contains(key.text());
      const List earlier = list;
      if (known && step % 3 == 0) {
        model.erase(key.text());
        list.erase(key);
        REQUIRE(earlier.find(key) != nullptr);
      } else if (known) {
        model[key.text()] = step;
        *list.open(key) = step;
      } else {
        model[key.text()] = step;
        list.add(key, step);
        REQUIRE(earlier.find(key) == nullptr);
      }
      std::map<std::string, int> patched;
      for (const auto& [name, value] : earlier) patched[name.text()] = value;
      List::visitDifferences(earlier, list, [&](const Key& name, const int*, const int* y) {
        if (y == nullptr) {
          patched.erase(name.text());
        } else {
          patched[name.text()] = *y;
        }
      });
      REQUIRE(patched == model);
      REQUIRE(list.size() == model.size());
    }
  }
}

namespace {

// The same in two plain containers: keys that are indices, and the others as they came.
class PlainList {
 public:
  void set(const Key& key, int value) {
    if (const auto index = key.index()) {
      numbered_[*index] = value;
    } else if (const auto at = place(key); at != named_.end()) {
      at->second = value;
    } else {
      named_.emplace_back(key, value);
    }
  }
  void erase(const Key& key) {
    if (const auto index = key.index()) {
      numbered_.erase(*index);
    } else {
      named_.erase(place(key));
    }
  }
  std::string text() const {
    std::string text;
    for (const auto& [index, value] : numbered_) {
      text += std::to_string(index) + "=" + std::to_string(value) + " ";
    }
    for (const auto& [key, value] : named_) text += key.text() + "=" + std::to_string(value) + " ";
    return text;
  }

 private:
  std::vector<std::pair<Key, int>>::iterator place(const Key& key) {
    return std::find_if(named_.begin(), named_.end(),
                        [&](const auto& member) { return member.first == key; });
  }

  std::map<std::uint32_t, int> numbered_;
  std::vector<std::pair<Key, int>> named_;
};

void changeBoth(List& list, PlainList& plain, const Key& key, int value, bool erase) {
  const bool isKnown = list.find(key) != nullptr;
  if (isKnown && erase) {
    list.erase(key);
    plain.erase(key);
    return;
  }
  if (isKnown) {
    *list.open(key) = value;
  } else {
    list.add(key, value);
  }
  plain.set(key, value);
}

}  // namespace

TEST_CASE("random changes to lists that grow and shrink keep every member in JavaScript's order") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  List list;
  PlainList plain;
  List held;
  std::string heldText;
  for (int step = 0; step < rounds(20'000); ++step) {
    const bool isShrinking = (step / 500) % 2 == 1;
    const auto near = static_cast<std::uint32_t>(random() % 60);
    const Key key = step % 3 == 0   ? named(random() % 60)
                    : step % 3 == 1 ? Key::fromIndex(near)
                                    : Key::fromIndex(near * 70'000'000);
    changeBoth(list, plain, key, step, random() % 4 < (isShrinking ? 4 : 1));
    if (isShrinking && list.find(key) != nullptr) changeBoth(list, plain, key, 0, true);
    if (step % 10 != 0) continue;
    REQUIRE(render(list) == plain.text());
    REQUIRE(render(held) == heldText);
    if (step % 50 == 0) {
      held = list;
      heldText = plain.text();
    }
  }
}
