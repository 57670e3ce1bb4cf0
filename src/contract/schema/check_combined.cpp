// The keywords that apply schemas to the same value.

#include "contract/schema/schema_checker.h"
#include "contract/schema/schema_compiler.h"

namespace isthmus {

bool SchemaChecker::checkCombined(const SchemaNode& node, const Value& value,
                                  Evaluated* evaluated) {
  const auto& rules = *node.combined;
  if (!checkReference(node, value, evaluated)) return false;
  work_.spend(rules.all.size());
  for (const auto* const schema : rules.all) {
    if (!check(*schema, value, evaluated)) return false;
  }
  if (!rules.any.empty() && !checkAny(node, value, evaluated)) return false;
  if (!rules.one.empty() && !checkOne(node, value, evaluated)) return false;
  if (rules.excluded != nullptr && passes(*rules.excluded, value, nullptr)) {
    return fail(node, "not", "is what the schema excludes");
  }
  return rules.condition == nullptr || checkCondition(rules, value, evaluated);
}

bool SchemaChecker::checkReference(const SchemaNode& node, const Value& value,
                                   Evaluated* evaluated) {
  const auto& rules = *node.combined;
  if (rules.refersToSchemas) {
    work_.spend(1000);
    if (!SchemaCompiler(value, {}).isSchema()) return fail(node, "$ref", "is not a JSON Schema");
  }
  return rules.reference == nullptr || check(*rules.reference, value, evaluated);
}

// Where it matters which parts are evaluated, all that pass count.
bool SchemaChecker::checkAny(const SchemaNode& node, const Value& value, Evaluated* evaluated) {
  bool passed = false;
  for (const auto* const schema : node.combined->any) {
    passed = passes(*schema, value, evaluated) || passed;
    if (passed && evaluated == nullptr) return true;
  }
  return passed || fail(node, "anyOf", "matches none of the schemas");
}

bool SchemaChecker::checkOne(const SchemaNode& node, const Value& value, Evaluated* evaluated) {
  bool passed = false;
  for (const auto* const schema : node.combined->one) {
    if (!passes(*schema, value, evaluated)) continue;
    if (passed) return fail(node, "oneOf", "matches more than one of the schemas");
    passed = true;
  }
  return passed || fail(node, "oneOf", "matches none of the schemas");
}

bool SchemaChecker::checkCondition(const CombinedRules& rules, const Value& value,
                                   Evaluated* evaluated) {
  const auto* const next =
      passes(*rules.condition, value, evaluated) ? rules.consequence : rules.alternative;
  return next == nullptr || check(*next, value, evaluated);
}

}  // namespace isthmus
