#include "contract/schema.h"

#include <algorithm>
#include <cassert>

#include "base/nearest_name.h"
#include "contract/schema/schema_checker.h"
#include "contract/schema/schema_compiler.h"
#include "contract/schema/schema_demands.h"
#include "contract/schema/schema_places.h"

namespace isthmus {
namespace {

std::string listed(const std::vector<Key>& keys) {
  std::string text;
  for (const auto& key : keys) text += (text.empty() ? "'" : ", '") + key.text() + "'";
  return text;
}

}  // namespace

Result<Schema> Schema::compile(const Value& definition, SchemaOptions options) {
  auto graph = SchemaCompiler(definition, std::move(options)).compile();
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

std::optional<std::string> Schema::misnamed(const Path& path) const {
  SchemaPlaces places;
  if (places.describes(*graph_->nodes.front(), path)) return std::nullopt;
  const auto& [depth, members, isElement, isClosed] = places.end();
  Path meant(path);
  const auto at = meant.begin() + static_cast<std::ptrdiff_t>(depth);
  if (isElement) {
    meant.insert(at, Key("*"));
    return "there is an array; did you mean '" + toPointer(meant) + "'?";
  }
  NearestName nearest(at->text());
  for (const auto& member : members) nearest.offer(member.text());
  if (!nearest.found().empty()) {
    *at = Key(nearest.found());
    return "did you mean '" + toPointer(meant) + "'? If not, list it among the properties";
  }
  const Path parent(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(depth));
  if (members.empty()) return "'" + toPointer(parent) + "' has no parts";
  if (!isClosed || depth + 1 == path.size()) return std::nullopt;
  return "'" + toPointer(parent) + "' has " + listed(members);
}

bool Schema::names(const Key& key) const {
  const auto& nodes = graph_->nodes;
  return std::any_of(nodes.begin(), nodes.end(), [&](const auto& node) {
    return node->objects && node->objects->find(key) != nullptr;
  });
}

}  // namespace isthmus
