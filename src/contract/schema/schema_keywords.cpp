// What the keywords of JSON Schema take, and where it goes in a SchemaNode.

#include <algorithm>
#include <cmath>

#include "base/nearest_name.h"
#include "contract/schema/schema_compiler.h"
#include "value/path.h"

namespace isthmus {
namespace {

using Compiler = SchemaCompiler;

Status readTypeName(const Value& name, SchemaTypes& types, const Compiler& compiler) {
  const std::string_view text = name.isString() ? name.string() : std::string_view();
  const auto* const found =
      std::find(std::begin(kSchemaTypeNames), std::end(kSchemaTypeNames), text);
  if (found == std::end(kSchemaTypeNames)) {
    return compiler.error(
        "a type must be one of null, boolean, integer, number, string, array, object");
  }
  const auto bit = bitOf(static_cast<SchemaType>(found - std::begin(kSchemaTypeNames)));
  if ((types & bit) != 0) return compiler.error("'" + std::string(text) + "' is listed twice");
  types = static_cast<SchemaTypes>(types | bit);
  return Done{};
}

Status readType(const Value& argument, SchemaNode& node, Compiler& compiler) {
  node.types = 0;
  if (!argument.isArray()) return readTypeName(argument, node.types, compiler);
  if (argument.items().empty()) return compiler.error("'type' must list a type at least");
  for (const auto& name : argument.items()) {
    if (auto status = readTypeName(name, node.types, compiler); !status) return status;
  }
  return Done{};
}

Status readConst(const Value& argument, SchemaNode& node, Compiler&) {
  node.constant = std::make_unique<Choices>(Sequence<Value>({argument}));
  return Done{};
}

Status readEnum(const Value& argument, SchemaNode& node, Compiler& compiler) {
  if (!argument.isArray()) return compiler.error("'enum' must be an array");
  node.choices = std::make_unique<Choices>(argument.items());
  return Done{};
}

// The compiler is at an object; this is about one of its members.
HeapError below(const Key& key, const Compiler& compiler, const Error& error) {
  auto lower = compiler.error(error.message);
  lower->where += toPointer({key});
  return lower;
}

template <double NumberRules::*kBound>
Status readBound(const Value& argument, SchemaNode& node, Compiler& compiler) {
  if (argument.isBoolean()) {
    return compiler.error("is the bound itself here, a number; only draft 4 has true or false");
  }
  if (!argument.isNumber()) return compiler.error("a bound must be a number");
  demand(node.numbers).*kBound = argument.number();
  return Done{};
}

Status readMultipleOf(const Value& argument, SchemaNode& node, Compiler& compiler) {
  const double divisor = argument.isNumber() ? argument.number() : 0;
  if (!(divisor > 0)) return compiler.error("'multipleOf' must be a number above 0");
  demand(node.numbers).multipleOf = divisor;
  return Done{};
}

// Nothing reaches a count of 2^32 - 1, so larger bounds mean the same as that one.
Result<std::uint32_t> countOf(const Value& argument, const Compiler& compiler) {
  const double count = argument.isNumber() ? argument.number() : -1;
  if (count < 0 || count != std::trunc(count)) {
    return compiler.error("must be a whole number, 0 or more");
  }
  return static_cast<std::uint32_t>(std::min<double>(count, kUnbounded));
}

template <auto kRules, auto kRule, std::uint32_t CountRule::*kBound>
Status readCount(const Value& argument, SchemaNode& node, Compiler& compiler) {
  const auto count = countOf(argument, compiler);
  if (!count) return count.error();
  demand(node.*kRules).*kRule.*kBound = count.value();
  return Done{};
}

Status readUniqueItems(const Value& argument, SchemaNode& node, Compiler& compiler) {
  if (!argument.isBoolean()) return compiler.error("must be true or false");
  demand(node.arrays).areUnique = argument.boolean();
  return Done{};
}

Status readPattern(const Value& argument, SchemaNode& node, Compiler& compiler) {
  if (!argument.isString()) return compiler.error("must be a regular expression");
  return compiler.pattern(argument.string(), demand(node.strings).pattern);
}

Status readFormat(const Value& argument, SchemaNode& node, Compiler& compiler) {
  if (!argument.isString()) return compiler.error("must be the name of a format");
  return compiler.format(argument.string(), node);
}

template <auto kRules, auto kSchema>
Status readSchema(const Value& argument, SchemaNode& node, Compiler& compiler) {
  return compiler.schema(argument, demand(node.*kRules).*kSchema);
}

Status readItems(const Value& argument, SchemaNode& node, Compiler& compiler) {
  if (argument.isArray()) {
    return compiler.error("must be a schema; a list of schemas is 'prefixItems' here");
  }
  return readSchema<&SchemaNode::arrays, &ArrayRules::items>(argument, node, compiler);
}

template <auto kRules, auto kSchema>
Status readUnevaluated(const Value& argument, SchemaNode& node, Compiler& compiler) {
  node.tracksEvaluated = true;
  return readSchema<kRules, kSchema>(argument, node, compiler);
}

Status readList(const Value& argument, SchemaList& list, Compiler& compiler) {
  if (!argument.isArray() || argument.items().empty()) {
    return compiler.error("must be an array of schemas, one at least");
  }
  for (const auto& definition : argument.items()) {
    const auto token = std::to_string(list.size());
    list.push_back(nullptr);
    if (auto status = compiler.schemaAt(token, definition, list.back()); !status) return status;
  }
  return Done{};
}

template <auto kRules, auto kList>
Status readSchemas(const Value& argument, SchemaNode& node, Compiler& compiler) {
  return readList(argument, demand(node.*kRules).*kList, compiler);
}

// Calls take(node, key, schema) for each member of an object of schemas.
using TakeSchema = void (*)(SchemaNode& node, const Key& key, SchemaNode* schema);
Status readSchemaMap(const Value& argument, SchemaNode& node, Compiler& compiler, TakeSchema take) {
  if (!argument.isObject()) return compiler.error("must be an object of schemas");
  for (const auto& [key, definition] : argument.members()) {
    SchemaNode* schema = nullptr;
    if (auto status = compiler.schemaAt(key.text(), definition, schema); !status) return status;
    take(node, key, schema);
  }
  return Done{};
}

// They are there to be referred to.
Status readDefinitions(const Value& argument, SchemaNode& node, Compiler& compiler) {
  return readSchemaMap(argument, node, compiler, [](SchemaNode&, const Key&, SchemaNode*) {});
}

Status readProperties(const Value& argument, SchemaNode& node, Compiler& compiler) {
  return readSchemaMap(argument, node, compiler,
                       [](SchemaNode& of, const Key& key, SchemaNode* schema) {
                         demand(of.objects).propertyOf(key).schema = schema;
                       });
}

Status readDependentSchemas(const Value& argument, SchemaNode& node, Compiler& compiler) {
  return readSchemaMap(argument, node, compiler,
                       [](SchemaNode& of, const Key& key, SchemaNode* schema) {
                         demand(of.objects).dependencies.push_back({key, {}, schema});
                       });
}

Status readPatternProperties(const Value& argument, SchemaNode& node, Compiler& compiler) {
  auto status = readSchemaMap(argument, node, compiler,
                              [](SchemaNode& of, const Key& key, SchemaNode* schema) {
                                demand(of.objects).patterns.push_back({key, {}, schema});
                              });
  if (!status || !node.objects) return status;
  for (auto& [key, pattern, schema] : node.objects->patterns) {
    if (status = compiler.pattern(key.text(), pattern); !status) {
      return below(key, compiler, status.error());
    }
  }
  return Done{};
}

// Different strings, as keys.
Result<std::vector<Key>> keysOf(const Value& argument, const Compiler& compiler) {
  std::vector<Key> keys;
  KeyIndex seen;
  if (!argument.isArray()) return compiler.error("must be an array of keys");
  for (const auto& name : argument.items()) {
    if (!name.isString()) return compiler.error("must be an array of keys");
    keys.emplace_back(name.string());
    if (seen.find(keys.back()))
      return compiler.error("'" + keys.back().text() + "' is listed twice");
    seen.set(keys.back(), 0);
  }
  return keys;
}

Status readRequired(const Value& argument, SchemaNode& node, Compiler& compiler) {
  const auto keys = keysOf(argument, compiler);
  if (!keys) return keys.error();
  auto& rules = demand(node.objects);
  for (const auto& key : keys.value()) rules.propertyOf(key).isRequired = true;
  rules.required = keys.value().size();
  return Done{};
}

Status readDependentRequired(const Value& argument, SchemaNode& node, Compiler& compiler) {
  if (!argument.isObject()) return compiler.error("must be an object of arrays of keys");
  auto& rules = demand(node.objects);
  for (const auto& [key, list] : argument.members()) {
    auto keys = keysOf(list, compiler);
    if (!keys) return below(key, compiler, keys.error());
    rules.dependencies.push_back({key, std::move(keys).value()});
  }
  return Done{};
}

template <bool kIsDynamic>
Status readReference(const Value& argument, SchemaNode& node, Compiler& compiler) {
  if (!argument.isString()) return compiler.error("a reference must be a URI reference");
  return compiler.refer(node, argument.string(), kIsDynamic);
}

bool isAnchor(std::string_view text) {
  const auto isInner = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  };
  return !text.empty() && (text[0] >= 'A' || text[0] == '_') &&
         std::all_of(text.begin(), text.end(), isInner);
}

template <bool kIsDynamic>
Status readAnchor(const Value& argument, SchemaNode& node, Compiler& compiler) {
  if (!argument.isString() || !isAnchor(argument.string())) {
    return compiler.error(
        "an anchor must begin with a letter or '_', and hold these, digits, '-' or '.'");
  }
  return compiler.name(node, argument.string(), kIsDynamic);
}

// A schema that is there to be referred to, and asserts nothing here.
Status readInert(const Value& argument, SchemaNode&, Compiler& compiler) {
  SchemaNode* nowhere = nullptr;
  return compiler.schema(argument, nowhere);
}

Status readText(const Value& argument, SchemaNode&, Compiler& compiler) {
  return argument.isString() ? Status(Done{}) : compiler.error("must be a string");
}

Status readDialect(const Value& argument, SchemaNode& node, Compiler& compiler) {
  if (auto status = readText(argument, node, compiler); !status) return status;
  return compiler.dialect(argument.string());
}

Status readList(const Value& argument, SchemaNode&, Compiler& compiler) {
  return argument.isArray() ? Status(Done{}) : compiler.error("must be an array");
}

Status readObject(const Value& argument, SchemaNode&, Compiler& compiler) {
  return argument.isObject() ? Status(Done{}) : compiler.error("must be an object");
}

// Anything, or what was read before.
Status skip(const Value&, SchemaNode&, Compiler&) { return Done{}; }

Status readFlag(const Value& argument, SchemaNode&, Compiler& compiler) {
  return argument.isBoolean() ? Status(Done{}) : compiler.error("must be true or false");
}

constexpr auto kLeast = &CountRule::least;
constexpr auto kMost = &CountRule::most;
constexpr auto kStrings = &SchemaNode::strings;
constexpr auto kArrays = &SchemaNode::arrays;
constexpr auto kObjects = &SchemaNode::objects;
constexpr auto kCombined = &SchemaNode::combined;

constexpr SchemaKeyword kKeywords[] = {
    {"type", readType},
    {"const", readConst},
    {"enum", readEnum},
    {"minimum", readBound<&NumberRules::minimum>},
    {"maximum", readBound<&NumberRules::maximum>},
    {"exclusiveMinimum", readBound<&NumberRules::exclusiveMinimum>},
    {"exclusiveMaximum", readBound<&NumberRules::exclusiveMaximum>},
    {"multipleOf", readMultipleOf},
    {"minLength", readCount<kStrings, &StringRules::length, kLeast>},
    {"maxLength", readCount<kStrings, &StringRules::length, kMost>},
    {"pattern", readPattern},
    {"format", readFormat},
    {"minItems", readCount<kArrays, &ArrayRules::count, kLeast>},
    {"maxItems", readCount<kArrays, &ArrayRules::count, kMost>},
    {"uniqueItems", readUniqueItems},
    {"prefixItems", readSchemas<kArrays, &ArrayRules::prefix>},
    {"items", readItems},
    {"contains", readSchema<kArrays, &ArrayRules::contains>},
    {"minContains", readCount<kArrays, &ArrayRules::contained, kLeast>},
    {"maxContains", readCount<kArrays, &ArrayRules::contained, kMost>},
    {"unevaluatedItems", readUnevaluated<kArrays, &ArrayRules::unevaluated>},
    {"required", readRequired},
    {"minProperties", readCount<kObjects, &ObjectRules::count, kLeast>},
    {"maxProperties", readCount<kObjects, &ObjectRules::count, kMost>},
    {"properties", readProperties},
    {"patternProperties", readPatternProperties},
    {"additionalProperties", readSchema<kObjects, &ObjectRules::additional>},
    {"propertyNames", readSchema<kObjects, &ObjectRules::names>},
    {"dependentRequired", readDependentRequired},
    {"dependentSchemas", readDependentSchemas},
    {"unevaluatedProperties", readUnevaluated<kObjects, &ObjectRules::unevaluated>},
    {"allOf", readSchemas<kCombined, &CombinedRules::all>},
    {"anyOf", readSchemas<kCombined, &CombinedRules::any>},
    {"oneOf", readSchemas<kCombined, &CombinedRules::one>},
    {"not", readSchema<kCombined, &CombinedRules::excluded>},
    {"if", readSchema<kCombined, &CombinedRules::condition>},
    {"then", readSchema<kCombined, &CombinedRules::consequence>},
    {"else", readSchema<kCombined, &CombinedRules::alternative>},
    {"$ref", readReference<false>},
    {"$dynamicRef", readReference<true>},
    {"$anchor", readAnchor<false>},
    {"$dynamicAnchor", readAnchor<true>},
    {"$defs", readDefinitions},
    {"definitions", readDefinitions},
    {"contentSchema", readInert},
    {"$schema", readDialect},
    {"$id", skip},
    {"$vocabulary", readObject},
    {"default", skip},
    {"examples", readList},
    {"$comment", readText},
    {"title", readText},
    {"description", readText},
    {"contentEncoding", readText},
    {"contentMediaType", readText},
    {"readOnly", readFlag},
    {"writeOnly", readFlag},
    {"deprecated", readFlag},
};

// Keywords of older drafts and of OpenAPI, and what they are here.
struct ForeignKeyword {
  std::string_view name;
  std::string_view instead;
};
constexpr ForeignKeyword kForeign[] = {
    {"additionalItems", "'items' beside 'prefixItems'"},
    {"dependencies", "'dependentRequired' or 'dependentSchemas'"},
    {"disallow", "'not'"},
    {"divisibleBy", "'multipleOf'"},
    {"example", "'examples'"},
    {"extends", "'allOf'"},
    {"id", "'$id'"},
    {"nullable", "'null' among the types"},
    {"$recursiveAnchor", "'$dynamicAnchor'"},
    {"$recursiveRef", "'$dynamicRef', or '$ref'"},
};

}  // namespace

std::string keywordMeantBy(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kForeign), std::end(kForeign),
                   [&](const ForeignKeyword& foreign) { return foreign.name == name; });
  if (found != std::end(kForeign)) return "; use " + std::string(found->instead);
  NearestName nearest(name);
  for (const auto& keyword : kKeywords) nearest.offer(keyword.name);
  return nearest.question();
}

const SchemaKeyword* findSchemaKeyword(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kKeywords), std::end(kKeywords),
                   [&](const SchemaKeyword& keyword) { return keyword.name == name; });
  return found == std::end(kKeywords) ? nullptr : found;
}

}  // namespace isthmus
