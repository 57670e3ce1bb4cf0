#include <algorithm>
#include <array>
#include <cmath>

#include "contract/schema_node.h"
#include "value/path.h"

namespace isthmus {
namespace {

Status readTypeName(const Value& name, SchemaTypes& types) {
  if (!name.isString()) return invalidDefinition("a type must be a string");
  const auto* const found =
      std::find(std::begin(kSchemaTypeNames), std::end(kSchemaTypeNames), name.string());
  if (found == std::end(kSchemaTypeNames)) {
    return invalidDefinition("'" + std::string(name.string()) + "' is not a type of JSON Schema");
  }
  const auto bit = bitOf(static_cast<SchemaType>(found - std::begin(kSchemaTypeNames)));
  if ((types & bit) != 0)
    return invalidDefinition("'" + std::string(name.string()) + "' is listed twice");
  types = static_cast<SchemaTypes>(types | bit);
  return Done{};
}

Status readType(const Value& argument, SchemaNode& node) {
  node.types = 0;
  if (!argument.isArray()) return readTypeName(argument, node.types);
  if (argument.items().empty()) return invalidDefinition("'type' must list a type at least");
  for (const auto& name : argument.items()) {
    if (auto status = readTypeName(name, node.types); !status) return status;
  }
  return Done{};
}

Status readConst(const Value& argument, SchemaNode& node) {
  node.constant = argument;
  return Done{};
}

Status readEnum(const Value& argument, SchemaNode& node) {
  if (!argument.isArray()) return invalidDefinition("'enum' must be an array");
  node.choices = argument.items();
  return Done{};
}

template <double SchemaNode::*kBound>
Status readNumber(const Value& argument, SchemaNode& node) {
  if (!argument.isNumber()) return invalidDefinition("a bound must be a number");
  node.*kBound = argument.number();
  return Done{};
}

// No string or array reaches 2^32 - 1, so larger bounds mean the same as that one.
template <std::uint32_t SchemaNode::*kCount>
Status readCount(const Value& argument, SchemaNode& node) {
  const double count = argument.isNumber() ? argument.number() : -1;
  if (count < 0 || count != std::trunc(count)) {
    return invalidDefinition("a length must be a whole number, 0 or more");
  }
  node.*kCount = static_cast<std::uint32_t>(std::min<double>(count, kUnbounded));
  return Done{};
}

Status readRequired(const Value& argument, SchemaNode& node) {
  if (!argument.isArray()) return invalidDefinition("'required' must be an array of keys");
  for (const auto& name : argument.items()) {
    if (!name.isString()) return invalidDefinition("'required' must be an array of keys");
    const Key key(name.string());
    if (std::find(node.required.begin(), node.required.end(), key) != node.required.end()) {
      return invalidDefinition("'" + key.text() + "' is listed twice");
    }
    node.required.push_back(key);
  }
  return Done{};
}

Status readProperties(const Value& argument, SchemaNode& node) {
  if (!argument.isObject()) return invalidDefinition("'properties' must be an object of schemas");
  for (const auto& [key, definition] : argument.members()) {
    auto schema = compileSchema(definition);
    if (!schema) return below(key, std::move(schema.error()));
    node.positions.set(key, static_cast<std::uint32_t>(node.properties.size()));
    node.properties.push_back({key, std::move(schema).value()});
  }
  return Done{};
}

template <std::unique_ptr<const SchemaNode> SchemaNode::*kChild>
Status readSchema(const Value& argument, SchemaNode& node) {
  auto schema = compileSchema(argument);
  if (!schema) return std::move(schema.error());
  node.*kChild = std::move(schema).value();
  return Done{};
}

Status readAnnotation(const Value&, SchemaNode&) { return Done{}; }

struct Keyword {
  std::string_view name;
  Status (*read)(const Value& argument, SchemaNode& node);
};

constexpr Keyword kKeywords[] = {
    {"type", readType},
    {"const", readConst},
    {"enum", readEnum},
    {"minimum", readNumber<&SchemaNode::minimum>},
    {"maximum", readNumber<&SchemaNode::maximum>},
    {"minLength", readCount<&SchemaNode::minLength>},
    {"maxLength", readCount<&SchemaNode::maxLength>},
    {"minItems", readCount<&SchemaNode::minItems>},
    {"maxItems", readCount<&SchemaNode::maxItems>},
    {"required", readRequired},
    {"properties", readProperties},
    {"additionalProperties", readSchema<&SchemaNode::additional>},
    {"items", readSchema<&SchemaNode::items>},
    {"$schema", readAnnotation},
    {"$id", readAnnotation},
    {"$comment", readAnnotation},
    {"title", readAnnotation},
    {"description", readAnnotation},
    {"default", readAnnotation},
    {"examples", readAnnotation},
};

Status readKeyword(const Value::Member& member, SchemaNode& node) {
  const auto* const found =
      std::find_if(std::begin(kKeywords), std::end(kKeywords),
                   [&](const Keyword& keyword) { return keyword.name == member.key.text(); });
  if (found == std::end(kKeywords)) {
    return invalidDefinition("'" + member.key.text() +
                             "' is not a keyword that Isthmus checks; remove it");
  }
  return found->read(member.value, node);
}

}  // namespace

Result<std::unique_ptr<const SchemaNode>> compileSchema(const Value& definition) {
  auto node = std::make_unique<SchemaNode>();
  if (definition.isBoolean()) {
    node->acceptsNothing = !definition.boolean();
  } else if (definition.isObject()) {
    for (const auto& member : definition.members()) {
      auto status = readKeyword(member, *node);
      if (!status) return below(member.key, std::move(status.error()));
    }
  } else {
    return invalidDefinition("a schema must be an object, true or false");
  }
  return std::unique_ptr<const SchemaNode>(std::move(node));
}

}  // namespace isthmus
