#include "reducer/entity/entity_order.h"

#include "script/conversion.h"

namespace isthmus {
namespace {

int rankOf(const Value& value) {
  return value.isContainer() ? static_cast<int>(Kind::Array) : static_cast<int>(value.kind());
}

int compareMembers(const Value& a, const Value& b, ActionBudget* budget) {
  if (const int ranks = rankOf(a) - rankOf(b); ranks != 0 || a.isContainer()) return ranks;
  switch (compare(a, b, budget)) {
    case Ordering::Less:
      return -1;
    case Ordering::Greater:
      return 1;
    default:
      return 0;
  }
}

}  // namespace

Result<EntityOrder> EntityOrder::compile(const Value& definition) {
  EntityOrder order;
  if (!definition.isArray()) {
    auto status = order.add(definition);
    return status ? Result<EntityOrder>(std::move(order)) : status.pass();
  }
  for (const auto& name : definition.items()) {
    auto status = order.add(name);
    if (status) continue;
    status.error().where = "/" + std::to_string(order.fields_.size());
    return status.pass();
  }
  return order;
}

Status EntityOrder::add(const Value& name) {
  if (!name.isString()) {
    return invalidDefinition(
        "'sortBy' is the name of a member or a list of names, '-name' for descending");
  }
  const bool descending = name.string().starts_with('-');
  fields_.push_back({Key(std::string_view(name.string()).substr(descending ? 1 : 0)), descending});
  return Done{};
}

int EntityOrder::compare(const Value& a, const Value& b, ActionBudget* budget) const {
  static const Value kNull;
  for (const auto& field : fields_) {
    if (!spend(budget)) return 0;
    const Value* const x = a.find(field.name);
    const Value* const y = b.find(field.name);
    const int order = compareMembers(x == nullptr ? kNull : *x, y == nullptr ? kNull : *y, budget);
    if (order != 0) return field.descending ? -order : order;
  }
  return 0;
}

}  // namespace isthmus
