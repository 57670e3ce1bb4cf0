// Prints random sessions as JSON lines, for tests/cases/random-programs.test.ts to replay through
// wasm. Usage: random_programs <seed> <steps> small|large
//
//   { "seed": number, "steps": number, "definition": { name, initialState, reducers, index? },
//     "turns": [{ "type", "payload", "state": any, or null when the action is refused }] }

#include <cstdlib>
#include <iostream>
#include <string_view>

#include "native/reducer/model/random_session.h"
#include "value/json.h"
#include "value/object_builder.h"

using namespace isthmus;
using namespace isthmus::model;

namespace {

Value toValue(const Turn& turn) {
  ObjectBuilder value;
  value.set("type", Value(turn.type));
  value.set("payload", turn.payload);
  value.set("state", turn.state.value_or(Value()));
  return std::move(value).build();
}

Value toValue(const Session& session, unsigned seed) {
  Value::Items turns;
  for (const auto& turn : session.turns) turns.push_back(toValue(turn));
  ObjectBuilder value;
  value.set("seed", Value(static_cast<double>(seed)));
  value.set("steps", Value(static_cast<double>(session.steps)));
  value.set("definition", session.definition);
  value.set("turns", Value(std::move(turns)));
  return std::move(value).build();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: " << argv[0] << " <seed> <steps> small|large\n";
    return 2;
  }
  auto seed = static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10));
  const auto steps = std::strtoul(argv[2], nullptr, 10);
  const SessionSize& size = argv[3] == std::string_view("large") ? kLarge : kSmall;
  Coverage coverage;
  for (std::size_t done = 0; done < steps && std::cout; ++seed) {
    const Session session = makeSession(seed, size, coverage);
    std::cout << toJson(toValue(session, seed)) << "\n";
    done += session.steps;
  }
}
