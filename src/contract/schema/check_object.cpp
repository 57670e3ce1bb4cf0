// The keywords for objects.

#include "contract/schema/schema_checker.h"

namespace isthmus {

// Members mostly come in the order of the schema's properties, so each is first looked for behind
// the one before.
struct SchemaChecker::MemberVisit {
  const std::vector<PropertyRule>& properties;
  std::size_t next = 0;
  std::size_t required = 0;  // found so far
  bool isEvaluated = false;  // the last member

  const PropertyRule* find(const ObjectRules& rules, const Key& key) {
    const bool isNext = next < properties.size() && properties[next].key == key;
    const auto* const found = isNext ? &properties[next] : rules.find(key);
    if (found != nullptr) next = static_cast<std::size_t>(found - properties.data()) + 1;
    return found;
  }
};

bool SchemaChecker::checkObject(const SchemaNode& node, const Value& object, Evaluated* evaluated) {
  const auto& rules = *node.objects;
  const auto size = object.members().size();
  if (size < rules.count.least) return fail(node, "minProperties", "has too few members");
  if (size > rules.count.most) return fail(node, "maxProperties", "has too many members");
  if (!checkMembers(node, object, evaluated)) return false;
  if (!rules.dependencies.empty() && !checkDependencies(node, object, evaluated)) return false;
  return rules.unevaluated == nullptr || checkUnevaluated(rules, object, *evaluated);
}

bool SchemaChecker::checkMembers(const SchemaNode& node, const Value& object,
                                 Evaluated* evaluated) {
  const auto& rules = *node.objects;
  const bool asks = !rules.properties.empty() || !rules.patterns.empty() ||
                    rules.additional != nullptr || rules.names != nullptr;
  if (!asks) return true;
  work_.spend(object.members().size());
  MemberVisit visit{rules.properties};
  std::size_t position = 0;
  for (const auto& member : object.members()) {
    if (!checkMember(rules, member, visit)) return false;
    if (visit.isEvaluated && evaluated != nullptr) evaluated->add(position);
    ++position;
  }
  return visit.required == rules.required || failRequired(node, object);
}

bool SchemaChecker::checkMember(const ObjectRules& rules, const Value::Member& member,
                                MemberVisit& visit) {
  visit.isEvaluated = false;
  const PropertyRule* const property = visit.find(rules, member.key);
  if (property != nullptr) {
    if (property->isRequired) ++visit.required;
    if (property->schema != nullptr) {
      visit.isEvaluated = true;
      if (!checkChild(*property->schema, member)) return false;
    }
  }
  for (const auto& [text, pattern, schema] : rules.patterns) {
    if (!pattern->matches(member.key.text(), work_)) continue;
    visit.isEvaluated = true;
    if (!checkChild(*schema, member)) return false;
  }
  if (rules.additional != nullptr && !visit.isEvaluated) {
    visit.isEvaluated = true;
    if (!checkChild(*rules.additional, member)) return false;
  }
  if (rules.names == nullptr) return true;
  if (!work_.spend(member.key.text().size() / 64)) return false;
  return check(*rules.names, Value(std::string_view(member.key.text()))) || failAt(member.key);
}

bool SchemaChecker::checkChild(const SchemaNode& schema, const Value::Member& member) {
  return check(schema, member.value) || failAt(member.key);
}

bool SchemaChecker::failRequired(const SchemaNode& node, const Value& object) {
  for (const auto& property : node.objects->properties) {
    if (property.isRequired && object.find(property.key) == nullptr) {
      return fail(node, "required", "lacks the required '" + property.key.text() + "'");
    }
  }
  return false;
}

bool SchemaChecker::checkDependencies(const SchemaNode& node, const Value& object,
                                      Evaluated* evaluated) {
  for (const auto& dependency : node.objects->dependencies) {
    if (object.find(dependency.key) == nullptr) continue;
    work_.spend(dependency.required.size());
    for (const auto& key : dependency.required) {
      if (object.find(key) != nullptr) continue;
      return fail(node, "dependentRequired",
                  "lacks '" + key.text() + "', which '" + dependency.key.text() + "' requires");
    }
    if (dependency.schema != nullptr && !check(*dependency.schema, object, evaluated)) return false;
  }
  return true;
}

bool SchemaChecker::checkUnevaluated(const ObjectRules& rules, const Value& object,
                                     Evaluated& evaluated) {
  std::size_t position = 0;
  for (const auto& member : object.members()) {
    if (!evaluated.has(position) && !checkChild(*rules.unevaluated, member)) return false;
    ++position;
  }
  evaluated.addAll();
  return true;
}

}  // namespace isthmus
