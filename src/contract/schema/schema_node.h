#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "contract/pattern/pattern.h"
#include "contract/schema/choices.h"
#include "value/value.h"

namespace isthmus {

// The types of JSON Schema, one bit each. A whole number has both number types.
enum class SchemaType : std::uint8_t { Null, Boolean, Integer, Number, String, Array, Object };
inline constexpr std::string_view kSchemaTypeNames[] = {"null",   "boolean", "integer", "number",
                                                        "string", "array",   "object"};

using SchemaTypes = std::uint8_t;
inline constexpr SchemaTypes kAnyType = 0x7F;
constexpr SchemaTypes bitOf(SchemaType type) {
  return static_cast<SchemaTypes>(1U << static_cast<unsigned>(type));
}

inline constexpr std::uint32_t kUnbounded = 0xFFFF'FFFF;
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct SchemaNode;
using SchemaList = std::vector<SchemaNode*>;

// What the keywords of one kind ask for. Where a keyword is absent, all passes.

struct CountRule {
  std::uint32_t least = 0;
  std::uint32_t most = kUnbounded;

  bool allows(std::size_t count) const { return count >= least && count <= most; }
};

struct NumberRules {
  double minimum = -kInfinity;
  double maximum = kInfinity;
  double exclusiveMinimum = -kInfinity;
  double exclusiveMaximum = kInfinity;
  double multipleOf = 0;
  bool (*formatCheck)(double number) = nullptr;
};

struct StringRules {
  CountRule length;  // in code points
  std::optional<Pattern> pattern;
  std::optional<Pattern> formatPattern;
  bool (*formatCheck)(std::string_view text) = nullptr;
};

struct ArrayRules {
  CountRule count;
  bool areUnique = false;
  SchemaList prefix;
  SchemaNode* items = nullptr;
  SchemaNode* contains = nullptr;
  CountRule contained = {1, kUnbounded};
  SchemaNode* unevaluated = nullptr;
};

struct PropertyRule {
  Key key;
  SchemaNode* schema = nullptr;  // none when the property is only required
  bool isRequired = false;
};

struct PatternRule {
  Key text;
  std::optional<Pattern> pattern;
  SchemaNode* schema = nullptr;
};

struct DependencyRule {
  Key key;
  std::vector<Key> required;
  SchemaNode* schema = nullptr;
};

struct ObjectRules {
  CountRule count;
  std::vector<PropertyRule> properties;
  KeyIndex positions;  // in `properties`
  std::size_t required = 0;
  std::vector<PatternRule> patterns;
  SchemaNode* additional = nullptr;
  SchemaNode* names = nullptr;
  std::vector<DependencyRule> dependencies;
  SchemaNode* unevaluated = nullptr;

  PropertyRule& propertyOf(const Key& key);
  const PropertyRule* find(const Key& key) const;
};

// Schemas that are applied to the very same value.
struct CombinedRules {
  SchemaNode* reference = nullptr;
  bool refersToSchemas = false;  // to the schema of all schemas
  SchemaList all;
  SchemaList any;
  SchemaList one;
  SchemaNode* excluded = nullptr;
  SchemaNode* condition = nullptr;
  SchemaNode* consequence = nullptr;
  SchemaNode* alternative = nullptr;
};

// A compiled schema. References make a graph of them, which SchemaGraph owns:
//
//   SchemaNode ─► properties, items, ...   applied to a part of the value
//              ─► reference, all, any, ... applied to the value itself; these make no circle
struct SchemaNode {
  SchemaNode* standsFor = nullptr;  // all it says is a reference to that one
  SchemaTypes types = kAnyType;
  bool isTypeAlone = false;          // all it says are the types
  bool acceptsNothing = false;       // the schema `false`
  bool tracksEvaluated = false;      // has unevaluatedItems or unevaluatedProperties
  Key place;                         // JSON Pointer into the definition
  std::unique_ptr<Choices> choices;  // of `enum`
  std::unique_ptr<Choices> constant;
  std::unique_ptr<CombinedRules> combined;
  std::unique_ptr<NumberRules> numbers;
  std::unique_ptr<StringRules> strings;
  std::unique_ptr<ArrayRules> arrays;
  std::unique_ptr<ObjectRules> objects;
  std::uint32_t height = 0;  // while compiling: of the schemas applied to the same value

  SchemaNode() = default;
  ~SchemaNode();
  SchemaNode(const SchemaNode&) = delete;
  SchemaNode& operator=(const SchemaNode&) = delete;

  const SchemaNode& resolved() const {
    const SchemaNode* node = this;
    while (node->standsFor != nullptr) node = node->standsFor;
    return *node;
  }
  // Those applied to the value itself.
  SchemaList inPlace() const;
};

struct SchemaGraph {
  std::vector<std::unique_ptr<SchemaNode>> nodes;  // the first is the root
};

// The rules, made when first asked for.
template <typename Rules>
Rules& demand(std::unique_ptr<Rules>& rules) {
  if (!rules) rules = std::make_unique<Rules>();
  return *rules;
}

}  // namespace isthmus
