// Calls of stores: definitions, slices, actions, watches.

#include <algorithm>

#include "engine_calls/demand.h"
#include "engine_calls/examples.h"
#include "engine_calls/session.h"

namespace isthmus::calls {
namespace {

constexpr std::size_t kMostWatches = 24;
constexpr std::size_t kMostSlices = 5;
constexpr std::size_t kRawBytes = 16;
constexpr std::size_t kTooDeep = 200;

ErrorCode codeOf(Outcome outcome) { return static_cast<ErrorCode>(-1 - outcome); }

bool isSmall(const Value* value) {
  return value != nullptr && !value->isString() && !value->isContainer();
}

bool isSame(const Value* before, const Value* after) {
  if (before == nullptr || after == nullptr) return before == after;
  return equal(*before, *after);
}

// What an answer says of watches: each with its value when that is small.
std::map<Id, std::optional<Value>> toldWatches(Answer& answer) {
  std::map<Id, std::optional<Value>> told;
  for (auto left = answer.varint(); left > 0; --left) {
    const Id id = answer.varint();
    std::optional<Value> value;
    if (answer.nextTag() == Tag::Ask) {
      answer.skipTag();
    } else {
      value = answer.value();
    }
    demand(told.emplace(id, value).second);
  }
  return told;
}

}  // namespace

StoreModel* Session::chosenStore() {
  auto& store = model_.stores[choices_.below(2)];
  return store ? &*store : nullptr;
}

Id Session::idOf(const StoreModel& store) const {
  return model_.stores[0] && &store == &*model_.stores[0] ? 1 : 2;
}

StoreModel& Session::in(Model& model, const StoreModel& store) const {
  return *model.stores[idOf(store) - 1];
}

std::size_t Session::chosenExample() {
  return choices_.below(static_cast<std::uint32_t>(examples().size()));
}

std::string Session::chosenKey() {
  return std::string(1, static_cast<char>('a' + choices_.below(4)));
}

// Mostly one that a slice handles.
std::string Session::chosenType() {
  const auto choice = choices_.byte();
  std::vector<std::string> handled;
  for (const auto& store : model_.stores) {
    if (!store) continue;
    for (const auto& slice : store->slices) {
      for (const auto& reducer : examples()[slice.example].steps) handled.push_back(reducer.first);
    }
  }
  const auto& from = choice % 16 == 15 || handled.empty() ? types() : handled;
  return from[choice % from.size()];
}

Value Session::chosenValue() {
  const auto& from = payloads();
  const auto choice = choices_.byte();
  if (choice < 64) return Value(static_cast<double>(choice));
  return from[choice % from.size()];
}

// Writes an action, now and then with bytes that may be no value; the payload is what they are.
// Nothing when the call was cut off that names its type.
std::optional<Session::ActionChoice> Session::writeAction() {
  ActionChoice action{chosenType(), std::nullopt};
  const auto type = number(action.type);
  if (type == 0) return std::nullopt;
  auto encoder = write();
  encoder.varint(type);
  if (choices_.below(8) < 6) {
    action.payload = chosenValue();
    encoder.value(*action.payload);
    encoder.value(Value());
    return action;
  }
  const auto raw = choices_.bytes(kRawBytes);
  arguments_.insert(arguments_.end(), raw.begin(), raw.end());
  Decoder decoder(raw, {});
  auto payload = decoder.value();
  if (payload && decoder.value()) {
    action.payload = std::move(payload).value();
    arguments_.resize(arguments_.size() - decoder.rest().size());
  }
  return action;
}

std::optional<Session::Slices> Session::expected(const StoreModel& store,
                                                 const ActionChoice& action) {
  if (store.pending || !action.payload) return std::nullopt;
  return store.after(action.type, *action.payload);
}

Path Session::chosenPath(const StoreModel& store) {
  const auto choice = choices_.byte();
  const auto key = store.slices.empty() || choice % 8 == 7
                       ? chosenKey()
                       : store.slices[choice % store.slices.size()].key;
  Path path{Key(key)};
  const auto& all = pointers();
  const Path below = parsePointer(all[choices_.byte() % all.size()]).value();
  path.insert(path.end(), below.begin(), below.end());
  return path;
}

// Whether the engine may answer so: it refuses what the model refuses, and what takes too much.
bool Session::isExcused(const StoreModel& store, const std::optional<Slices>& after,
                        Outcome outcome) {
  if (outcome >= 0) return false;
  if (store.pending) return codeOf(outcome) == ErrorCode::Busy || !after;
  if (!after) return true;
  if (store.isTight && codeOf(outcome) == ErrorCode::TooLarge) return true;
  return std::any_of(after->begin(), after->end(),
                     [](const SliceModel& slice) { return slice.state.depth() > kTooDeep; });
}

// Each watch whose value differs is told, and no other; but an array or object may be another one
// that is equal.
void Session::checkChange(const StoreModel& store, const Slices& before, const Slices& after,
                          bool moved, Answer& answer) {
  const auto told = toldWatches(answer);
  for (const auto& [id, value] : told) demand(moved && store.watches.contains(id));
  for (const auto& [id, path] : store.watches) {
    const auto found = told.find(id);
    const bool isTold = found != told.end();
    if (path.empty()) {
      demand(isTold == moved && (!isTold || !found->second));
      continue;
    }
    const Value* const old = StoreModel::at(before, path);
    const Value* const now = StoreModel::at(after, path);
    const bool isEqual = isSame(old, now);
    demand(isTold || isEqual);
    demand(!isTold || !isEqual || (now != nullptr && now->isContainer()));
    if (!isTold) continue;
    demand(found->second.has_value() == isSmall(now));
    if (found->second) demand(equal(*found->second, *now));
  }
  if (!moved) {
    demand(std::equal(before.begin(), before.end(), after.begin(), after.end(),
                      [](const auto& a, const auto& b) { return equal(a.state, b.state); }));
  }
  views_.drop(answer);
}

void Session::createStore() {
  const auto place = choices_.below(2);
  if (model_.stores[place]) return;
  const auto id = static_cast<Id>(place + 1);
  const StoreModel made{.isTight = choices_.below(4) == 3};
  Model after = model_;
  after.stores[place] = made;
  const auto outcome = call({after}, [&] {
    return control("createStore", id, made.serial, made.limits().first, made.limits().second);
  });
  if (!outcome) return;
  demand(*outcome == 0);
  model_ = after;
}

void Session::destroyStore() {
  const StoreModel* const store = chosenStore();
  if (store == nullptr) return;
  const Id id = idOf(*store);
  Model after = model_;
  after.stores[id - 1].reset();
  const auto outcome = call({after}, [&] { return control("destroyStore", id); });
  if (!outcome) return;
  demand(*outcome == 0);
  Answer answer;
  demand(answer.varint() == 0);
  views_.drop(answer);
  model_ = after;
}

void Session::inject() {
  const StoreModel* store = chosenStore();
  if (store == nullptr) return createStore();
  const Id id = idOf(*store);
  const auto example = chosenExample();
  const auto key = chosenKey();
  if (store->slices.size() >= kMostSlices || !define(example)) return;
  store = &*model_.stores[id - 1];
  SliceModel slice{key, example, examples()[example].initialState};
  auto encoder = write();
  encoder.text(key);
  if (choices_.below(4) == 3) {
    slice.state = chosenValue();
    encoder.value(slice.state);
  }
  put();
  const bool isRefused = store->pending || model_.stores[id - 1]->find(key) != nullptr;
  Model after = model_;
  if (!isRefused) after.stores[id - 1]->slices.push_back(slice);
  const auto outcome = call(
      {after}, [&] { return control("injectSlice", id, static_cast<Id>(example + 1), length()); });
  if (!outcome) return;
  demand(isRefused ? *outcome < 0 : *outcome == 1);
  if (isRefused) return;
  Answer answer;
  checkChange(*store, store->slices, after.stores[id - 1]->slices, true, answer);
  model_ = after;
}

void Session::removeSlice() {
  const StoreModel* const store = chosenStore();
  if (store == nullptr) return;
  const Id id = idOf(*store);
  const auto key = chosenKey();
  Model after = model_;
  auto& slices = after.stores[id - 1]->slices;
  const auto removed =
      std::erase_if(slices, [&](const SliceModel& slice) { return slice.key == key; });
  const bool isRefused = store->pending || removed == 0;
  write().text(key);
  put();
  const auto outcome = call(isRefused ? std::vector<Model>{} : std::vector<Model>{after},
                            [&] { return control("removeSlice", id, length()); });
  if (!outcome) return;
  demand(isRefused ? *outcome < 0 : *outcome == 1);
  if (isRefused) return;
  Answer answer;
  checkChange(*store, store->slices, slices, true, answer);
  model_ = after;
}

void Session::replaceSlice() {
  const StoreModel* store = chosenStore();
  if (store == nullptr) return;
  const Id id = idOf(*store);
  const auto example = chosenExample();
  const auto key = chosenKey();
  if (!define(example)) return;
  store = &*model_.stores[id - 1];
  Model after = model_;
  SliceModel* const slice = after.stores[id - 1]->find(key);
  const bool isRefused = store->pending || slice == nullptr;
  if (!isRefused) slice->example = example;
  write().text(key);
  put();
  const auto outcome = call(
      {after}, [&] { return control("replaceSlice", id, static_cast<Id>(example + 1), length()); });
  if (!outcome) return;
  demand(isRefused ? *outcome < 0 : *outcome == 0);
  if (!isRefused) model_ = after;
}

void Session::removeDefinition() {
  const auto example = chosenExample();
  const bool isLive = model_.definitions[example];
  const auto outcome = call([&] { return control("removeProgram", static_cast<Id>(example + 1)); });
  if (!outcome) return;
  demand(isLive ? *outcome == 0 : *outcome < 0);
  model_.definitions[example] = false;
}

void Session::dispatch() {
  const StoreModel* store = chosenStore();
  if (store == nullptr) return createStore();
  const Id id = idOf(*store);
  const auto action = writeAction();
  if (!action) return;
  store = &*model_.stores[id - 1];
  put();
  const auto slices = expected(*store, *action);
  std::vector<Model> after;
  if (slices) {
    after.push_back(model_);
    auto& target = *after.front().stores[id - 1];
    target.pending = slices;
    target.commit();
  }
  const auto outcome = call(after, [&] { return isthmus_dispatch(id, length()); });
  if (!outcome) return;
  if (*outcome < 0) return demand(isExcused(*store, slices, *outcome));
  demand(slices.has_value());
  Answer answer;
  checkChange(*store, store->slices, *slices, *outcome == 1, answer);
  model_ = after.front();
}

void Session::prepare() {
  StoreModel* store = chosenStore();
  if (store == nullptr) return;
  const Id id = idOf(*store);
  const auto action = writeAction();
  if (!action) return;
  store = &*model_.stores[id - 1];
  put();
  const auto slices = expected(*store, *action);
  const auto outcome = call([&] { return isthmus_prepare(id, length()); });
  if (!outcome) return;
  if (*outcome < 0) return demand(isExcused(*store, slices, *outcome));
  demand(slices && *outcome == static_cast<Outcome>(store->nextSerial()));
  store->pending = slices;
  store->moving = store->handling(action->type);
}

void Session::prepareState() {
  StoreModel* const store = chosenStore();
  if (store == nullptr) return;
  const Id id = idOf(*store);
  const auto key = chosenKey();
  const auto state = chosenValue();
  auto encoder = write();
  encoder.text(key);
  encoder.value(state);
  put();
  const bool isRefused = store->pending || store->find(key) == nullptr;
  const auto outcome = call([&] { return control("prepareState", id, length()); });
  if (!outcome) return;
  if (isRefused) return demand(*outcome < 0);
  demand(*outcome == static_cast<Outcome>(store->nextSerial()));
  store->pending = store->slices;
  store->moving = {key};
  for (auto& slice : *store->pending) {
    if (slice.key == key) slice.state = state;
  }
}

// Of what is pending; now and then of what is not.
void Session::commit() {
  const StoreModel* const store = chosenStore();
  if (store == nullptr) return;
  const Id id = idOf(*store);
  const bool isWrong = choices_.below(8) == 7;
  const auto serial = isWrong ? choices_.byte() + 1000U : store->nextSerial();
  std::vector<Model> after;
  if (store->pending && !isWrong) {
    after.push_back(model_);
    after.front().stores[id - 1]->commit();
  }
  const auto outcome = call(after, [&] { return isthmus_commit(id, serial); });
  if (!outcome) return;
  if (after.empty()) return demand(*outcome < 0);
  demand(*outcome >= 0);
  Answer answer;
  checkChange(*store, store->slices, *store->pending, *outcome == 1, answer);
  model_ = after.front();
}

void Session::discard() {
  StoreModel* const store = chosenStore();
  if (store == nullptr) return;
  const Id id = idOf(*store);
  const auto outcome = call([&] { return isthmus_discard(id); });
  if (!outcome) return;
  demand(*outcome == 0);
  store->pending.reset();
}

void Session::watch() {
  StoreModel* const store = chosenStore();
  if (store == nullptr || store->watches.size() >= kMostWatches) return;
  const Id id = idOf(*store);
  const auto path = choices_.below(8) == 7 ? Path() : chosenPath(*store);
  Value::Items tokens;
  for (const auto& key : path) tokens.emplace_back(key.text());
  write().value(Value(std::move(tokens)));
  put();
  const Id number = ++lastWatch_;
  const auto outcome = call([&] { return control("watch", id, number, length()); });
  if (!outcome) return;
  demand(*outcome == 0);
  store->watches.emplace(number, path);
}

void Session::unwatch() {
  StoreModel* const store = chosenStore();
  if (store == nullptr || lastWatch_ == 0) return;
  const Id id = idOf(*store);
  const Id number = choices_.byte() % (lastWatch_ + 1);
  const auto outcome = call([&] { return control("unwatch", id, number); });
  if (!outcome) return;
  demand(store->watches.erase(number) == 1 ? *outcome == 0 : *outcome < 0);
}

}  // namespace isthmus::calls
