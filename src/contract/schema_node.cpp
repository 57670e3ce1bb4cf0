#include "contract/schema_node.h"

#include <algorithm>

namespace isthmus {

SchemaNode::~SchemaNode() = default;

const SchemaNode* SchemaNode::property(const Key& key) const {
  const auto found =
      std::lower_bound(properties.begin(), properties.end(), key,
                       [](const auto& entry, const Key& k) { return before(entry.key, k); });
  return found != properties.end() && found->key == key ? found->schema.get() : nullptr;
}

}  // namespace isthmus
