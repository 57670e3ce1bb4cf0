// Calls that show values: what was shown is what the model says, whether it comes anew, by its
// changes, or as a reference to what was shown before and may not have changed since.

#include "engine_calls/demand.h"
#include "engine_calls/examples.h"
#include "engine_calls/session.h"

namespace isthmus::calls {

void Session::checkShown(const Value* expected, Outcome outcome) {
  demand(outcome == (expected == nullptr ? 0 : 1));
  if (expected == nullptr) return;
  Answer answer;
  const Value shown = views_.shown(answer);
  views_.drop(answer);
  demand(views_.same(shown, *expected));
}

void Session::read() {
  const StoreModel* const store = chosenStore();
  if (store == nullptr) return;
  const Id id = idOf(*store);
  const auto path = chosenPath(*store);
  auto encoder = write();
  for (const auto& key : path) {
    const auto index = key.index();
    encoder.varint(index ? *index + 1 : 0);
    if (!index) encoder.text(key.text());
  }
  put();
  const auto outcome = call([&] { return isthmus_read(id, length()); });
  if (outcome) checkShown(StoreModel::at(store->slices, path), *outcome);
}

void Session::readWatched() {
  const StoreModel* const store = chosenStore();
  if (store == nullptr || store->watches.empty()) return;
  const Id id = idOf(*store);
  auto watch = store->watches.begin();
  std::advance(watch, choices_.byte() % store->watches.size());
  const auto [number, path] = *watch;
  const auto outcome = call([&, watched = number] { return isthmus_readWatched(id, watched); });
  if (!outcome) return;
  checkShown(path.empty() ? nullptr : StoreModel::at(store->slices, path), *outcome);
}

void Session::readStates() {
  const StoreModel* const store = chosenStore();
  if (store == nullptr) return;
  const Id id = idOf(*store);
  const auto outcome = call([&] { return control("readStates", id); });
  if (!outcome) return;
  demand(*outcome == 1);
  Answer answer;
  demand(answer.varint() == store->slices.size());
  std::vector<Value> shown;
  for (const auto& slice : store->slices) {
    demand(answer.text() == slice.key);
    shown.push_back(views_.shown(answer));
  }
  views_.drop(answer);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    demand(views_.same(shown[i], store->slices[i].state));
  }
}

// A program as a plain reducer, on its initial state, any other, or one that was shown.
void Session::reduce() {
  const auto example = chosenExample();
  if (!define(example)) return;
  const auto action = writeAction();
  if (!action) return;
  Encoder encoder(arguments_);
  Value state = examples()[example].initialState;
  const auto form = action->payload ? choices_.below(3) : 0;
  encoder.varint(form);
  if (form == 1) {
    const auto [node, view] = views_.any(choices_.byte());
    encoder.varint(node);
    state = view;
  } else if (form == 2) {
    state = chosenValue();
    encoder.value(state);
  }
  put();
  const StoreModel alone{.slices = {{"", example, state}}};
  const auto after = expected(alone, *action);
  const auto outcome = call([&] { return isthmus_reduce(static_cast<Id>(example + 1), length()); });
  if (!outcome) return;
  if (*outcome < 0) return demand(isExcused(alone, after, *outcome));
  if (*outcome == 0) return demand(form == 1);  // a node that was shown within another
  demand(after.has_value());
  checkShown(&after->front().state, *outcome);
}

void Session::collectGarbage() { views_.forgetMaps(); }

}  // namespace isthmus::calls
