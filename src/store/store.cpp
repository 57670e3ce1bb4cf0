#include "store/store.h"

#include <atomic>
#include <utility>

namespace isthmus {
namespace {

constexpr Store::Serial kSerials = 0x3FFF'FFFF;  // they begin anew, and stay positive as an int

// Stores to memory before it are done before those after it.
void inOrder() { std::atomic_signal_fence(std::memory_order_seq_cst); }

ISTHMUS_SMALL Error sliceError(ErrorCode code, const Key& key, const char* what) {
  return {code, "the slice '" + key.text() + "' " + what, {}, {}, key.text()};
}

ISTHMUS_SMALL Error missing(const Key& key) {
  return sliceError(ErrorCode::SliceMissing, key, "is not injected");
}

ISTHMUS_SMALL Error notCrossing(const Key& key, const Action& action) {
  const std::string what = "the action '" + action.type.text() + "' would change the slice '" +
                           key.text() +
                           "', which converges and changes only by what crosses: mark it with "
                           "crossApp(), and list it in a contract";
  return {ErrorCode::NotCrossing, what, {}, {}, key.text()};
}

ISTHMUS_SMALL Error busy() {
  return {ErrorCode::Busy, "an action is being applied; change the store when it is done"};
}

}  // namespace

ISTHMUS_SMALL Store::Table::Table(Vector<Slice> all) : slices(std::move(all)) {
  for (std::size_t i = 0; i < slices.size(); ++i) {
    indices.set(slices[i].key, static_cast<std::uint32_t>(i));
    for (const auto& type : slices[i].program->types()) {
      handlersOf(type).push_back({i, slices[i].program->stepsFor(type)});
    }
  }
}

ISTHMUS_SMALL Vector<Store::Handler>& Store::Table::handlersOf(const Key& type) {
  if (const auto known = types.find(type)) return handlers[*known];
  types.set(type, static_cast<std::uint32_t>(handlers.size()));
  return handlers.emplace_back();
}

Store::Store(Serial serial, const ActionLimits& limits)
    : limits_(limits), table_(std::make_unique<Table>(Vector<Slice>())), serial_(serial) {}

ISTHMUS_SMALL Result<Store::Change> Store::inject(const Key& key,
                                                  std::shared_ptr<const Program> program,
                                                  const std::optional<Value>& preloaded) {
  if (isPending()) return busy();
  if (table_->indices.find(key)) return sliceError(ErrorCode::SliceExists, key, "exists already");
  auto slices = table_->slices;
  Value state = preloaded.value_or(program->initialState());
  slices.push_back({key, std::move(program), std::move(state)});
  table_ = std::make_unique<Table>(std::move(slices));
  return Change{true, watchers_.affected(key, nullptr, &table_->slices.back().state)};
}

ISTHMUS_SMALL Status Store::replace(const Key& key, std::shared_ptr<const Program> program) {
  if (isPending()) return busy();
  const auto index = table_->indices.find(key);
  if (!index) return missing(key);
  auto slices = table_->slices;
  slices[*index].program = std::move(program);
  table_ = std::make_unique<Table>(std::move(slices));
  return Done{};
}

ISTHMUS_SMALL Status Store::setConverging(const Key& key, bool converges) {
  if (isPending()) return busy();
  const auto index = table_->indices.find(key);
  if (!index) return missing(key);
  auto slices = table_->slices;
  slices[*index].converges = converges;
  table_ = std::make_unique<Table>(std::move(slices));
  return Done{};
}

ISTHMUS_SMALL Result<Store::Change> Store::remove(const Key& key) {
  if (isPending()) return busy();
  const auto index = table_->indices.find(key);
  if (!index) return missing(key);
  auto slices = table_->slices;
  const Value state = slices[*index].state;
  slices.erase(slices.begin() + static_cast<std::ptrdiff_t>(*index));
  retired_.clear();
  table_ = std::make_unique<Table>(std::move(slices));
  return Change{true, watchers_.affected(key, &state, nullptr)};
}

Status Store::prepare(const Action& action) {
  if (isPending()) return busy();
  retired_.clear();
  auto status = run(action, Converging::Guarded);
  if (status) await();
  return status;
}

ISTHMUS_SMALL Status Store::prepareCrossing(const Action* action, std::span<const Given> given) {
  if (isPending()) return busy();
  retired_.clear();
  if (action != nullptr) {
    auto status = run(*action, Converging::Given);
    if (!status) return status;
  }
  for (const auto& [key, state] : given) {
    const auto index = table_->indices.find(key);
    if (!index) continue;
    const Value& current = table_->slices[*index].state;
    Value next = reconcile(current, state);
    if (!next.identical(current)) pending_.push_back({*index, std::move(next)});
  }
  await();
  return Done{};
}

ISTHMUS_SMALL Status Store::give(std::span<const Given> given) {
  Vector<Pending> made;
  for (const auto& [key, state] : given) {
    const auto index = table_->indices.find(key);
    if (!index) return missing(key);
    if (!state.identical(table_->slices[*index].state)) made.push_back({*index, state});
  }
  if (!isPending()) retired_.clear();
  pending_.insert(pending_.end(), made.begin(), made.end());
  if (!isPending())
    await();
  else
    retired_.reserve(pending_.size());
  return Done{};
}

// On error nothing is pending.
Status Store::run(const Action& action, Converging converging) {
  const auto type = table_->types.find(action.type);
  if (!type) return Done{};
  ActionBudget budget(limits_);
  for (const auto& [index, steps] : table_->handlers[*type]) {
    const auto& slice = table_->slices[index];
    if (slice.converges && converging == Converging::Given) continue;
    auto next = slice.program->run(*steps, slice.state, action, budget);
    const bool changes = next && !next.value().identical(slice.state);
    if (next && !(changes && slice.converges)) {
      if (changes) pending_.push_back({index, std::move(next).value()});
      continue;
    }
    pending_.clear();
    if (!next) return next.pass();
    return notCrossing(slice.key, action);
  }
  return Done{};
}

ISTHMUS_SMALL Status Store::prepareState(const Key& key, const Value& state) {
  if (isPending()) return busy();
  const auto index = table_->indices.find(key);
  if (!index) return missing(key);
  retired_.clear();
  Value& current = table_->slices[*index].state;
  ActionBudget budget(limits_);
  Value next = reconcile(current, state, budget.steps());
  if (!next.identical(current)) pending_.push_back({*index, std::move(next)});
  await();
  return Done{};
}

// From here on the pending states are whole, and committing them takes no memory.
void Store::await() {
  retired_.reserve(pending_.size());
  inOrder();
  pendingSerial_ = serial_ % kSerials + 1;
}

Store::Change Store::pendingChange() const {
  Change change{!pending_.empty(), {}};
  for (const auto& [index, state] : pending_) {
    const auto& slice = table_->slices[index];
    watchers_.collectAffected(slice.key, &slice.state, &state, change.watches);
  }
  if (change.moved) watchers_.collectRoot(change.watches);
  return change;
}

ISTHMUS_SMALL std::vector<Key> Store::pendingKeys() const {
  std::vector<Key> keys;
  for (const auto& [index, state] : pending_) keys.push_back(table_->slices[index].key);
  return keys;
}

void Store::commit() {
  if (!isPending()) return;
  serial_ = pendingSerial_;
  inOrder();
  for (const auto& [index, state] : pending_) {
    retired_.push_back(std::exchange(table_->slices[index].state, state));
  }
  discard();
}

// The pending states may be the committed ones for as long as they bear that number.
void Store::discard() {
  inOrder();
  pendingSerial_ = 0;
  inOrder();
  pending_.clear();
}

Store::Committed Store::committed(std::size_t place) const {
  if (place >= table_->slices.size()) return {nullptr, nullptr};
  const auto& slice = table_->slices[place];
  if (isPending() && pendingSerial_ == serial_) {
    for (const auto& [index, state] : pending_) {
      if (index == place) return {&slice.key, &state};
    }
  }
  return {&slice.key, &slice.state};
}

const Value* Store::find(const Path& path) const {
  const Value* at = path.empty() ? nullptr : find(path.front());
  for (std::size_t i = 1; i < path.size() && at != nullptr; ++i) at = at->find(path[i]);
  return at;
}

const Value* Store::find(const Key& key) const {
  const auto index = table_->indices.find(key);
  return index ? &table_->slices[*index].state : nullptr;
}

ISTHMUS_SMALL Vector<std::pair<Key, Value>> Store::states() const {
  Vector<std::pair<Key, Value>> states;
  for (const auto& slice : table_->slices) states.emplace_back(slice.key, slice.state);
  return states;
}

}  // namespace isthmus
