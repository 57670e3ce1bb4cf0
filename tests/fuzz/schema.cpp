// JSON text [schema, value, ...]: a schema that compiles gives each value one verdict, and the
// places that its error names exist.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "contract/schema.h"
#include "value/json.h"

using namespace isthmus;

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

void demandPlace(const Value& root, const std::string& pointer) {
  const auto path = parsePointer(pointer);
  demand(path.ok() && find(root, path.value()) != nullptr);
}

void check(const Schema& schema, const Value& definition, const Value& value) {
  const auto error = schema.check(value);
  const auto again = schema.check(value);
  demand(error.has_value() == again.has_value());
  if (!error) return;
  demand(!error->message.empty() && error->schema == again->schema);
  demandPlace(value, error->instance);
  demandPlace(definition, error->schema);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = parseJson({reinterpret_cast<const char*>(data), size}, {.depth = 64});
  if (!input || !input.value().isArray() || input.value().items().empty()) return 0;
  const auto& items = input.value().items();
  const auto schema = Schema::compile(items.front());
  if (!schema) {
    demand(!schema.error().message.empty());
    demandPlace(items.front(), schema.error().where);
    return 0;
  }
  for (std::size_t i = 1; i < items.size(); ++i) check(schema.value(), items.front(), items[i]);
  return 0;
}
