#include "contract/schema/schema_demands.h"

#include <algorithm>

namespace isthmus {
namespace {

bool allHave(const Choices* choices, std::span<const Key> path) {
  const auto has = [&](const Value& value) {
    const Value* at = &value;
    for (const auto& key : path) {
      if (at != nullptr) at = at->find(key);
    }
    return at != nullptr;
  };
  return choices != nullptr && !choices->values().empty() &&
         std::all_of(choices->values().begin(), choices->values().end(), has);
}

}  // namespace

bool SchemaDemands::demand(const SchemaNode& unresolved, std::span<const Key> path) {
  const SchemaNode& node = unresolved.resolved();
  if (!work_.spend()) return false;
  return allHave(node.constant.get(), path) || allHave(node.choices.get(), path) ||
         (node.combined && combined(*node.combined, path)) ||
         (node.objects && member(*node.objects, path)) ||
         (node.arrays && element(*node.arrays, path));
}

bool SchemaDemands::child(const SchemaNode* node, std::span<const Key> path) {
  return node != nullptr && demand(*node, path.subspan(1));
}

bool SchemaDemands::all(const SchemaList& list, std::span<const Key> path) {
  return !list.empty() && std::all_of(list.begin(), list.end(),
                                      [&](const SchemaNode* node) { return demand(*node, path); });
}

bool SchemaDemands::combined(const CombinedRules& rules, std::span<const Key> path) {
  const auto demands = [&](const SchemaNode* node) { return demand(*node, path); };
  return (rules.reference != nullptr && demand(*rules.reference, path)) ||
         std::any_of(rules.all.begin(), rules.all.end(), demands) || all(rules.any, path) ||
         all(rules.one, path);
}

bool SchemaDemands::member(const ObjectRules& rules, std::span<const Key> path) {
  const PropertyRule* const property = rules.find(path.front());
  if (path.size() == 1) return property != nullptr && property->isRequired;
  bool isKnown = property != nullptr && property->schema != nullptr;
  if (isKnown && child(property->schema, path)) return true;
  for (const auto& [text, pattern, schema] : rules.patterns) {
    if (!pattern->matches(path.front().text(), work_)) continue;
    isKnown = true;
    if (child(schema, path)) return true;
  }
  return !isKnown && child(rules.additional, path);
}

bool SchemaDemands::element(const ArrayRules& rules, std::span<const Key> path) {
  const auto index = path.front().index();
  if (!index || path.size() == 1) return false;
  return child(*index < rules.prefix.size() ? rules.prefix[*index] : rules.items, path);
}

}  // namespace isthmus
