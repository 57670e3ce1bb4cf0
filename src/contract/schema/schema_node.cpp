#include "contract/schema/schema_node.h"

namespace isthmus {

SchemaNode::~SchemaNode() = default;

PropertyRule& ObjectRules::propertyOf(const Key& key) {
  if (const auto position = positions.find(key)) return properties[*position];
  positions.set(key, static_cast<std::uint32_t>(properties.size()));
  properties.push_back({key});
  return properties.back();
}

const PropertyRule* ObjectRules::find(const Key& key) const {
  const auto position = positions.find(key);
  return position ? &properties[*position] : nullptr;
}

SchemaList SchemaNode::inPlace() const {
  SchemaList list;
  const auto add = [&](SchemaNode* node) {
    if (node != nullptr) list.push_back(node);
  };
  if (combined) {
    for (const auto* const several : {&combined->all, &combined->any, &combined->one}) {
      list.insert(list.end(), several->begin(), several->end());
    }
    for (auto* const node : {combined->reference, combined->excluded, combined->condition,
                             combined->consequence, combined->alternative}) {
      add(node);
    }
  }
  if (objects) {
    for (const auto& dependency : objects->dependencies) add(dependency.schema);
  }
  return list;
}

}  // namespace isthmus
