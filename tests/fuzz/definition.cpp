// Binary values one after another: a slice's definition, then actions as (varint type, value
// payload)*. A definition that does not compile says where; an action that is refused leaves the
// state as it was, and one that applies makes a state that can be written, printed and read again.

#include <cstdint>
#include <cstdlib>
#include <span>

#include "reducer/program.h"
#include "value/codec.h"
#include "value/json.h"

using namespace isthmus;

namespace {

// Steps can nest a state in itself, so that few nodes spell more than can be written out.
constexpr std::size_t kWrittenOut = 100'000;

void demand(bool holds) {
  if (!holds) std::abort();
}

// How many values and bytes of text a value spells, counted until there are too many.
std::size_t weigh(const Value& value, std::size_t enough = kWrittenOut) {
  std::size_t weight = value.isString() ? 1 + value.string().size() : 1;
  if (value.isArray()) {
    for (const auto& item : value.items()) {
      if (weight > enough) break;
      weight += weigh(item, enough - weight);
    }
  } else if (value.isObject()) {
    for (const auto& [key, child] : value.members()) {
      if (weight > enough) break;
      weight += key.text().size() + weigh(child, enough - weight);
    }
  }
  return weight;
}

void checkRefused(const Error& error) {
  demand(error.code == ErrorCode::InvalidDefinition && !error.message.empty());
  demand(parsePointer(error.where).ok());
}

void checkState(const Value& state) {
  const auto read = decode(encode(state));
  demand(read.ok() && equal(read.value(), state));
  demand(parseJson(toJson(state)).ok());
}

// The next state, or nothing that is worth going on with.
Value apply(const Program& program, const Value& state, const Action& action) {
  const Bytes before = encode(state);
  auto next = program.reduce(state, action);
  demand(encode(state) == before);
  if (!next) {
    demand(next.error().code == ErrorCode::StepFailed && !next.error().message.empty());
    demand(next.error().slice == program.name() && !next.error().step.empty());
    return state;
  }
  if (weigh(next.value()) > kWrittenOut) return program.initialState();
  checkState(next.value());
  return std::move(next).value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Decoder decoder({data, size}, {.depth = 64});
  const auto definition = decoder.value();
  if (!definition) return 0;
  const auto program = Program::compile(definition.value());
  if (!program) {
    checkRefused(program.error());
    return 0;
  }
  const auto types = program.value().types();
  Value state = program.value().initialState();
  while (!types.empty() && !decoder.atEnd()) {
    const auto type = decoder.varint();
    auto payload = type ? decoder.value() : type.error();
    if (!payload) break;
    const Action action{types[type.value() % types.size()], std::move(payload).value(), {}};
    state = apply(program.value(), state, action);
  }
  return 0;
}
