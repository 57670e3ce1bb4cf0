#include "store/store.h"

namespace isthmus {
namespace {

Error sliceError(ErrorCode code, const Key& key, const char* what) {
  return {code, "the slice '" + key.text() + "' " + what, {}, {}, key.text()};
}

Error missing(const Key& key) {
  return sliceError(ErrorCode::SliceMissing, key, "is not injected");
}

Error busy() {
  return {ErrorCode::Busy, "an action is being applied; change the store when it is done"};
}

}  // namespace

void Store::rebuildHandlers() {
  indices_ = {};
  types_ = {};
  handlers_.clear();
  for (std::size_t i = 0; i < slices_.size(); ++i) {
    indices_.set(slices_[i].key, static_cast<std::uint32_t>(i));
    for (const auto& type : slices_[i].program->types()) {
      handlersOf(type).push_back({i, slices_[i].program->stepsFor(type)});
    }
  }
}

std::vector<Store::Handler>& Store::handlersOf(const Key& type) {
  if (const auto known = types_.find(type)) return handlers_[*known];
  types_.set(type, static_cast<std::uint32_t>(handlers_.size()));
  return handlers_.emplace_back();
}

Result<Store::Change> Store::inject(const Key& key, std::shared_ptr<const Program> program,
                                    const std::optional<Value>& preloaded) {
  if (isPending_) return busy();
  if (indices_.find(key)) return sliceError(ErrorCode::SliceExists, key, "exists already");
  Value state = preloaded.value_or(program->initialState());
  slices_.push_back({key, std::move(program), std::move(state)});
  rebuildHandlers();
  return Change{true, watchers_.affected(key, nullptr, &slices_.back().state)};
}

Status Store::replace(const Key& key, std::shared_ptr<const Program> program) {
  if (isPending_) return busy();
  const auto index = indices_.find(key);
  if (!index) return missing(key);
  slices_[*index].program = std::move(program);
  rebuildHandlers();
  return Done{};
}

Result<Store::Change> Store::remove(const Key& key) {
  if (isPending_) return busy();
  const auto index = indices_.find(key);
  if (!index) return missing(key);
  const Value state = slices_[*index].state;
  slices_.erase(slices_.begin() + static_cast<std::ptrdiff_t>(*index));
  rebuildHandlers();
  return Change{true, watchers_.affected(key, &state, nullptr)};
}

Status Store::prepare(const Action& action) {
  if (isPending_) return busy();
  if (const auto type = types_.find(action.type)) {
    ActionBudget budget(limits_);
    for (const auto& [index, steps] : handlers_[*type]) {
      const auto& slice = slices_[index];
      auto next = slice.program->run(*steps, slice.state, action, budget);
      if (!next) {
        pending_.clear();
        return std::move(next.error());
      }
      if (next.value().identical(slice.state)) continue;
      pending_.push_back({index, std::move(next).value()});
    }
  }
  isPending_ = true;
  return Done{};
}

Status Store::prepareState(const Key& key, const Value& state) {
  if (isPending_) return busy();
  const auto index = indices_.find(key);
  if (!index) return missing(key);
  ActionBudget budget(limits_);
  Value next = reconcile(slices_[*index].state, state, budget.steps());
  if (!next.identical(slices_[*index].state)) pending_.push_back({*index, std::move(next)});
  isPending_ = true;
  return Done{};
}

Store::Change Store::commit() {
  Change change;
  for (auto& [index, state] : pending_) {
    auto& slice = slices_[index];
    std::swap(slice.state, state);
    watchers_.collectAffected(slice.key, &state, &slice.state, change.watches);
  }
  change.moved = !pending_.empty();
  if (change.moved) watchers_.collectRoot(change.watches);
  discard();
  return change;
}

void Store::discard() {
  pending_.clear();
  isPending_ = false;
}

const Value* Store::find(const Path& path) const {
  const auto index = path.empty() ? std::nullopt : indices_.find(path.front());
  if (!index) return nullptr;
  const Value* at = &slices_[*index].state;
  for (std::size_t i = 1; i < path.size() && at != nullptr; ++i) at = at->find(path[i]);
  return at;
}

std::vector<std::pair<Key, Value>> Store::states() const {
  std::vector<std::pair<Key, Value>> states;
  for (const auto& slice : slices_) states.emplace_back(slice.key, slice.state);
  return states;
}

}  // namespace isthmus
