#include "contract/schema.h"

#include <algorithm>
#include <cassert>

#include "contract/schema/schema_checker.h"
#include "contract/schema/schema_compiler.h"
#include "contract/schema/schema_demands.h"

namespace isthmus {

Result<Schema> Schema::compile(const Value& definition, SchemaOptions options) {
  auto graph = SchemaCompiler(definition, options).compile();
  if (!graph) return std::move(graph.error());
  return Schema(std::move(graph).value());
}

std::optional<SchemaError> Schema::check(const Value& value) const {
  SchemaChecker checker{WorkBudget(kMostWork)};
  if (checker.run(*graph_->nodes.front(), value)) return std::nullopt;
  return std::move(checker).takeError();
}

bool Schema::demands(const Path& path) const {
  assert(!path.empty());
  return SchemaDemands().demand(*graph_->nodes.front(), path);
}

bool Schema::names(const Key& key) const {
  const auto& nodes = graph_->nodes;
  return std::any_of(nodes.begin(), nodes.end(), [&](const auto& node) {
    return node->objects && node->objects->find(key) != nullptr;
  });
}

}  // namespace isthmus
