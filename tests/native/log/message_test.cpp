#include "log/message.h"

#include <doctest/doctest.h>

#include <string>

#include "native/capture.h"
#include "native/log/entries.h"
#include "value/codec.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

// One of each kind, with all that it may have.
const char* const kMessages[] = {
    R"({ "isthmusLog": 1, "kind": "pull", "from": "a", "to": "b", "head": [3, 2, "a"], "keeper": true,
         "runs": [["b", 1, 9007199254740991], ["begin:b", 2, 2]] })",
    R"({ "isthmusLog": 1, "kind": "cut", "from": "a", "head": [5, 2, "a"], "keeper": true, "ask": true,
         "runs": [["a", 1, 1], ["b", 3, 3]], "base": [3, 1, "b"], "segments": [[4, 2, "a"]],
         "lost": [[5, "b", 1, 2]], "stable": 2, "forget": 4 })",
    R"({ "isthmusLog": 1, "kind": "at", "from": "a", "to": "b", "head": [0, 0, ""], "slice": "notes" })",
    R"({ "isthmusLog": 1, "kind": "hello", "from": "a", "head": [3, 2, "a"], "joining": true,
         "base": [1, 1, "b"], "segments": [[2, 1, "b"], [3, 2, "a"]] })",
    R"({ "isthmusLog": 1, "kind": "delta", "from": "a", "to": "b", "head": [2, 2, "a"],
         "entries": [{ "begin": "notes", "row": "begin:a", "seq": 1, "clock": 5, "after": [["b", 3]],
                       "replaces": ["begin:b", 1], "seed": 7 }],
         "runs": [["a", 1, 2]], "segments": [[1, 2, "a"]] })",
    R"({ "isthmusLog": 1, "kind": "snapshot", "from": "a", "to": "b", "head": [2, 2, "a"],
         "runs": [["a", 8, 8]], "base": [1, 1, "b"], "segments": [[2, 2, "a"]],
         "covered": [["a", 7, 1, [[1, 2], [4, 4]]]], "lineages": [["notes", "begin:a", 1]],
         "slices": [{ "slice": "notes", "since": 1, "lineage": ["begin:a", 1], "state": null }] })",
    R"({ "isthmusLog": 1, "kind": "want", "from": "a", "head": [2, 2, "a"], "slice": "notes",
         "lineage": ["begin:a", 1] })",
    R"({ "isthmusLog": 1, "kind": "slice", "from": "a", "to": "b", "head": [2, 2, "a"],
         "slice": "notes", "lineage": ["begin:a", 1], "point": [2, 2, "a"], "state": [1] })",
    R"({ "isthmusLog": 1, "kind": "entries", "from": "a", "head": [0, 0, ""], "entries": [
         { "isthmus": 1, "binary": 1, "sender": "a", "from": "s", "seq": 4, "clock": 1.5,
           "schemaVersion": 1, "action": { "type": "notes/inc" }, "after": [], "first": 3 }] })",
    R"({ "isthmusLog": 1, "kind": "digests", "from": "a", "head": [2, 2, "a"], "keeper": true,
         "digests": [["notes", "begin:a", 1, 9007199254740991]], "names": ["notes", "other@1"],
         "point": [2, 2, "a"] })",
    R"({ "isthmusLog": 1, "kind": "bye", "from": "a", "head": [0, 0, ""] })"};

Value messageOf(std::string_view kind) {
  for (const char* const each : kMessages) {
    if (json(each).find(Key("kind"))->string() == kind) return json(each);
  }
  return {};
}

Value without(const Value& message, const char* name) {
  Value::Members members;
  for (const auto& [key, old] : message.members()) {
    if (!(key == Key(name))) members.push_back({key, old});
  }
  return Value(std::move(members));
}

// The message with a member set to something else.
Value with(const Value& message, const char* name, const char* value) {
  const Value rest = without(message, name);
  ObjectBuilder members;
  for (const auto& [key, old] : rest.members()) members.set(key, old);
  return std::move(members.set(name, json(value))).build();
}

bool isRead(std::string_view kind, const char* name, const char* value) {
  return readMessage(with(messageOf(kind), name, value)).ok();
}

}  // namespace

TEST_CASE("each kind is read as it was written") {
  for (const char* const text : kMessages) {
    CAPTURE(text);
    const auto read = readMessage(json(text));
    REQUIRE(read.ok());
    CHECK(toJson(toValue(read.value())) == toJson(json(text)));
  }
}

TEST_CASE("a message that is cut off anywhere is none") {
  for (const char* const text : kMessages) {
    const Bytes whole = encode(json(text));
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const auto block = std::make_unique<std::uint8_t[]>(size);
      std::copy_n(whole.begin(), size, block.get());
      const auto value = decode({block.get(), size});
      CHECK_FALSE((value.ok() && readMessage(value.value()).ok()));
    }
  }
}

