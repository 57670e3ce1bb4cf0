#include "reducer/step_runner.h"

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "reducer/conversion.h"

namespace isthmus {
namespace {

[[gnu::cold]] HeapError failed(std::string_view message, const Path& path) {
  return toHeap({ErrorCode::StepFailed, std::string(message), toPointer(path)});
}

Path join(Path path, Key key) {
  path.push_back(std::move(key));
  return path;
}

bool isFinite(const Value& value) {
  if (value.isNumber()) return std::isfinite(value.number());
  if (value.isArray()) return std::all_of(value.items().begin(), value.items().end(), isFinite);
  if (!value.isObject()) return true;
  return std::all_of(value.members().begin(), value.members().end(),
                     [](const auto& member) { return isFinite(member.value); });
}

}  // namespace

Status StepRunner::runAt(const Path& base, const Steps& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto status =
        std::visit([&](const auto& step) { return apply(base, step); }, steps[i].operation);
    if (status && draft_.root().isDeeperThan(Limits().depth)) {
      status = failed(
          "the state would be nested deeper than " + std::to_string(Limits().depth) + " levels",
          base);
    }
    if (!status) {
      status.error().step = "/" + std::to_string(i) + status.error().step;
      return status;
    }
  }
  return Done{};
}

Status StepRunner::runOn(const Path& element, const Steps& steps, const Value* incoming) {
  const Value item = *draft_.find(element);
  const Value* const outerItem = std::exchange(scope_.item, &item);
  const Value* const outerIncoming = std::exchange(scope_.incoming, incoming);
  auto status = runAt(element, steps);
  scope_.item = outerItem;
  scope_.incoming = outerIncoming;
  if (!status) status.error().step = "/onMatch" + status.error().step;
  return status;
}

Result<Value> StepRunner::evaluate(const Expression& expression, const Path& target) {
  scope_.nonFinite = false;
  Value value = expression.evaluate(scope_);
  if (scope_.nonFinite && !isFinite(value)) {
    return failed("the value is NaN or infinite, which a state cannot hold", target);
  }
  return value;
}

Result<const Value*> StepRunner::arrayAt(const Path& path) {
  const Value* const array = draft_.find(path);
  if (array == nullptr || !array->isArray()) return failed("there is no array here", path);
  return array;
}

Status StepRunner::merge(const Path& path, const Value& members) {
  const Value* const target = draft_.find(path);
  if (target == nullptr || !target->isObject()) return failed("there is no object here", path);
  if (!members.isObject()) return failed("only an object can be merged into an object", path);
  for (const auto& [key, value] : members.members()) {
    auto status = draft_.set(join(path, key), value);
    if (!status) return status;
  }
  return Done{};
}

// Arrays that lie flat are scanned: making and keeping an index would cost more.
std::optional<std::uint32_t> StepRunner::findElement(const Path& path, const Key& by,
                                                     const Value& key) const {
  const Value& array = *draft_.find(path);
  const bool isLarge = array.items().size() > Sequence<Value>::kWidth;
  if (isLarge && ElementIndex::canFind(key) && indexed_.covers(path, by)) {
    return array.indexBy(by).find(key);
  }
  std::uint32_t position = 0;
  for (const auto& item : array.items()) {
    const Value* const own = item.isObject() ? item.find(by) : nullptr;
    if (own != nullptr && strictlyEqual(*own, key)) return position;
    ++position;
  }
  return std::nullopt;
}

Status StepRunner::apply(const Path& base, const SetStep& step) {
  const auto target = step.path.resolve(base, scope_);
  if (!target) return target.error();
  const Path& path = target.value().path();
  const auto value = evaluate(step.value, path);
  return value ? draft_.set(path, value.value()) : value.error();
}

Status StepRunner::apply(const Path& base, const UnsetStep& step) {
  const auto target = step.path.resolve(base, scope_);
  if (!target) return target.error();
  const Path& path = target.value().path();
  return draft_.find(path) == nullptr ? Status(Done{}) : draft_.remove(path);
}

