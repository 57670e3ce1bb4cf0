#include "reducer/program.h"

namespace isthmus {

Result<Program> Program::compile(const Value& definition) {
  if (!definition.isObject()) return invalidDefinition("a slice definition is an object");
  const Value* const name = definition.find(Key("name"));
  if (name == nullptr || !name->isString() || name->string().empty()) {
    return invalidDefinition("a slice needs a name: a string that is not empty", "/name");
  }
  const Value* const initialState = definition.find(Key("initialState"));
  if (initialState == nullptr)
    return invalidDefinition("a slice needs an initial state", "/initialState");
  Program program;
  program.name_ = name->string();
  program.initialState_ = *initialState;
  if (const Value* const index = definition.find(Key("index"))) {
    auto indexed = IndexedArrays::compile(*index);
    if (!indexed) return below(Key("index"), indexed.pass());
    program.indexed_ = std::move(indexed).value();
  }
  for (const char* const field : {"reducers", "on"}) {
    const Value* const reducers = definition.find(Key(field));
    if (reducers == nullptr) continue;
    const bool own = std::string_view(field) == "reducers";
    auto status = program.add(*reducers, own ? program.name_ + "/" : "");
    if (!status) return below(Key(field), status.pass());
  }
  return program;
}

Status Program::add(const Value& reducers, const std::string& prefix) {
  if (!reducers.isObject()) return invalidDefinition("reducers are an object of lists of steps");
  for (const auto& [event, definition] : reducers.members()) {
    auto steps = compileSteps(definition);
    if (!steps) return below(event, steps.pass());
    const Key type(prefix + event.text());
    if (stepsFor(type) != nullptr) {
      return invalidDefinition(
          "the action type '" + type.text() + "' has two reducers in this slice",
          toPointer({event}));
    }
    reducers_.push_back({type, std::move(steps).value()});
  }
  return Done{};
}

}  // namespace isthmus