TEST_CASE("a field of the wrong form makes it none") {
  struct Case {
    const char* kind;
    const char* name;
    const char* value;
  };
  const Case cases[] = {
      {"at", "isthmusLog", "2"},
      {"at", "kind", R"("other")"},
      {"at", "kind", "1"},
      {"at", "from", R"("")"},
      {"at", "to", R"("")"},
      {"at", "head", "[0, 0]"},
      {"at", "head", R"([-1, 0, ""])"},
      {"at", "head", R"([0.5, 0, ""])"},
      {"at", "head", R"([9007199254740992, 0, ""])"},
      {"at", "head", R"([0, 0, 0])"},
      {"at", "keeper", "1"},
      {"at", "slice", "null"},
      {"pull", "runs", R"([["a", 0, 1]])"},
      {"pull", "runs", R"([["a", 2, 1]])"},
      {"pull", "runs", R"([["", 1, 1]])"},
      {"pull", "runs", R"({ "a": 1 })"},
      {"cut", "runs", R"([["a", 1, 1]])"},
      {"cut", "runs", R"([["a", 1, 9007199254740991]])"},
      {"cut", "base", R"([9, 1, "b"])"},
      {"cut", "segments", R"([[5, 2, "a"], [4, 2, "a"]])"},
      {"cut", "segments", R"([[4, 2, ""]])"},
      {"cut", "lost", R"([[5, "b", 1, 2], [4, "c", 1, 1]])"},
      {"cut", "lost", R"([[5, "b", 2, 1]])"},
      {"cut", "stable", "-1"},
      {"snapshot", "covered", R"([["a", 7, 1, [[4, 4], [1, 2]]]])"},
      {"snapshot", "covered", R"([["a", 7, 1, [[4, 8]]]])"},
      {"snapshot", "covered", R"([["a", 7, 1, 0]])"},
      {"snapshot", "lineages", R"([["notes", "", 1]])"},
      {"snapshot", "slices", R"([{ "slice": "notes", "since": 1, "lineage": ["a", 1] }])"},
      {"snapshot", "slices", "[1]"},
      {"want", "lineage", "1"},
      {"slice", "point", "[]"},
      {"entries", "entries", "[null]"},
      {"entries", "entries",
       R"([{ "begin": "notes", "row": "a", "seq": 1, "clock": 1, "seed": 1 }])"},
      {"entries", "entries",
       R"([{ "begin": "notes", "row": "begin:a", "seq": 0, "clock": 1, "seed": 1 }])"},
      {"entries", "entries",
       R"([{ "begin": "notes", "row": "begin:a", "seq": 1, "clock": -1, "seed": 1 }])"},
      {"entries", "entries",
       R"([{ "isthmus": 1, "sender": "a", "from": "s", "seq": 0, "clock": 1,
             "action": { "type": "t" } }])"},
      {"entries", "entries",
       R"([{ "isthmus": 1, "sender": "begin:a", "from": "s", "seq": 1, "clock": 1,
             "action": { "type": "t" } }])"}};
  for (const auto& [kind, name, value] : cases) {
    CAPTURE(kind);
    CAPTURE(name);
    CAPTURE(value);
    CHECK_FALSE(isRead(kind, name, value));
  }
  CHECK(isRead("at", "later", "1"));
}

TEST_CASE("what is about a slice names it") {
  for (const char* const kind : {"want", "slice"}) {
    CAPTURE(kind);
    CHECK_FALSE(readMessage(without(messageOf(kind), "slice")).ok());
  }
}

TEST_CASE("no list is longer than the bound, and no runs are more numbers") {
  std::string segments = "[";
  for (std::size_t i = 0; i <= kMostListed; ++i) {
    segments += (i == 0 ? "[" : ",[") + std::to_string(i + 1) + R"(,1,"a"])";
  }
  segments += "]";
  CHECK_FALSE(isRead("hello", "segments", segments.c_str()));
  const auto cut = messageOf("cut");
  const auto far = with(cut, "head", R"([9007199254740991, 2, "a"])");
  CHECK_FALSE(readMessage(with(far, "runs", R"([["a", 1, 9007199254740988]])")).ok());
}

TEST_CASE("ids and runs are the same in another form") {
  const std::vector entries{entryOf("a", 1, 1), entryOf("a", 2, 1), entryOf("b", 1, 1),
                            entryOf("a", 3, 1), entryOf("a", 2, 1)};
  const auto runs = runsOf(entries);
  CHECK(runs.size() == 4);
  CHECK(countOf(runs) == entries.size());
  const auto ids = idsOf(runs);
  REQUIRE(ids.size() == entries.size());
  for (std::size_t i = 0; i < ids.size(); ++i) CHECK(ids[i] == entries[i]->id);
}
