#include "bench/native/work.h"

#include <cstdio>
#include <cstdlib>

#include "value/json.h"
#include "value/object_builder.h"

namespace isthmus::bench {
namespace {

[[noreturn]] void fail(std::string_view message) {
  std::fprintf(stderr, "native_bench: %.*s\n", static_cast<int>(message.size()), message.data());
  std::exit(1);
}

}  // namespace

std::shared_ptr<const Program> compiled(Value definition) {
  auto program = Program::compile(definition);
  if (!program) fail(program.error().message);
  return std::make_shared<const Program>(std::move(program).value());
}

void injectInto(Store& store, const char* key, std::shared_ptr<const Program> program) {
  const auto injected = store.inject(Key(key), std::move(program), std::nullopt);
  if (!injected) fail(injected.error().message);
}

void dispatch(Store& store, const Action& action) {
  const auto prepared = store.prepare(action);
  if (!prepared) fail(prepared.error().message);
  const auto change = store.pendingChange();
  if (change.watches.size() != 1) fail("an action did not concern the one watch");
  store.commit();
}

Value object(std::initializer_list<std::pair<const char*, Value>> members) {
  ObjectBuilder builder;
  for (const auto& [key, value] : members) builder.set(key, value);
  return std::move(builder).build();
}

Value json(std::string_view text) {
  auto value = parseJson(text);
  if (!value) fail(value.error().message);
  return std::move(value).value();
}

}  // namespace isthmus::bench
