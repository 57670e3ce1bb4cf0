#include "engine_calls/session.h"

#include <algorithm>
#include <cstring>

#include "engine_calls/bridge_example.h"
#include "engine_calls/demand.h"
#include "engine_calls/examples.h"
#include "engine_calls/remains.h"
#include "value/json.h"

namespace isthmus::calls {
namespace {

constexpr std::size_t kMostCalls = 48;
constexpr int kStepsAfterCut = 3;
constexpr std::size_t kLargest = 8000;  // bytes of JSON of a slice that is gone on with
constexpr std::size_t kDeepest = 150;

bool isSmall(const Model& model) {
  return std::all_of(model.stores.begin(), model.stores.end(), [](const auto& store) {
    return !store || std::all_of(store->slices.begin(), store->slices.end(), [](const auto& slice) {
      return slice.state.depth() < kDeepest && toJson(slice.state).size() < kLargest;
    });
  });
}

Bytes saved(const Bridge& bridge) {
  Bytes bytes;
  Encoder encoder(bytes);
  save(encoder, bridge.books());
  return bytes;
}

bool holdsStore(Id id, const StoreModel& store) {
  const auto remains = remainsOf(id);
  return remains.serial == store.serial &&
         std::equal(remains.slices.begin(), remains.slices.end(), store.slices.begin(),
                    store.slices.end(), [](const auto& found, const SliceModel& slice) {
                      return found.first == slice.key && equal(found.second, slice.state);
                    });
}

}  // namespace

Session::Session(std::span<const std::uint8_t> bytes, const std::optional<Cut>& cut)
    : choices_(bytes), cut_(cut) {
  model_.definitions.resize(examples().size());
  Instance::renew();
}

// What is drawn more often does more.
const Session::Step Session::kSteps[] = {&Session::dispatch,      &Session::dispatch,
                                         &Session::dispatch,      &Session::dispatch,
                                         &Session::inject,        &Session::inject,
                                         &Session::watch,         &Session::watch,
                                         &Session::read,          &Session::readStates,
                                         &Session::receive,       &Session::receive,
                                         &Session::receive,       &Session::arm,
                                         &Session::arm,           &Session::createStore,
                                         &Session::createBridge,  &Session::send,
                                         &Session::prepare,       &Session::prepareState,
                                         &Session::commit,        &Session::discard,
                                         &Session::unwatch,       &Session::readWatched,
                                         &Session::reduce,        &Session::settle,
                                         &Session::expect,        &Session::release,
                                         &Session::takeParked,    &Session::sweep,
                                         &Session::count,         &Session::receiveLegacy,
                                         &Session::destroyStore,  &Session::removeSlice,
                                         &Session::replaceSlice,  &Session::removeDefinition,
                                         &Session::destroyBridge, &Session::collectGarbage,
                                         &Session::check,         &Session::takeOver,
                                         &Session::hear,          &Session::remember,
                                         &Session::edit,          &Session::give,
                                         &Session::change};

void Session::run() {
  int left = kStepsAfterCut;
  while (!choices_.atEnd() && calls_ < kMostCalls && isSmall(model_)) {
    if (cut_ && wasCut_ && left-- == 0) break;
    now_ += choices_.below(4) * 60;
    (this->*kSteps[choices_.below(std::size(kSteps))])();
  }
  check();
}

// The next call ends early, at an allocation or at a function: soon, or thousands of them later.
void Session::arm() {
  const auto least = 1 + std::uint64_t{choices_.byte()};
  const bool isAllocation = choices_.flag();
  const auto count = least << choices_.below(6);
  armed_ = isAllocation ? Trap{.allocation = count} : Trap{.function = count};
}

Trap Session::armedTrap() { return isRenewing_ ? Trap{} : std::exchange(armed_, Trap{}); }

Trap Session::nextTrap() {
  if (isRenewing_) return {};
  const auto number = calls_++;
  return cut_ && cut_->call == number ? cut_->trap : armedTrap();
}

void Session::check() { demand(holds(model_)); }

// As after a failure, without one.
void Session::takeOver() {
  demand(holds(model_));
  renew();
}

bool Session::holds(const Model& model) const {
  for (std::size_t i = 0; i < model.stores.size(); ++i) {
    if (model.stores[i] && !holdsStore(static_cast<Id>(i + 1), *model.stores[i])) return false;
    if (!model.stores[i] && !remainsOf(static_cast<Id>(i + 1)).slices.empty()) return false;
  }
  for (std::size_t i = 0; i < model.bridges.size(); ++i) {
    const Bytes books = booksOf(static_cast<Id>(i + 1));
    if (books != (model.bridges[i] ? saved(*model.bridges[i]) : Bytes())) return false;
  }
  return true;
}

void Session::recover(const std::vector<Model>& after) {
  if (!holds(model_)) {
    const auto found = std::find_if(after.begin(), after.end(),
                                    [this](const Model& model) { return holds(model); });
    demand(found != after.end());
    model_ = *found;
  }
  renew();
}

// Another instance is given all that JavaScript knows, under the same numbers.
void Session::renew() {
  isRenewing_ = true;
  Instance::renew();
  views_.clear();
  const auto live = std::exchange(model_.definitions, std::vector<bool>(examples().size()));
  const auto named = std::exchange(named_, {});
  for (std::size_t i = 0; i < live.size(); ++i) {
    if (live[i]) demand(define(i));
  }
  for (const auto& type : named) number(type);
  for (std::size_t i = 0; i < model_.stores.size(); ++i) {
    if (model_.stores[i]) rebuild(i);
  }
  for (std::size_t i = 0; i < model_.bridges.size(); ++i) {
    if (model_.bridges[i]) rebuildBridge(i);
  }
  for (std::size_t i = 0; i < live.size(); ++i) {
    if (live[i] || !model_.definitions[i]) continue;
    demand(Instance::run([&] { control("removeProgram", static_cast<Id>(i + 1)); }));
    model_.definitions[i] = false;
  }
  check();
  isRenewing_ = false;
}

void Session::rebuild(std::size_t store) {
  auto& model = *model_.stores[store];
  const auto id = static_cast<Id>(store + 1);
  model.pending.reset();
  Outcome outcome = 0;
  demand(Instance::run([&] {
    outcome = control("createStore", id, model.serial, model.limits().first, model.limits().second);
  }));
  demand(outcome == 0);
  for (const auto& slice : model.slices) {
    demand(define(slice.example));
    auto encoder = write();
    encoder.text(slice.key);
    encoder.value(slice.state);
    put();
    demand(Instance::run([&] {
      outcome = control("injectSlice", id, static_cast<Id>(slice.example + 1), length());
    }));
    demand(outcome == 1);
  }
  for (const auto& [watch, path] : model.watches) {
    Value::Items tokens;
    for (const auto& key : path) tokens.emplace_back(key.text());
    write().value(Value(std::move(tokens)));
    put();
    demand(Instance::run(
        [&, number = watch] { outcome = control("watch", id, Id{number}, length()); }));
    demand(outcome == 0);
  }
}

void Session::rebuildBridge(std::size_t bridge) {
  const auto id = static_cast<Id>(bridge + 1);
  const Bytes books = saved(*model_.bridges[bridge]);
  auto shadow = std::make_shared<Bridge>(exampleBridge());
  Decoder decoder(books, {});
  shadow->restore(load(decoder, shadow->options()).value());
  model_.bridges[bridge] = shadow;
  Outcome outcome = 0;
  writeBridge(write());
  put();
  demand(Instance::run([&] { outcome = control("createBridge", id, length()); }));
  demand(outcome == 0);
  for (const auto& contract : contracts()) {
    auto encoder = write();
    encoder.text(contract.type);
    encoder.text("app");
    encoder.value(contract.definition);
    put();
    demand(Instance::run([&] { outcome = control("addContract", id, length()); }));
    demand(outcome == 0);
  }
  arguments_ = books;
  put();
  const auto unsettled = static_cast<std::uint32_t>(shadow->books().unsettled.size());
  demand(Instance::run([&] { outcome = control("restoreBooks", id, unsettled, length()); }));
  demand(outcome == static_cast<Outcome>(unsettled));
}

Encoder Session::write() {
  arguments_.clear();
  return Encoder(arguments_);
}

void Session::put() {
  std::uint8_t* input = nullptr;
  demand(Instance::run([&] { input = isthmus_input(length()); }));
  if (!arguments_.empty()) std::memcpy(input, arguments_.data(), arguments_.size());
}

// A definition that JavaScript has need of now. False when that was cut off.
bool Session::define(std::size_t example) {
  if (model_.definitions[example]) return true;
  write().value(examples()[example].definition);
  put();
  const auto outcome = attempt(armedTrap(), {}, [&] {
    return control("defineProgram", static_cast<Id>(example + 1), length());
  });
  if (!outcome) return false;
  demand(*outcome == 0);
  model_.definitions[example] = true;
  return true;
}

// The number under which the engine knows an action type; 0 when naming it was cut off.
std::uint32_t Session::number(const std::string& type) {
  const auto found = std::find(named_.begin(), named_.end(), type);
  if (found != named_.end()) return static_cast<std::uint32_t>(found - named_.begin()) + 1;
  const auto before = std::exchange(arguments_, {});
  const auto id = static_cast<Id>(named_.size() + 1);
  write().text(type);
  put();
  const auto outcome = attempt(armedTrap(), {}, [&] { return control("nameType", id, length()); });
  arguments_ = before;
  if (!outcome) return 0;
  demand(*outcome == 0);
  named_.push_back(type);
  return id;
}

}  // namespace isthmus::calls
