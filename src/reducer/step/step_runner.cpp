#include "reducer/step/step_runner.h"

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "script/conversion.h"

namespace isthmus {
namespace {

[[gnu::cold]] HeapError failed(std::string_view message, const Path& path) {
  return toHeap({ErrorCode::StepFailed, std::string(message), toPointer(path)});
}

Path join(Path path, Key key) {
  path.push_back(std::move(key));
  return path;
}

bool isFinite(const Value& value, const Scope& scope) {
  if (!scope.spend()) return true;
  if (value.isNumber()) return std::isfinite(value.number());
  const auto isEach = [&](const Value& item) { return isFinite(item, scope); };
  if (value.isArray()) return std::all_of(value.items().begin(), value.items().end(), isEach);
  if (!value.isObject()) return true;
  return std::all_of(value.members().begin(), value.members().end(),
                     [&](const auto& member) { return isEach(member.value); });
}

}  // namespace

Status StepRunner::runAt(Base& base, const Steps& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    scope_.spend();
    auto status =
        std::visit([&](const auto& step) { return apply(base, step); }, steps[i].operation);
    if (status && draft_.root().isDeeperThan(Limits().depth)) {
      status = failed(
          "the state would be nested deeper than " + std::to_string(Limits().depth) + " levels",
          base.path);
    }
    if (scope_.isSpent() && (status || status.error().code != ErrorCode::TooLarge)) {
      status = scope_.budget->refusal(toPointer(base.path));
    }
    if (!status) {
      status.error().step = "/" + std::to_string(i) + status.error().step;
      return status;
    }
  }
  return Done{};
}

void StepRunner::Base::moveOn() { path.back() = Key::fromIndex(*path.back().index() + 1); }

Status StepRunner::runOn(Base& element, const Steps& steps, const Value* incoming) {
  const Value item = *draft_.find(element.path);
  const Value* const outerItem = std::exchange(scope_.item, &item);
  const Value* const outerIncoming = std::exchange(scope_.incoming, incoming);
  auto status = runAt(element, steps);
  scope_.item = outerItem;
  scope_.incoming = outerIncoming;
  if (!status) status.error().step = "/onMatch" + status.error().step;
  return status;
}

Result<Location::Resolved> StepRunner::target(const Base& base, const Location& location) {
  auto resolved = location.resolve(base.path, scope_);
  if (!base.isGone || !resolved) return resolved;
  return failed("the element that was here is removed by a step before", resolved.value().path());
}

Status StepRunner::remove(Base& base, const Path& path) {
  auto status = draft_.remove(path);
  if (status && base.isElementAt(path)) base.isGone = true;
  return status;
}

Result<Value> StepRunner::evaluate(const Expression& expression, const Path& target) {
  scope_.nonFinite = false;
  Value value = expression.evaluate(scope_);
  if (scope_.nonFinite && !isFinite(value, scope_)) {
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
    if (!scope_.spend()) break;
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
    if (!scope_.spend()) break;
    const Value* const own = item.isObject() ? item.find(by) : nullptr;
    if (own != nullptr && strictlyEqual(*own, key, scope_.budget)) return position;
    ++position;
  }
  return std::nullopt;
}

Status StepRunner::apply(Base& base, const SetStep& step) {
  const auto at = target(base, step.path);
  if (!at) return at.error();
  const Path& path = at.value().path();
  const auto value = evaluate(step.value, path);
  return value ? draft_.set(path, value.value()) : value.error();
}

Status StepRunner::apply(Base& base, const UnsetStep& step) {
  if (base.isGone) return Done{};
  const auto at = target(base, step.path);
  if (!at) return at.error();
  const Path& path = at.value().path();
  return draft_.find(path) == nullptr ? Status(Done{}) : remove(base, path);
}

