#include "native/reducer/model/plain_program.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "reducer/expression/expression.h"
#include "script/conversion.h"

namespace isthmus::model {
namespace {

const Value* field(const Value& step, const char* name) { return step.find(Key(name)); }

// What shares its parts in the engine is many times as large to whoever walks it as a tree.
constexpr std::size_t kMostNodes = 1'000'000;

// Takes one from `left` for each node, and ends where none is left.
bool isFinite(const Value& value, std::size_t& left) {
  if (left == 0) return false;
  --left;
  if (value.isNumber()) return std::isfinite(value.number());
  if (value.isArray()) {
    return std::all_of(value.items().begin(), value.items().end(),
                       [&left](const Value& item) { return isFinite(item, left); });
  }
  return !value.isObject() ||
         std::all_of(value.members().begin(), value.members().end(),
                     [&left](const auto& member) { return isFinite(member.value, left); });
}

Path join(Path path, const Key& key) {
  path.push_back(key);
  return path;
}

Key indexKey(std::size_t index) { return Key::fromIndex(static_cast<std::uint32_t>(index)); }

}  // namespace

Value PlainProgram::evaluate(const Value& rule) {
  scope_.state = &state_;
  return Expression::compile(rule).value().evaluate(scope_);
}

Plain PlainProgram::evaluateFinite(const Value& rule) {
  Value value = evaluate(rule);
  std::size_t left = kMostNodes;
  const bool finite = isFinite(value, left);
  isTooLarge_ = isTooLarge_ || left == 0;
  return finite ? Plain(std::move(value)) : std::nullopt;
}

bool PlainProgram::matches(const Value& rule, const Value& item) {
  const Value* const outer = std::exchange(scope_.item, &item);
  const bool holds = truthy(evaluate(rule));
  scope_.item = outer;
  return holds;
}

bool PlainProgram::replace(Plain next) {
  if (next) state_ = std::move(*next);
  return next.has_value();
}

std::optional<Path> PlainProgram::resolve(const Path& base, const Value* path) {
  Path resolved = base;
  if (path == nullptr) return resolved;
  if (path->isString()) {
    const Path tokens = parsePointer(path->string()).value();
    resolved.insert(resolved.end(), tokens.begin(), tokens.end());
    return resolved;
  }
  for (const auto& token : path->items()) {
    const Value value = evaluate(token);
    if (value.isString()) {
      resolved.emplace_back(value.string());
    } else if (value.isNumber() && value.number() >= 0 &&
               value.number() == std::trunc(value.number())) {
      resolved.push_back(indexKey(static_cast<std::size_t>(value.number())));
    } else {
      return std::nullopt;
    }
  }
  return resolved;
}

bool PlainProgram::runAt(Base& base, const Value& steps) {
  return std::all_of(steps.items().begin(), steps.items().end(),
                     [&](const Value& step) { return apply(base, step); });
}

bool PlainProgram::runOn(Base& element, const Value& steps, const Value* incoming) {
  const Value item = *find(state_, element.path);
  const Scope outer = scope_;
  scope_.item = &item;
  scope_.incoming = incoming;
  const bool ran = runAt(element, steps);
  scope_ = outer;
  return ran;
}

bool PlainProgram::apply(Base& base, const Value& step) {
  const bool applied = applyAny(base, step);
  coverage_.count(step, applied);
  return applied;
}

bool PlainProgram::applyAny(Base& base, const Value& step) {
  const std::string op(field(step, "op")->string());
  if (op == "if") {
    const Value none{Value::Items{}};
    const Value* const otherwise = field(step, "else");
    const bool holds = truthy(evaluate(*field(step, "test")));
    return runAt(base, holds ? *field(step, "then") : otherwise == nullptr ? none : *otherwise);
  }
  if (op == "unset" && base.isGone) return true;
  const auto path = resolve(base.path, field(step, "path"));
  if (!path) return false;
  const bool isElement = base.isElement && *path == base.path;
  if (base.isGone && !(op == "insert" && isElement)) return false;
  const Value* const current = find(state_, *path);
  if (op == "unset" && current == nullptr) return true;
  if (op == "unset" || op == "remove") {
    if (!replace(removeAt(state_, *path))) return false;
    if (isElement) base.isGone = true;
    return true;
  }
  if (op == "insert") {
    const auto value = evaluateFinite(*field(step, "value"));
    if (!value || !replace(insertAt(state_, *path, *value))) return false;
    if (isElement) base.path.back() = indexKey(*path->back().index() + 1);
    return true;
  }
  if (op == "reset") {
    const Value* const initial = find(initial_, *path);
    return initial != nullptr && replace(setAt(state_, *path, *initial));
  }
  if (op == "inc") {
    const Value* const rule = field(step, "value");
    const Value by = rule == nullptr ? Value(1.0) : evaluate(*rule);
    if (current == nullptr || !current->isNumber() || !by.isNumber()) return false;
    const double sum = current->number() + by.number();
    return std::isfinite(sum) && replace(setAt(state_, *path, Value(sum)));
  }
  if (op.ends_with("One") || op.ends_with("Many") || op.ends_with("All")) {
    return applyEntities(op, *path, step);
  }
  return applyToArray(op, *path, step);
}

bool PlainProgram::applyToArray(const std::string& op, const Path& path, const Value& step) {
  if (op == "updateWhere") return updateWhere(path, step);
  if (op == "removeWhere") return removeWhere(path, step);
  if (op == "upsert") return upsert(path, step);
  const auto value = evaluateFinite(*field(step, "value"));
  if (!value) return false;
  if (op == "set") return replace(setAt(state_, path, *value));
  if (op == "merge") return replace(mergeAt(state_, path, *value));
  return replace(pushAt(state_, path, *value));
}

bool PlainProgram::updateWhere(const Path& path, const Value& step) {
  const Value* const array = find(state_, path);
  if (array == nullptr || !array->isArray()) return false;
  const Value before = *array;
  std::size_t place = 0;
  for (std::size_t i = 0; i < before.items().size(); ++i) {
    Base element{join(path, indexKey(place)), true};
    if (matches(*field(step, "where"), before.items()[i])) {
      assert(equal(*find(state_, element.path), before.items()[i]));
      if (!runOn(element, *field(step, "onMatch"), scope_.incoming)) return false;
    }
    place = *element.path.back().index() + (element.isGone ? 0 : 1);
  }
  assert(find(state_, path)->items().size() == place);
  return true;
}

bool PlainProgram::removeWhere(const Path& path, const Value& step) {
  const Value* const array = find(state_, path);
  if (array == nullptr || !array->isArray()) return false;
  Value::Items kept;
  for (const auto& item : array->items()) {
    if (!matches(*field(step, "where"), item)) kept.push_back(item);
  }
  return replace(setAt(state_, path, Value(std::move(kept))));
}

bool PlainProgram::upsert(const Path& path, const Value& step) {
  const Value* const array = find(state_, path);
  const auto value = evaluateFinite(*field(step, "value"));
  if (array == nullptr || !array->isArray() || !value || !value->isObject()) return false;
  const Key by(field(step, "by")->string());
  const Value* const key = value->find(by);
  if (key == nullptr) return false;
  for (std::size_t i = 0; i < array->items().size(); ++i) {
    const Value& item = array->items()[i];
    const Value* const own = item.isObject() ? item.find(by) : nullptr;
    if (own == nullptr || !strictlyEqual(*own, *key)) continue;
    const Value* const onMatch = field(step, "onMatch");
    Base element{join(path, indexKey(i)), true};
    return onMatch != nullptr ? runOn(element, *onMatch, &*value)
                              : replace(mergeAt(state_, element.path, *value));
  }
  return replace(pushAt(state_, path, *value));
}

}  // namespace isthmus::model
