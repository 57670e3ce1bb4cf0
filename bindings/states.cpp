#include "states.h"

#include "value/node_ids.h"

namespace isthmus::bindings {
namespace {

enum class Form : std::uint32_t { Initial, Node, Plain };

std::optional<Value> readState(Arguments& arguments, Form form) {
  return form == Form::Plain ? arguments.value() : NodeIds::find(arguments.varint());
}

}  // namespace

std::optional<Value> readState(Arguments& arguments, const Program& program) {
  const auto form = static_cast<Form>(arguments.varint());
  return form == Form::Initial ? program.initialState() : readState(arguments, form);
}

std::optional<Value> readState(Arguments& arguments) {
  return readState(arguments, static_cast<Form>(arguments.varint()));
}

}  // namespace isthmus::bindings