Status StepRunner::apply(Base& base, const IncStep& step) {
  const auto at = target(base, step.path);
  if (!at) return at.error();
  const Path& path = at.value().path();
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

Status StepRunner::apply(Base& base, const MergeStep& step) {
  const auto at = target(base, step.path);
  if (!at) return at.error();
  const Path& path = at.value().path();
  const auto value = evaluate(step.value, path);
  return value ? merge(path, value.value()) : value.error();
}

Status StepRunner::apply(Base& base, const PushStep& step) {
  const auto at = target(base, step.path);
  if (!at) return at.error();
  const Path& path = at.value().path();
  auto value = evaluate(step.value, path);
  return value ? draft_.push(path, std::move(value).value()) : value.error();
}

// Before the element itself there is a place, though the element may be gone.
Status StepRunner::apply(Base& base, const InsertStep& step) {
  const auto at = step.path.resolve(base.path, scope_);
  if (!at) return at.error();
  const Path& path = at.value().path();
  const bool isBefore = base.isElementAt(path);
  if (!isBefore && base.isGone) return target(base, step.path).error();
  auto value = evaluate(step.value, path);
  if (!value) return value.error();
  auto status = draft_.insert(path, std::move(value).value());
  if (status && isBefore) base.moveOn();
  return status;
}

Status StepRunner::apply(Base& base, const RemoveStep& step) {
  const auto at = target(base, step.path);
  return at ? remove(base, at.value().path()) : at.error();
}

Status StepRunner::apply(Base& base, const RemoveWhereStep& step) {
  const auto at = target(base, step.path);
  if (!at) return at.error();
  const Path& path = at.value().path();
  const auto array = arrayAt(path);
  if (!array) return array.error();
  Value::Items kept;
  const Value* const outer = scope_.item;
  scope_.make(arrayBytes(array.value()->items().size()));
  for (const auto& item : array.value()->items()) {
    if (scope_.isSpent()) break;
    scope_.item = &item;
    if (!truthy(step.where.evaluate(scope_))) kept.push_back(item);
  }
  scope_.item = outer;
  if (kept.size() == array.value()->items().size()) return Done{};
  return draft_.put(path, Value(std::move(kept)));
}

// Each element of the array as it is now has its turn once, whatever is done to those before it:
// the steps reach nothing but their element and the place before it.
Status StepRunner::apply(Base& base, const UpdateWhereStep& step) {
  const auto at = target(base, step.path);
  if (!at) return at.error();
  const Path& path = at.value().path();
  const auto array = arrayAt(path);
  if (!array) return array.error();
  const Value before = *array.value();
  Base element{join(path, Key::fromIndex(0)), true};
  for (const auto& item : before.items()) {
    if (scope_.isSpent()) break;
    const Value* const outer = std::exchange(scope_.item, &item);
    const bool matches = truthy(step.where.evaluate(scope_));
    scope_.item = outer;
    auto status = matches ? runOn(element, step.onMatch, scope_.incoming) : Status(Done{});
    if (!status) return status;
    if (!std::exchange(element.isGone, false)) element.moveOn();
  }
  return Done{};
}

Status StepRunner::apply(Base& base, const UpsertStep& step) {
  const auto at = target(base, step.path);
  if (!at) return at.error();
  const Path& path = at.value().path();
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
  Base element{join(path, Key::fromIndex(*match)), true};
  if (!step.onMatch) return merge(element.path, value.value());
  return runOn(element, *step.onMatch, &value.value());
}

Status StepRunner::apply(Base& base, const ResetStep& step) {
  const auto at = target(base, step.path);
  if (!at) return at.error();
  const Path& path = at.value().path();
  const Value* const initial = find(initial_, path);
  if (initial == nullptr) return failed("the initial state has nothing here", path);
  return draft_.set(path, *initial);
}

Status StepRunner::apply(Base& base, const IfStep& step) {
  const bool holds = truthy(step.test.evaluate(scope_));
  auto status = runAt(base, holds ? step.then : step.otherwise);
  if (!status) status.error().step = (holds ? "/then" : "/else") + status.error().step;
  return status;
}

}  // namespace isthmus
