#include "contract/schema/schema_checker.h"

#include <algorithm>
#include <cmath>

#include "contract/schema/multiple_of.h"
#include "contract/schema/schema_compiler.h"

namespace isthmus {
namespace {

SchemaTypes typeOf(Kind kind) {
  static constexpr SchemaType kTypes[] = {SchemaType::Null,   SchemaType::Boolean,
                                          SchemaType::Number, SchemaType::String,
                                          SchemaType::Array,  SchemaType::Object};
  return bitOf(kTypes[static_cast<std::size_t>(kind)]);
}

bool accepts(SchemaTypes types, const Value& value) {
  if ((types & typeOf(value.kind())) != 0) return true;
  return value.isNumber() && (types & bitOf(SchemaType::Integer)) != 0 &&
         value.number() == std::trunc(value.number());
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

// In WTF-8 every code point, and every lone surrogate, has one byte that is not a trailing one.
std::size_t countCodePoints(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
  }));
}

}  // namespace

bool SchemaChecker::run(const SchemaNode& root, const Value& value) {
  const bool passed = check(root, value);
  if (!work_.isExhausted() && !isTooDeep_) return passed;
  error_ = {"", "",
            isTooDeep_ ? "leads through too many schemas within each other"
                       : "takes more work to check than one message may"};
  return false;
}

bool SchemaChecker::fail(const SchemaNode& node, std::string_view keyword,
                         std::string_view message) {
  if (trials_ > 0) return false;
  error_.schema = node.place.text();
  if (!keyword.empty()) error_.schema += "/" + std::string(keyword);
  error_.message = message;
  return false;
}

bool SchemaChecker::failAt(const Key& key) {
  if (trials_ == 0) error_.instance = toPointer({key}) + error_.instance;
  return false;
}

bool SchemaChecker::check(const SchemaNode& unresolved, const Value& value, Evaluated* outer) {
  const SchemaNode& node = unresolved.resolved();
  if (node.isTypeAlone) return accepts(node.types, value) || failType(node);
  if (depth_ >= kMostDepth) isTooDeep_ = true;
  if (!work_.spend() || isTooDeep_) return false;
  ++depth_;
  const bool isTracked = (outer != nullptr || node.tracksEvaluated) && value.isContainer();
  const bool passed =
      isTracked ? checkTracked(node, value, outer) : checkRules(node, value, nullptr);
  --depth_;
  return passed;
}

// What a schema that fails has looked at does not count.
bool SchemaChecker::checkTracked(const SchemaNode& node, const Value& value, Evaluated* outer) {
  Evaluated evaluated;
  if (!checkRules(node, value, &evaluated)) return false;
  work_.spend(evaluated.size() / 4);
  if (outer != nullptr) outer->add(evaluated);
  return true;
}

// A check whose failure is not yet the value's.
bool SchemaChecker::passes(const SchemaNode& node, const Value& value, Evaluated* evaluated) {
  work_.spend();
  ++trials_;
  const bool passed = check(node, value, evaluated);
  --trials_;
  return passed;
}

bool SchemaChecker::checkRules(const SchemaNode& node, const Value& value, Evaluated* evaluated) {
  if (node.acceptsNothing) return fail(node, "", "is not allowed");
  if (!accepts(node.types, value)) return failType(node);
  if (node.constant && !node.constant->include(value, work_)) {
    return fail(node, "const", "is not the constant of the schema");
  }
  if (node.choices && !node.choices->include(value, work_)) {
    return fail(node, "enum", "is not one of the values of the schema");
  }
  if (node.combined && !checkCombined(node, value, evaluated)) return false;
  switch (value.kind()) {
    case Kind::Number:
      return !node.numbers || checkNumber(node, value.number());
    case Kind::String:
      return !node.strings || checkString(node, value.string());
    case Kind::Array:
      return !node.arrays || checkArray(node, value.items(), evaluated);
    case Kind::Object:
      return !node.objects || checkObject(node, value, evaluated);
    default:
      return true;
  }
}

bool SchemaChecker::failType(const SchemaNode& node) {
  return trials_ > 0 ? false : fail(node, "type", "is not " + listTypes(node.types));
}

bool SchemaChecker::checkNumber(const SchemaNode& node, double number) {
  const auto& rules = *node.numbers;
  if (number < rules.minimum) return fail(node, "minimum", "is below the minimum");
  if (number > rules.maximum) return fail(node, "maximum", "is above the maximum");
  if (number <= rules.exclusiveMinimum) {
    return fail(node, "exclusiveMinimum", "is not above the exclusive minimum");
  }
  if (number >= rules.exclusiveMaximum) {
    return fail(node, "exclusiveMaximum", "is not below the exclusive maximum");
  }
  if (rules.formatCheck != nullptr && !rules.formatCheck(number)) {
    return fail(node, "format", "does not have the format");
  }
  if (rules.multipleOf == 0) return true;
  work_.spend(16);
  return isMultipleOf(number, rules.multipleOf) ||
         fail(node, "multipleOf", "is not a multiple of the schema's number");
}

bool SchemaChecker::checkString(const SchemaNode& node, std::string_view text) {
  const auto& rules = *node.strings;
  if (rules.length.least > 0 || rules.length.most < text.size()) {
    work_.spend(text.size() / 64);
    const auto length = countCodePoints(text);
    if (length < rules.length.least) return fail(node, "minLength", "is too short");
    if (length > rules.length.most) return fail(node, "maxLength", "is too long");
  }
  if (rules.pattern && !rules.pattern->matches(text, work_)) {
    return fail(node, "pattern", "does not match the pattern");
  }
  if (!rules.formatPattern) return true;
  work_.spend(text.size() * 8);  // reading a regular expression is the dearest of them
  const bool matches = rules.formatPattern->matches(text, work_) && !work_.isExhausted();
  return (matches && (rules.formatCheck == nullptr || rules.formatCheck(text))) ||
         fail(node, "format", "does not have the format");
}

}  // namespace isthmus
