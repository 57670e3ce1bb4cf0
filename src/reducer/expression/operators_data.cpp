#include <limits>

#include "reducer/expression/operators.h"
#include "reducer/expression/variable.h"
#include "script/conversion.h"
#include "script/unit_text.h"

namespace isthmus {
namespace {

using Arguments = Expression::Arguments;

// Its names become keys.
std::optional<Value> readAt(const Value& path, const Scope& scope) {
  const auto size = path.isString() ? path.string().size() : toText(path, scope.budget).size();
  if (!scope.make(64 + 16 * size)) return std::nullopt;
  return read(parseVariable(path, scope.frame), scope);
}

// A var whose path is computed; one that stands in the rule is compiled (expression_compiler.cpp).
Value var(Arguments args, Scope& scope) {
  auto found = readAt(args[0].evaluate(scope), scope);
  if (found) return std::move(*found);
  return args.size() > 1 ? args[1].evaluate(scope) : Value();
}

// Whether there is nothing, null or an empty text. A path is given as to `var`: in an array it may
// have a default.
bool isMissing(const Value& path, const Scope& scope) {
  const bool isList = path.isArray();
  const std::size_t count = isList ? path.items().size() : 0;
  const Value first = isList ? (count > 0 ? path.items()[0] : Value()) : path;
  auto found = readAt(first, scope);
  if (!found && count > 1) found = path.items()[1];
  return !found || found->isNull() || (found->isString() && found->string().empty());
}

// Of a list of paths, or of the list that is its first element, those that are missing.
Vector<Value> missingAmong(const Value& list, const Scope& scope) {
  const bool isNested = truthy(list) && list.items()[0].isArray();
  const Value paths = isNested ? list.items()[0] : list;
  Vector<Value> missing;
  if (!scope.make(arrayBytes(paths.items().size()))) return missing;
  for (const auto& path : paths.items()) {
    if (!scope.spend()) break;
    if (isMissing(path, scope)) missing.push_back(path);
  }
  return missing;
}

Value missing(Arguments args, Scope& scope) {
  Vector<Value> paths;
  for (const auto& argument : args) paths.push_back(argument.evaluate(scope));
  return Value(missingAmong(Value(std::move(paths)), scope));
}

double lengthOf(const Value& value, const Scope& scope) {
  if (value.isArray()) return static_cast<double>(value.items().size());
  if (value.isString() && scope.spend(textSteps(value.string().size())))
    return static_cast<double>(unitCount(value.string()));
  return std::numeric_limits<double>::quiet_NaN();
}

// Nothing when so many paths are there; otherwise those that are missing.
Value missingSome(Arguments args, Scope& scope) {
  const Value needed = args[0].evaluate(scope);
  const Value paths = args[1].evaluate(scope);
  const Value list = paths.isArray() ? paths : Value(Vector<Value>{paths});
  auto missing = missingAmong(list, scope);
  const Value present(lengthOf(paths, scope) - static_cast<double>(missing.size()));
  const auto order = compare(present, needed, scope.budget);
  if (order == Ordering::Greater || order == Ordering::Equal) missing.clear();
  return Value(std::move(missing));
}

constexpr Operator kOperators[] = {
    {"var", 0, 2, var},
    {"missing", 0, kAnyCount, missing},
    {"missing_some", 2, 2, missingSome},
};

}  // namespace

std::span<const Operator> dataOperators() { return kOperators; }

}  // namespace isthmus
