#include "value/key.h"
#include "native/capture.h"

#include <doctest/doctest.h>

#include <vector>

using isthmus::Key;
using isthmus::parseArrayIndex;

TEST_CASE("equal texts make the same key, and different texts never do") {
  const std::vector<std::string> texts{"", "a", "b", "ab", "0", "00", "__proto__", "a\0b", "é"};
  for (const auto& a : texts) {
    for (const auto& b : texts) {
      CAPTURE(a);
      CAPTURE(b);
      CHECK((Key(a) == Key(b)) == (a == b));
    }
  }
}

TEST_CASE("a key keeps its text through copies, moves and the death of its twins") {
  Key kept("some key");
  {
    const Key twin("some key");
    Key moved = Key(twin);
    kept = moved;
    moved = Key("another");
  }
  CHECK(kept.text() == "some key");
  CHECK(kept == Key("some key"));
  CHECK(kept.hash() == Key("some key").hash());
}

TEST_CASE("a key may hold a zero byte") {
  const std::string_view text("a\0b", 3);
  CHECK(Key(text).text() == text);
  CHECK_FALSE(Key(text) == Key("a"));
}

TEST_CASE("only JavaScript's canonical spelling is an array index") {
  struct Case {
    std::string_view text;
    std::optional<std::uint32_t> index;
  };
  const Case cases[] = {
      {"0", 0},
      {"7", 7},
      {"10", 10},
      {"4294967294", 4294967294U},
      {"4294967295", std::nullopt},
      {"4294967296", std::nullopt},
      {"99999999999", std::nullopt},
      {"", std::nullopt},
      {"00", std::nullopt},
      {"01", std::nullopt},
      {"-1", std::nullopt},
      {"+1", std::nullopt},
      {"1.0", std::nullopt},
      {"1e3", std::nullopt},
      {" 1", std::nullopt},
      {"-", std::nullopt},
      {"a", std::nullopt},
  };
  for (const auto& [text, index] : cases) {
    CAPTURE(text);
    CHECK(parseArrayIndex(text) == index);
    CHECK(Key(text).index() == index);
  }
  CHECK(Key::fromIndex(42) == Key("42"));
}
