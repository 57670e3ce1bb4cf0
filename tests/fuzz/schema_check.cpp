// The bytes choose a schema and values. A schema says the same of a value when it stands alone, is
// wrapped in others that change nothing, or is made to keep track of what it has evaluated; and the
// places that an error names exist.

#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "contract/schema.h"
#include "value/json.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

class Chooser {
 public:
  Chooser(const std::uint8_t* data, std::size_t size) : rest_(data), end_(data + size) {}

  unsigned next(unsigned below) { return rest_ == end_ ? 0 : *rest_++ % below; }
  bool atEnd() const { return rest_ == end_; }
  Value value(int depth);
  Value schema(int depth);

 private:
  std::string key() { return std::string(1, static_cast<char>('a' + next(4))); }
  Value list(int depth, Value (Chooser::*element)(int), unsigned least);
  Value map(int depth, Value (Chooser::*element)(int));
  Value keys(int depth);
  Value bound(int) { return Value(static_cast<double>(next(8)) / 2); }
  Value count(int) { return Value(static_cast<double>(next(4))); }
  Value pattern(int);
  Value type(int);
  Value format(int);
  Value reference(int);
  Value flag(int) { return Value(next(2) == 0); }
  Value positive(int) { return Value(static_cast<double>(1 + next(4)) / 2); }
  Value values(int depth) { return list(depth, &Chooser::value, 0); }
  Value schemas(int depth) { return list(depth, &Chooser::schema, 1); }
  Value schemaMap(int depth) { return map(depth, &Chooser::schema); }
  Value keysMap(int depth) { return map(depth, &Chooser::keys); }

  struct Keyword {
    const char* name;
    Value (Chooser::*argument)(int depth);
  };
  static const Keyword kKeywords[];
  static constexpr unsigned kKeywordCount = 37;

  const std::uint8_t* rest_;
  const std::uint8_t* end_;
};

const Chooser::Keyword Chooser::kKeywords[kKeywordCount] = {
    {"type", &Chooser::type},
    {"const", &Chooser::value},
    {"enum", &Chooser::values},
    {"minimum", &Chooser::bound},
    {"maximum", &Chooser::bound},
    {"exclusiveMinimum", &Chooser::bound},
    {"exclusiveMaximum", &Chooser::bound},
    {"multipleOf", &Chooser::positive},
    {"minLength", &Chooser::count},
    {"maxLength", &Chooser::count},
    {"pattern", &Chooser::pattern},
    {"format", &Chooser::format},
    {"minItems", &Chooser::count},
    {"maxItems", &Chooser::count},
    {"uniqueItems", &Chooser::flag},
    {"prefixItems", &Chooser::schemas},
    {"items", &Chooser::schema},
    {"contains", &Chooser::schema},
    {"minContains", &Chooser::count},
    {"maxContains", &Chooser::count},
    {"unevaluatedItems", &Chooser::schema},
    {"required", &Chooser::keys},
    {"minProperties", &Chooser::count},
    {"maxProperties", &Chooser::count},
    {"properties", &Chooser::schemaMap},
    {"patternProperties", &Chooser::schemaMap},
    {"additionalProperties", &Chooser::schema},
    {"propertyNames", &Chooser::schema},
    {"dependentRequired", &Chooser::keysMap},
    {"dependentSchemas", &Chooser::schemaMap},
    {"unevaluatedProperties", &Chooser::schema},
    {"allOf", &Chooser::schemas},
    {"anyOf", &Chooser::schemas},
    {"oneOf", &Chooser::schemas},
    {"not", &Chooser::schema},
    {"if", &Chooser::schema},
    {"$ref", &Chooser::reference},
};

Value Chooser::list(int depth, Value (Chooser::*element)(int), unsigned least) {
  Value::Items items;
  for (auto left = least + next(3); left > 0; --left) items.push_back((this->*element)(depth - 1));
  return Value(std::move(items));
}

Value Chooser::map(int depth, Value (Chooser::*element)(int)) {
  ObjectBuilder object;
  for (auto left = next(4); left > 0; --left) {
    const auto name = key();
    object.set(name, (this->*element)(depth - 1));
  }
  return std::move(object).build();
}

Value Chooser::keys(int) {
  Value::Items items;
  const auto chosen = next(16);
  for (unsigned i = 0; i < 4; ++i) {
    if ((chosen >> i & 1U) != 0) items.emplace_back(std::string(1, static_cast<char>('a' + i)));
  }
  return Value(std::move(items));
}

