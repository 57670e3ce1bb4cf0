#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "value/value.h"

namespace isthmus {

// The types of JSON Schema, one bit each. A whole number has both number bits.
enum class SchemaType : std::uint8_t { Null, Boolean, Integer, Number, String, Array, Object };
inline constexpr std::string_view kSchemaTypeNames[] = {"null",   "boolean", "integer", "number",
                                                        "string", "array",   "object"};

using SchemaTypes = std::uint8_t;
inline constexpr SchemaTypes kAnyType = 0x7F;
constexpr SchemaTypes bitOf(SchemaType type) {
  return static_cast<SchemaTypes>(1U << static_cast<unsigned>(type));
}

inline constexpr std::uint32_t kUnbounded = 0xFFFF'FFFF;

struct SchemaProperty;

// A compiled schema. What a keyword would hold lets everything pass where the keyword is absent.
//
//   SchemaNode ─► properties: Key → SchemaNode, found by `positions`
//              ─► additional: for members without a property     ─► items: for each element
struct SchemaNode {
  bool acceptsNothing = false;  // the schema `false`
  SchemaTypes types = kAnyType;
  std::optional<Value> constant;
  std::optional<Sequence<Value>> choices;
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  std::uint32_t minLength = 0;
  std::uint32_t maxLength = kUnbounded;
  std::uint32_t minItems = 0;
  std::uint32_t maxItems = kUnbounded;
  std::vector<Key> required;
  std::vector<SchemaProperty> properties;
  KeyIndex positions;
  std::unique_ptr<const SchemaNode> additional;
  std::unique_ptr<const SchemaNode> items;

  SchemaNode() = default;
  ~SchemaNode();
  SchemaNode(const SchemaNode&) = delete;
  SchemaNode& operator=(const SchemaNode&) = delete;

  // The schema of that property, or nullptr.
  const SchemaNode* property(const Key& key) const;
};

struct SchemaProperty {
  Key key;
  std::unique_ptr<const SchemaNode> schema;
};

// Errors are InvalidDefinition with the place inside `definition`.
Result<std::unique_ptr<const SchemaNode>> compileSchema(const Value& definition);

}  // namespace isthmus
