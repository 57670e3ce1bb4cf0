// The keywords for arrays.

#include <algorithm>

#include "contract/schema/schema_checker.h"

namespace isthmus {

bool SchemaChecker::checkArray(const SchemaNode& node, const Sequence<Value>& items,
                               Evaluated* evaluated) {
  const auto& rules = *node.arrays;
  if (items.size() < rules.count.least) return fail(node, "minItems", "has too few elements");
  if (items.size() > rules.count.most) return fail(node, "maxItems", "has too many elements");
  work_.spend(items.size());
  if (!checkItems(rules, items, evaluated)) return false;
  if (rules.contains != nullptr && !checkContains(node, items, evaluated)) return false;
  if (rules.areUnique && hasRepeats(items, work_)) {
    return fail(node, "uniqueItems", "has two equal elements");
  }
  return rules.unevaluated == nullptr || checkUnevaluated(rules, items, *evaluated);
}

bool SchemaChecker::checkItem(const SchemaNode& schema, const Value& item, std::size_t index) {
  return check(schema, item) || failAt(Key::fromIndex(static_cast<std::uint32_t>(index)));
}

bool SchemaChecker::checkItems(const ArrayRules& rules, const Sequence<Value>& items,
                               Evaluated* evaluated) {
  const auto prefix = std::min(rules.prefix.size(), items.size());
  for (std::size_t i = 0; i < prefix; ++i) {
    if (!checkItem(*rules.prefix[i], items[i], i)) return false;
    if (evaluated != nullptr) evaluated->add(i);
  }
  if (rules.items == nullptr) return true;
  if (evaluated != nullptr) evaluated->addAll();
  std::size_t index = 0;
  for (const auto& item : items) {
    if (index >= prefix && !checkItem(*rules.items, item, index)) return false;
    ++index;
  }
  return true;
}

bool SchemaChecker::checkContains(const SchemaNode& node, const Sequence<Value>& items,
                                  Evaluated* evaluated) {
  const auto& rules = *node.arrays;
  std::size_t count = 0;
  std::size_t index = 0;
  for (const auto& item : items) {
    if (passes(*rules.contains, item, nullptr)) {
      ++count;
      if (evaluated != nullptr) evaluated->add(index);
    }
    ++index;
  }
  if (rules.contained.allows(count)) return true;
  if (count > rules.contained.most) {
    return fail(node, "maxContains", "has too many of the elements that 'contains' asks for");
  }
  return fail(node, count == 0 ? "contains" : "minContains",
              "has too few of the elements that 'contains' asks for");
}

bool SchemaChecker::checkUnevaluated(const ArrayRules& rules, const Sequence<Value>& items,
                                     Evaluated& evaluated) {
  std::size_t index = 0;
  for (const auto& item : items) {
    if (!evaluated.has(index) && !checkItem(*rules.unevaluated, item, index)) return false;
    ++index;
  }
  evaluated.addAll();
  return true;
}

}  // namespace isthmus