Value Chooser::pattern(int) {
  constexpr const char* kPatterns[] = {"a", "^b*$", "^[ab]+$", "\\bc", "(a|b){2}", "^(?!a).*"};
  return Value(kPatterns[next(std::size(kPatterns))]);
}

Value Chooser::format(int) {
  constexpr const char* kFormats[] = {"date", "time", "duration", "ipv6", "regex"};
  return Value(kFormats[next(std::size(kFormats))]);
}

Value Chooser::type(int) {
  constexpr const char* kTypes[] = {"null",   "boolean", "integer", "number",
                                    "string", "array",   "object"};
  return Value(kTypes[next(std::size(kTypes))]);
}

Value Chooser::reference(int) {
  constexpr const char* kReferences[] = {"#", "#/$defs/a", "#/$defs/b", "#/$defs/c"};
  return Value(kReferences[next(std::size(kReferences))]);
}

Value Chooser::value(int depth) {
  constexpr const char* kTexts[] = {"", "a", "b", "ab", "2024-02-29", "12:00:00Z", "::1", "é"};
  switch (next(depth > 0 ? 8 : 5)) {
    case 0:
      return Value();
    case 1:
      return Value(next(2) == 0);
    case 2:
    case 3:
      return bound(depth);
    case 4:
      return Value(kTexts[next(std::size(kTexts))]);
    case 5:
      return list(depth, &Chooser::value, 0);
    default:
      return map(depth, &Chooser::value);
  }
}

Value Chooser::schema(int depth) {
  if (depth <= 0 || next(6) == 0) return Value(next(2) == 0);
  ObjectBuilder object;
  for (auto left = 1 + next(4); left > 0; --left) {
    const auto& [name, argument] = kKeywords[next(kKeywordCount)];
    object.set(name, (this->*argument)(depth - 1));
    if (std::string_view(name) != "if") continue;
    object.set("then", schema(depth - 1));
    object.set("else", schema(depth - 1));
  }
  return std::move(object).build();
}

Value with(Value object, std::string_view key, Value value) {
  ObjectBuilder builder;
  for (const auto& [name, member] : object.members()) builder.set(name, member);
  builder.set(key, std::move(value));
  return std::move(builder).build();
}

constexpr unsigned kWrappers = 7;

// An identifier of its own keeps its references at home.
std::vector<Value> wrap(const Value& inner) {
  const Value schema = with(inner, "$id", Value("http://a/inner"));
  const Value empty = ObjectBuilder().build();
  const auto pair = [](const Value& a, bool b) { return Value(Value::Items{a, Value(b)}); };
  const Value tracked =
      with(with(empty, "unevaluatedItems", Value(true)), "unevaluatedProperties", Value(true));
  return {with(empty, "allOf", pair(schema, true)),
          with(empty, "anyOf", pair(schema, false)),
          with(empty, "oneOf", pair(schema, false)),
          with(empty, "not", with(empty, "not", schema)),
          with(with(empty, "if", schema), "else", Value(false)),
          with(tracked, "anyOf", pair(schema, false)),
          with(with(empty, "$ref", Value("#/$defs/s")), "$defs", with(empty, "s", schema))};
}

void demandPlace(const Value& root, const std::string& pointer) {
  const auto path = parsePointer(pointer);
  demand(path.ok() && find(root, path.value()) != nullptr);
}

bool isUnfinished(const SchemaError& error) {
  return error.schema.empty() && error.message != "is not allowed";
}

void check(const Schema& schema, const Value& definition, const Schema& wrapped,
           const Value& value) {
  const auto error = schema.check(value);
  if (error) {
    demand(!error->message.empty());
    demandPlace(value, error->instance);
    demandPlace(definition, error->schema);
    if (isUnfinished(*error)) return;
  }
  const auto verdict = wrapped.check(value);
  if (verdict && isUnfinished(*verdict)) return;
  demand(verdict.has_value() == error.has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Chooser chooser(data, size);
  ObjectBuilder definitions;
  for (const char* const name : {"a", "b", "c"}) definitions.set(name, chooser.schema(4));
  Value definition = chooser.schema(5);
  if (definition.isBoolean()) definition = ObjectBuilder().build();
  definition = with(definition, "$defs", std::move(definitions).build());
  const auto schema = Schema::compile(definition, {.assertFormats = true});
  if (!schema) {
    demandPlace(definition, schema.error().where);
    return 0;
  }
  const auto wrapper = wrap(definition)[chooser.next(kWrappers)];
  const auto wrapped = Schema::compile(wrapper, {.assertFormats = true});
  demand(wrapped.ok());
  do {
    check(schema.value(), definition, wrapped.value(), chooser.value(4));
  } while (!chooser.atEnd());
  return 0;
}
