#include "contract/schema/schema_demands.h"

#include <algorithm>

#include "contract/place.h"

namespace isthmus {
namespace {

bool hasPlace(const Value& value, std::span<const Key> path) {
  return path.empty() || anyChild(value, path.front(), [&](const Value& child, const Key&) {
           return hasPlace(child, path.subspan(1));
         });
}

bool allHave(const Choices* choices, std::span<const Key> path) {
  const auto has = [&](const Value& value) { return hasPlace(value, path); };
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
  if (isEvery(path.front())) return everyMember(rules, path);
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

bool SchemaDemands::everyMember(const ObjectRules& rules, std::span<const Key> path) {
  if (path.size() == 1) return rules.required > 0;
  const auto demands = [&](const auto& rule) { return child(rule.schema, path); };
  return std::any_of(rules.properties.begin(), rules.properties.end(), demands) ||
         std::any_of(rules.patterns.begin(), rules.patterns.end(), demands) ||
         child(rules.additional, path);
}

bool SchemaDemands::everyElement(const ArrayRules& rules, std::span<const Key> path) {
  return child(rules.items, path) ||
         std::any_of(rules.prefix.begin(), rules.prefix.end(),
                     [&](const SchemaNode* node) { return child(node, path); });
}

bool SchemaDemands::element(const ArrayRules& rules, std::span<const Key> path) {
  if (path.size() == 1) return false;
  if (isEvery(path.front())) return everyElement(rules, path);
  const auto index = path.front().index();
  if (!index) return false;
  return child(*index < rules.prefix.size() ? rules.prefix[*index] : rules.items, path);
}

}  // namespace isthmus
