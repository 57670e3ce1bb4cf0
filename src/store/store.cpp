#include "store/store.h"

#include <algorithm>

#include "value/draft.h"

namespace isthmus {
namespace {

Error sliceError(ErrorCode code, const Key& key, const char* what) {
  return {code, "the slice '" + key.text() + "' " + what, {}, {}, key.text()};
}

Error busy() {
  return {ErrorCode::Busy, "an action is being applied; change the store when it is done"};
}

}  // namespace

std::vector<Store::Slice>::iterator Store::find(const Key& key) {
  return std::find_if(slices_.begin(), slices_.end(),
                      [&](const Slice& slice) { return slice.key == key; });
}

Result<std::vector<Store::Watch>> Store::inject(const Key& key,
                                                std::shared_ptr<const Program> program,
                                                const std::optional<Value>& preloaded) {
  if (pending_) return busy();
  if (find(key) != slices_.end()) return sliceError(ErrorCode::SliceExists, key, "exists already");
  Draft draft(root_);
  const auto status = draft.set({key}, preloaded.value_or(program->initialState()));
  if (!status) return status.error();
  slices_.push_back({key, std::move(program)});
  return moveTo(std::move(draft).take());
}

Status Store::replace(const Key& key, std::shared_ptr<const Program> program) {
  const auto slice = find(key);
  if (slice == slices_.end()) return sliceError(ErrorCode::SliceMissing, key, "is not injected");
  slice->program = std::move(program);
  return Done{};
}

Result<std::vector<Store::Watch>> Store::remove(const Key& key) {
  if (pending_) return busy();
  const auto slice = find(key);
  if (slice == slices_.end()) return sliceError(ErrorCode::SliceMissing, key, "is not injected");
  Draft draft(root_);
  const auto status = draft.remove({key});
  if (!status) return status.error();
  slices_.erase(slice);
  return moveTo(std::move(draft).take());
}

Status Store::prepare(const Action& action) {
  if (pending_) return busy();
  Draft draft(root_);
  for (const auto& [key, program] : slices_) {
    if (!program->handles(action.type)) continue;
    const Value& before = *root_.find(key);
    auto after = program->reduce(before, action);
    if (!after) return std::move(after.error());
    if (before.identical(after.value())) continue;
    auto status = draft.put({key}, std::move(after).value());
    if (!status) return status;
  }
  pending_ = std::move(draft).take();
  return Done{};
}

Status Store::prepareState(const Key& key, const Value& state) {
  if (pending_) return busy();
  if (find(key) == slices_.end()) {
    return sliceError(ErrorCode::SliceMissing, key, "is not injected");
  }
  Draft draft(root_);
  auto status = draft.set({key}, state);
  if (status) pending_ = std::move(draft).take();
  return status;
}

std::vector<Store::Watch> Store::commit() {
  if (!pending_) return {};
  Value root = std::move(*pending_);
  pending_.reset();
  return moveTo(std::move(root));
}

std::vector<Store::Watch> Store::moveTo(Value root) {
  const Value before = std::exchange(root_, std::move(root));
  return watchers_.affected(before, root_);
}

}  // namespace isthmus
