// Random programs of all steps, compared with an interpreter that copies everything. As many steps
// as the environment's ISTHMUS_STEPS says, some ten thousand without it. The seed of a session that
// fails is printed: with it as ISTHMUS_SEED, that session comes first.

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>

#include "native/capture.h"
#include "native/reducer/model/random_session.h"
#include "native/rounds.h"
#include "reducer/program.h"
#include "value/json.h"

using namespace isthmus;
using namespace isthmus::model;

namespace {

std::size_t chosen(const char* name, std::size_t otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::size_t>(std::atoll(text));
}

// Half of the session's states are held, as time travel would, and looked at again in the end.
void replay(const Session& session) {
  const auto compiled = Program::compile(session.definition);
  REQUIRE_MESSAGE(compiled.ok(), compiled.error().message);
  const Program& program = compiled.value();
  Value state = program.initialState();
  std::vector<std::pair<Value, const Value*>> held;
  const Value* expected = &program.initialState();
  for (const auto& turn : session.turns) {
    CAPTURE(turn.type);
    CAPTURE(toJson(turn.payload));
    const Value payload = deepCopy(turn.payload);
    const auto next = program.reduce(state, {Key(turn.type), payload, {}});
    REQUIRE(equal(state, *expected));
    REQUIRE(equal(payload, turn.payload));
    REQUIRE_MESSAGE(next.ok() == turn.state.has_value(), (next ? "" : next.error().message));
    if (!turn.state) continue;
    if (!equal(next.value(), *turn.state)) CHECK(toJson(next.value()) == toJson(*turn.state));
    REQUIRE(equal(next.value(), *turn.state));
    state = next.value();
    expected = &*turn.state;
    if (held.size() < session.turns.size() / 2) held.emplace_back(state, expected);
  }
  for (const auto& [old, content] : held) REQUIRE(equal(old, *content));
}

void runSessions(std::size_t steps, const SessionSize& size) {
  auto seed = static_cast<unsigned>(chosen("ISTHMUS_SEED", std::random_device{}()));
  MESSAGE("ISTHMUS_SEED=" << seed);
  Coverage coverage;
  std::size_t done = 0;
  std::size_t applied = 0;
  for (; done < steps; ++seed) {
    CAPTURE(seed);
    const Session session = makeSession(seed, size, coverage);
    CAPTURE(toJson(*session.definition.find(Key("reducers"))));
    replay(session);
    done += session.steps;
    applied += session.appliedSteps;
  }
  MESSAGE(applied << " of " << done << " steps applied");
  CHECK(applied > done / 20);
}

// Every step, and every option of one that changes what it does.
const char* const kCovered[] = {"set",
                                "unset",
                                "inc",
                                "inc.value",
                                "merge",
                                "push",
                                "insert",
                                "remove",
                                "removeWhere",
                                "updateWhere",
                                "updateWhere.onMatch",
                                "upsert",
                                "upsert.onMatch",
                                "reset",
                                "reset.path",
                                "if",
                                "if.else",
                                "addOne",
                                "addOne.sortBy",
                                "addOne.selectId",
                                "addMany",
                                "addMany.sortBy",
                                "addMany.selectId",
                                "setOne",
                                "setOne.sortBy",
                                "setOne.selectId",
                                "setMany",
                                "setMany.sortBy",
                                "setMany.selectId",
                                "setAll",
                                "setAll.sortBy",
                                "setAll.selectId",
                                "updateOne",
                                "updateOne.sortBy",
                                "updateOne.selectId",
                                "updateMany",
                                "updateMany.sortBy",
                                "updateMany.selectId",
                                "updateMany.where",
                                "updateMany.onMatch",
                                "upsertOne",
                                "upsertOne.sortBy",
                                "upsertOne.selectId",
                                "upsertOne.onMatch",
                                "upsertMany",
                                "upsertMany.sortBy",
                                "upsertMany.selectId",
                                "upsertMany.onMatch",
                                "removeOne",
                                "removeOne.sortBy",
                                "removeOne.selectId",
                                "removeMany",
                                "removeMany.sortBy",
                                "removeMany.selectId",
                                "removeMany.where",
                                "removeAll",
                                "removeAll.sortBy",
                                "removeAll.selectId"};

bool isCovered(const Coverage& coverage, const char* what) {
  return coverage.of(what).applied > 0 && coverage.of(what).failed > 0;
}

}  // namespace

TEST_CASE("random programs do what an interpreter on plain copies does, or fail as it does") {
  runSessions(chosen("ISTHMUS_STEPS", rounds(std::size_t{10'000})), kSmall);
}

TEST_CASE("random programs do what an interpreter does on large tables, too") {
  runSessions(chosen("ISTHMUS_STEPS", rounds(std::size_t{10'000})) / 25, kLarge);
}

// It tells of the programs, not of the engine.
TEST_CASE("among random programs each step applies and fails, and so it does with each option" *
          doctest::skip(kSanitized)) {
  Coverage coverage;
  unsigned seed = 0;
  for (const char* const what : kCovered) {
    for (; seed < 1000 && !isCovered(coverage, what); ++seed) makeSession(seed, kSmall, coverage);
    CAPTURE(std::string(what));
    CHECK(isCovered(coverage, what));
  }
  MESSAGE(seed << " sessions");
}
