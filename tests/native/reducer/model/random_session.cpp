#include "native/reducer/model/random_session.h"

#include "native/reducer/model/plain_program.h"
#include "native/reducer/model/random_program.h"
#include "value/json.h"
#include "value/object_builder.h"

namespace isthmus::model {
namespace {

constexpr std::size_t kReducers = 20;
constexpr std::size_t kTurns = 4 * kReducers;

Value parsed(const std::string& json) { return parseJson(json).value(); }

Key eventName(std::size_t number) { return Key("run" + std::to_string(number)); }

Value makeDefinition(RandomProgram& random) {
  ObjectBuilder reducers;
  for (std::size_t i = 0; i < kReducers; ++i) {
    reducers.set(eventName(i), parsed(random.steps(1 + random.below(4))));
  }
  ObjectBuilder definition;
  definition.set("name", Value("random"));
  definition.set("initialState", parsed(random.initialState()));
  definition.set("reducers", std::move(reducers).build());
  if (random.below(2) == 0) definition.set("index", parsed(R"({"/items":["sku","q"]})"));
  return std::move(definition).build();
}

}  // namespace

Session makeSession(unsigned seed, const SessionSize& size, Coverage& coverage) {
  RandomProgram random(seed, size.ids);
  Session session{makeDefinition(random), {}};
  const Value& initial = *session.definition.find(Key("initialState"));
  const Value& reducers = *session.definition.find(Key("reducers"));
  Value state = deepCopy(initial);
  while (session.turns.size() < kTurns && toJson(state).size() < size.largest) {
    const Key event = eventName(random.below(kReducers));
    const Value& steps = *reducers.find(event);
    const Value payload = parsed(random.payload());
    PlainProgram program(state, initial, payload, coverage);
    const bool applied = program.run(steps);
    if (program.isTooLarge()) break;
    if (applied) state = deepCopy(program.state());
    session.turns.push_back({"random/" + event.text(), payload, applied ? Plain(state) : Plain()});
    session.steps += steps.items().size();
    session.appliedSteps += applied ? steps.items().size() : 0;
  }
  return session;
}

}  // namespace isthmus::model
