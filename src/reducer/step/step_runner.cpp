#include "reducer/step/step_runner.h"

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "script/conversion.h"

namespace isthmus {
namespace {

ISTHMUS_SMALL HeapError failed(std::string_view message, const Path& path) {
  return toHeap({ErrorCode::StepFailed, std::string(message), toPointer(path)});
}

Path join(Path path, Key key) {
  path.push_back(std::move(key));
  return path;
}

ISTHMUS_SMALL HeapError hasNo(const Key& key, const Path& path) {
  return failed("the value to upsert has no '" + key.text() + "'", path);
}

// Puts the part of a program in which it failed before the place of a failure.
ISTHMUS_SMALL Status within(std::string_view part, Status failure) {
  failure.error().step.insert(0, part);
  return failure;
}
ISTHMUS_SMALL Status withinStep(std::size_t index, Status failure) {
  return within("/" + std::to_string(index), std::move(failure));
}

ISTHMUS_SMALL bool isFinite(const Value& value, const Scope& scope) {
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
    auto status = apply(base, steps[i]);
    const bool isDoubtful = !status || scope_.isSpent() || draft_.root().depth() > Limits().depth;
    if (isDoubtful) status = checked(base, std::move(status));
    if (!status) return withinStep(i, std::move(status));
  }
  return Done{};
}

Status StepRunner::checked(const Base& base, Status status) const {
  if (status && draft_.root().isDeeperThan(Limits().depth)) {
    status = failed(
        "the state would be nested deeper than " + std::to_string(Limits().depth) + " levels",
        base.path);
  }
  if (scope_.isSpent() && (status || status.error().code != ErrorCode::TooLarge)) {
    return scope_.budget->refusal(toPointer(base.path));
  }
  return status;
}

void StepRunner::Base::moveOn() { path.back() = Key::fromIndex(*path.back().index() + 1); }

Status StepRunner::runOn(Base& element, const Steps& steps, const Value* incoming) {
  const Value item = *draft_.find(element.path);
  const Value* const outerItem = std::exchange(scope_.item, &item);
  const Value* const outerIncoming = std::exchange(scope_.incoming, incoming);
  auto status = runAt(element, steps);
  scope_.item = outerItem;
  scope_.incoming = outerIncoming;
  return status ? std::move(status) : within("/onMatch", std::move(status));
}

// Before an element there is a place to insert at, though the element may be gone.
Result<const Path*> StepRunner::target(const Base& base, const Step& step, Path& made) {
  auto path = step.path.resolve(base.path, scope_, made);
  if (!base.isGone || !path) return path;
  if (step.operation == Operation::Insert && base.isElementAt(*path.value())) return path;
  return failed("the element that was here is removed by a step before", *path.value());
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

Status StepRunner::apply(Base& base, const Step& step) {
  if (step.operation == Operation::If) return choose(base, step);
  if (step.operation == Operation::Unset && base.isGone) return Done{};
  Path made;
  auto path = target(base, step, made);
  return path ? applyAt(base, *path.value(), step) : path.pass();
}

Status StepRunner::applyAt(Base& base, const Path& path, const Step& step) {
  switch (step.operation) {
    case Operation::Unset:
      if (draft_.find(path) == nullptr) return Done{};
      return remove(base, path);
    case Operation::Remove:
      return remove(base, path);
    case Operation::Inc:
      return inc(path, step);
    case Operation::RemoveWhere:
      return removeWhere(path, step);
    case Operation::UpdateWhere:
      return updateWhere(path, step);
    case Operation::Upsert:
      return upsert(path, step);
    case Operation::Reset:
      return reset(path);
    case Operation::Set:
    case Operation::Merge:
    case Operation::Push:
    case Operation::Insert:
      return write(base, path, step);
    default:
      return applyEntityStep(path, step);
  }
}

Status StepRunner::write(Base& base, const Path& path, const Step& step) {
  auto value = evaluate(step.value, path);
  if (!value) return value.pass();
  if (step.operation == Operation::Set) return draft_.set(path, value.value());
  if (step.operation == Operation::Merge) return merge(path, value.value());
  if (step.operation == Operation::Push) return draft_.push(path, std::move(value).value());
  const bool isBefore = base.isElementAt(path);
  auto status = draft_.insert(path, std::move(value).value());
  if (status && isBefore) base.moveOn();
  return status;
}

Status StepRunner::inc(const Path& path, const Step& step) {
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

Status StepRunner::removeWhere(const Path& path, const Step& step) {
  auto array = arrayAt(path);
  if (!array) return array.pass();
  Value::Items kept;
  const Value* const outer = scope_.item;
  scope_.make(arrayBytes(array.value()->items().size()));
  for (const auto& item : array.value()->items()) {
    if (scope_.isSpent()) break;
    scope_.item = &item;
    if (!truthy(step.test.evaluate(scope_))) kept.push_back(item);
  }
  scope_.item = outer;
  if (kept.size() == array.value()->items().size()) return Done{};
  return draft_.put(path, Value(std::move(kept)));
}

// Each element of the array as it is now has its turn once, whatever is done to those before it:
// the steps reach nothing but their element and the place before it.
Status StepRunner::updateWhere(const Path& path, const Step& step) {
  auto array = arrayAt(path);
  if (!array) return array.pass();
  const Value before = *array.value();
  Base element{join(path, Key::fromIndex(0)), true};
  for (const auto& item : before.items()) {
    if (scope_.isSpent()) break;
    const Value* const outer = std::exchange(scope_.item, &item);
    const bool matches = truthy(step.test.evaluate(scope_));
    scope_.item = outer;
    auto status = matches ? runOn(element, step.steps, scope_.incoming) : Status(Done{});
    if (!status) return status;
    if (!std::exchange(element.isGone, false)) element.moveOn();
  }
  return Done{};
}

Status StepRunner::upsert(const Path& path, const Step& step) {
  auto array = arrayAt(path);
  if (!array) return array.pass();
  auto value = evaluate(step.value, path);
  if (!value) return value.pass();
  const Value* const key = value.value().isObject() ? value.value().find(step.key) : nullptr;
  if (key == nullptr) {
    return hasNo(step.key, path);
  }
  const auto match = findElement(path, step.key, *key);
  if (!match) return draft_.push(path, std::move(value).value());
  Base element{join(path, Key::fromIndex(*match)), true};
  if (!step.hasSteps) return merge(element.path, value.value());
  return runOn(element, step.steps, &value.value());
}

Status StepRunner::reset(const Path& path) {
  const Value* const initial = find(initial_, path);
  if (initial == nullptr) return failed("the initial state has nothing here", path);
  return draft_.set(path, *initial);
}

Status StepRunner::choose(Base& base, const Step& step) {
  const bool holds = truthy(step.test.evaluate(scope_));
  auto status = runAt(base, holds ? step.steps : step.otherwise);
  return status ? std::move(status) : within(holds ? "/then" : "/else", std::move(status));
}

}  // namespace isthmus
