#include "contract/schema.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "contract/json_equality.h"
#include "contract/schema_node.h"

namespace isthmus {
namespace {

using Failure = std::optional<SchemaError>;

Failure failed(std::string_view keyword, std::string message) {
  return SchemaError{"", "/" + std::string(keyword), std::move(message)};
}

Failure within(Failure failure, const std::string& instance, const std::string& schema) {
  if (failure) {
    failure->instance = instance + failure->instance;
    failure->schema = schema + failure->schema;
  }
  return failure;
}

SchemaTypes typesOf(const Value& value) {
  static constexpr SchemaType kTypes[] = {SchemaType::Null,   SchemaType::Boolean,
                                          SchemaType::Number, SchemaType::String,
                                          SchemaType::Array,  SchemaType::Object};
  const auto types = bitOf(kTypes[static_cast<std::size_t>(value.kind())]);
  const bool whole = value.isNumber() && value.number() == std::trunc(value.number());
  return whole ? static_cast<SchemaTypes>(types | bitOf(SchemaType::Integer)) : types;
}

std::string listTypes(SchemaTypes types) {
  std::string list;
  for (std::size_t i = 0; i < std::size(kSchemaTypeNames); ++i) {
    if ((types & bitOf(static_cast<SchemaType>(i))) == 0) continue;
    if (!list.empty()) list += " or ";
    list += kSchemaTypeNames[i];
  }
  return list;
}

bool isAmong(const Sequence<Value>& choices, const Value& value) {
  return std::any_of(choices.begin(), choices.end(),
                     [&](const Value& choice) { return sameJson(choice, value); });
}

// In WTF-8 every code point, and every lone surrogate, has one byte that is not a trailing one.
std::size_t countCodePoints(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
  }));
}

Failure checkSize(std::size_t size, std::uint32_t atLeast, std::uint32_t atMost, const char* least,
                  const char* most) {
  if (size < atLeast) return failed(least, "is shorter than " + std::to_string(atLeast));
  if (size > atMost) return failed(most, "is longer than " + std::to_string(atMost));
  return std::nullopt;
}

Failure checkNumber(const SchemaNode& node, double number) {
  if (number < node.minimum) return failed("minimum", "is below the minimum");
  if (number > node.maximum) return failed("maximum", "is above the maximum");
  return std::nullopt;
}

Failure checkNode(const SchemaNode& node, const Value& value);

Failure checkItems(const SchemaNode& node, const Sequence<Value>& items) {
  auto size = checkSize(items.size(), node.minItems, node.maxItems, "minItems", "maxItems");
  if (size || node.items == nullptr) return size;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (auto failure = checkNode(*node.items, items[i])) {
      return within(std::move(failure), "/" + std::to_string(i), "/items");
    }
  }
  return std::nullopt;
}

Failure checkMember(const SchemaNode& node, const Value::Member& member) {
  if (const SchemaNode* const property = node.property(member.key)) {
    auto failure = checkNode(*property, member.value);
    if (!failure) return failure;
    const auto pointer = toPointer({member.key});
    return within(std::move(failure), pointer, "/properties" + pointer);
  }
  if (node.additional == nullptr) return std::nullopt;
  auto failure = checkNode(*node.additional, member.value);
  if (!failure) return failure;
  return within(std::move(failure), toPointer({member.key}), "/additionalProperties");
}

Failure checkMembers(const SchemaNode& node, const Value& object) {
  for (const auto& key : node.required) {
    if (object.find(key) == nullptr) {
      return failed("required", "lacks the required '" + key.text() + "'");
    }
  }
  if (node.properties.empty() && node.additional == nullptr) return std::nullopt;
  for (const auto& member : object.members()) {
    if (auto failure = checkMember(node, member)) return failure;
  }
  return std::nullopt;
}

Failure checkNode(const SchemaNode& node, const Value& value) {
  if (node.acceptsNothing) return SchemaError{"", "", "is not allowed"};
  if ((node.types & typesOf(value)) == 0) return failed("type", "is not " + listTypes(node.types));
  if (node.constant && !sameJson(*node.constant, value)) {
    return failed("const", "is not the constant of the schema");
  }
  if (node.choices && !isAmong(*node.choices, value)) {
    return failed("enum", "is not one of the values of the schema");
  }
  switch (value.kind()) {
    case Kind::Number:
      return checkNumber(node, value.number());
    case Kind::String:
      return checkSize(countCodePoints(value.string()), node.minLength, node.maxLength, "minLength",
                       "maxLength");
    case Kind::Array:
      return checkItems(node, value.items());
    case Kind::Object:
      return checkMembers(node, value);
    default:
      return std::nullopt;
  }
}

bool fixes(const SchemaNode& node, const Path& rest) {
  const auto has = [&](const Value& value) { return find(value, rest) != nullptr; };
  if (node.constant && has(*node.constant)) return true;
  return node.choices && !node.choices->empty() &&
         std::all_of(node.choices->begin(), node.choices->end(), has);
}

bool demandsBelow(const SchemaNode& node, const Path& rest) {
  if (fixes(node, rest)) return true;
  const auto& key = rest.front();
  if (rest.size() == 1) {
    return std::find(node.required.begin(), node.required.end(), key) != node.required.end();
  }
  const auto demandedBy = [&](const SchemaNode* child) {
    return child != nullptr && demandsBelow(*child, Path(rest.begin() + 1, rest.end()));
  };
  const SchemaNode* const property = node.property(key);
  return demandedBy(property != nullptr ? property : node.additional.get()) ||
         (key.index() && demandedBy(node.items.get()));
}

}  // namespace

Result<Schema> Schema::compile(const Value& definition) {
  auto root = compileSchema(definition);
  if (!root) return std::move(root.error());
  return Schema(std::move(root).value());
}

std::optional<SchemaError> Schema::check(const Value& value) const {
  return checkNode(*root_, value);
}

bool Schema::demands(const Path& path) const {
  assert(!path.empty());
  return demandsBelow(*root_, path);
}

}  // namespace isthmus
