#include "contract/schema_node.h"

namespace isthmus {

SchemaNode::~SchemaNode() = default;

const SchemaNode* SchemaNode::property(const Key& key) const {
  const auto position = positions.find(key);
  return position ? properties[*position].schema.get() : nullptr;
}

}  // namespace isthmus
