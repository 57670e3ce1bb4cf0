#include "log/histories.h"

#include <doctest/doctest.h>

#include <random>

#include "native/log/log_fixture.h"
#include "native/reducer/model/random_session.h"

using namespace isthmus;

namespace {

constexpr ActionLimits kLimits;
const Key kNotesName("notes");

Histories::Slice& notesIn(Histories& histories) {
  auto slice = notesSlice();
  const Value seed = slice.seed;
  histories.put(std::move(slice), 0, {seed, {Key("begin:a"), 1}, true});
  return *histories.find(kNotesName);
}

void play(Histories& histories, Place place, const char* action) {
  const auto entry = entryOf("a", place, 1, json(action));
  const auto read = readAction(*entry);
  histories.play(place, *entry, &*read);
}

}  // namespace

TEST_CASE("a rewind goes back to what a slice was at any place") {
  Histories histories(kLimits);
  const auto& slice = notesIn(histories);
  for (Place place = 1; place <= 5; ++place) play(histories, place, R"({ "type": "notes/inc" })");
  CHECK(toJson(Histories::at(slice, 3).state) == R"({"n":3,"list":[]})");
  histories.rewind(2);
  CHECK(toJson(slice.now.state) == R"({"n":2,"list":[]})");
  histories.rewind(0);
  CHECK(toJson(slice.now.state) == R"({"n":0,"list":[]})");
}

TEST_CASE(
    "an entry that changes nothing is not recorded, one that is refused is told until it is "
    "rewound") {
  Histories histories(kLimits);
  const auto& slice = notesIn(histories);
  play(histories, 1, R"({ "type": "other" })");
  play(histories, 2, R"({ "type": "notes/take" })");
  CHECK(slice.records.empty());
  CHECK(slice.refused == std::vector<Place>{2});
  histories.rewind(1);
  CHECK(slice.refused.empty());
}

TEST_CASE("what is before a place is dropped, and what is behind stays") {
  Histories histories(kLimits);
  const auto& slice = notesIn(histories);
  for (Place place = 1; place <= 5; ++place) play(histories, place, R"({ "type": "notes/inc" })");
  histories.drop(3);
  CHECK(slice.since == 3);
  CHECK(slice.records.size() == 2);
  histories.rewind(3);
  CHECK(toJson(slice.now.state) == R"({"n":3,"list":[]})");
}

TEST_CASE(
    "a slice begins at the seed or the initial state of a known digest, else it shows its seed") {
  Histories histories(kLimits);
  auto seeded = notesSlice(R"({ "n": 100, "list": [] })");
  const Value seed = seeded.seed;
  histories.put(std::move(seeded), 0, {seed, {}, false});
  const auto& slice = *histories.find(kNotesName);
  const auto begin = [&](std::uint64_t digest) {
    histories.rewind(0);
    histories.play(1, *beginningOf("a", 1, 1, {kNotesName, {}, digest}), nullptr);
    return toJson(slice.now.state);
  };
  CHECK(begin(2) == R"({"n":100,"list":[]})");
  CHECK(slice.now.isValid);
  CHECK(begin(1) == R"({"n":0,"list":[]})");
  CHECK(slice.now.isValid);
  CHECK(begin(77) == R"({"n":100,"list":[]})");
  CHECK_FALSE(slice.now.isValid);
  histories.play(2, *beginningOf("b", 1, 1, {kNotesName, {}, 1}), nullptr);
  CHECK(slice.now.lineage == EntryId{Key("begin:a"), 1});
}

TEST_CASE(
    "random programs, rewound and played with insertions, show what a fold from scratch does") {
  model::Coverage coverage;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto session = model::makeSession(seed, model::kSmall, coverage);
    const auto program =
        std::make_shared<const Program>(Program::compile(session.definition).value());
    Histories histories(kLimits);
    const Value initial = program->initialState();
    const Key name("random");
    histories.put({name, name, program, initial, 1, initial, 1}, 0, {initial, {}, true});
    std::vector<Action> line;
    for (const auto& turn : session.turns) {
      const auto at = line.size() - random() % (std::min<std::size_t>(line.size(), 8) + 1);
      line.insert(line.begin() + static_cast<std::ptrdiff_t>(at),
                  Action{Key(turn.type), turn.payload, {}});
      histories.rewind(at);
      for (auto i = at; i < line.size(); ++i) histories.play(i + 1, Entry{}, &line[i]);
      Value scratch = initial;
      for (const auto& action : line) {
        auto next = program->reduce(scratch, action);
        if (next) scratch = std::move(next).value();
      }
      REQUIRE(equal(histories.find(name)->now.state, scratch));
    }
  }
}