Status StepRunner::apply(const Path& base, const IncStep& step) {
  const auto target = step.path.resolve(base, scope_);
  if (!target) return target.error();
  const Path& path = target.value().path();
  const Value* const current = draft_.find(path);
  if (current == nullptr || !current->isNumber()) {
    return failed("inc needs a number here", path);
  }
  const Value by = step.value.evaluate(scope_);
  if (!by.isNumber()) return failed("inc needs a number to add", path);
  const double sum = current->number() + by.number();
  if (!std::isfinite(sum)) return failed("the sum is not a finite number", path);
  const Value next(sum);
  return current->identical(next) ? Status(Done{}) : draft_.put(path, next);
}

Status StepRunner::apply(const Path& base, const MergeStep& step) {
  const auto target = step.path.resolve(base, scope_);
  if (!target) return target.error();
  const Path& path = target.value().path();
  const auto value = evaluate(step.value, path);
  return value ? merge(path, value.value()) : value.error();
}

Status StepRunner::apply(const Path& base, const PushStep& step) {
  const auto target = step.path.resolve(base, scope_);
  if (!target) return target.error();
  const Path& path = target.value().path();
  auto value = evaluate(step.value, path);
  return value ? draft_.push(path, std::move(value).value()) : value.error();
}

Status StepRunner::apply(const Path& base, const InsertStep& step) {
  const auto target = step.path.resolve(base, scope_);
  if (!target) return target.error();
  const Path& path = target.value().path();
  auto value = evaluate(step.value, path);
  return value ? draft_.insert(path, std::move(value).value()) : value.error();
}

Status StepRunner::apply(const Path& base, const RemoveStep& step) {
  const auto target = step.path.resolve(base, scope_);
  return target ? draft_.remove(target.value().path()) : target.error();
}

Status StepRunner::apply(const Path& base, const RemoveWhereStep& step) {
  const auto target = step.path.resolve(base, scope_);
  if (!target) return target.error();
  const Path& path = target.value().path();
  const auto array = arrayAt(path);
  if (!array) return array.error();
  Value::Items kept;
  const Value* const outer = scope_.item;
  for (const auto& item : array.value()->items()) {
    scope_.item = &item;
    if (!truthy(step.where.evaluate(scope_))) kept.push_back(item);
  }
  scope_.item = outer;
  if (kept.size() == array.value()->items().size()) return Done{};
  return draft_.put(path, Value(std::move(kept)));
}

Status StepRunner::apply(const Path& base, const UpdateWhereStep& step) {
  const auto target = step.path.resolve(base, scope_);
  if (!target) return target.error();
  const Path& path = target.value().path();
  const auto array = arrayAt(path);
  if (!array) return array.error();
  const Value before = *array.value();
  for (std::uint32_t i = 0; i < before.items().size(); ++i) {
    const Value* const outer = std::exchange(scope_.item, &before.items()[i]);
    const bool matches = truthy(step.where.evaluate(scope_));
    scope_.item = outer;
    if (!matches) continue;
    auto status = runOn(join(path, Key::fromIndex(i)), step.onMatch, scope_.incoming);
    if (!status) return status;
  }
  return Done{};
}

Status StepRunner::apply(const Path& base, const UpsertStep& step) {
  const auto target = step.path.resolve(base, scope_);
  if (!target) return target.error();
  const Path& path = target.value().path();
  const auto array = arrayAt(path);
  if (!array) return array.error();
  auto value = evaluate(step.value, path);
  if (!value) return value.error();
  const Value* const key = value.value().isObject() ? value.value().find(step.by) : nullptr;
  if (key == nullptr) {
    return failed("the value to upsert has no '" + step.by.text() + "'", path);
  }
  const auto match = findElement(path, step.by, *key);
  if (!match) return draft_.push(path, std::move(value).value());
  const auto element = join(path, Key::fromIndex(*match));
  if (!step.onMatch) return merge(element, value.value());
  return runOn(element, *step.onMatch, &value.value());
}

Status StepRunner::apply(const Path& base, const ResetStep& step) {
  const auto target = step.path.resolve(base, scope_);
  if (!target) return target.error();
  const Path& path = target.value().path();
  const Value* const initial = find(initial_, path);
  if (initial == nullptr) return failed("the initial state has nothing here", path);
  return draft_.set(path, *initial);
}

Status StepRunner::apply(const Path& base, const IfStep& step) {
  const bool holds = truthy(step.test.evaluate(scope_));
  auto status = runAt(base, holds ? step.then : step.otherwise);
  if (!status) status.error().step = (holds ? "/then" : "/else") + status.error().step;
  return status;
}

}  // namespace isthmus
