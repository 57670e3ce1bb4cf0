// Calls for reducers that are functions in JavaScript: what they have made of a state, and the
// states that a store is to have of it.

#include <algorithm>

#include "engine_calls/demand.h"
#include "engine_calls/examples.h"
#include "engine_calls/session.h"
#include "value/edits.h"

namespace isthmus::calls {
namespace {

constexpr std::uint32_t kNode = 1;
constexpr std::uint32_t kPlain = 2;
constexpr std::size_t kRawEdits = 24;
constexpr std::size_t kTooDeep = 200;
constexpr int kMostNesting = 2;

bool isAmong(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

// A node that was shown, or any value; nothing for the initial state.
std::optional<Value> Session::writeState(std::uint32_t form) {
  Encoder encoder(arguments_);
  encoder.varint(form);
  if (form == kNode) {
    const auto [node, view] = views_.any(choices_.byte());
    encoder.varint(node);
    return view;
  }
  if (form != kPlain) return std::nullopt;
  auto state = chosenValue();
  encoder.value(state);
  return state;
}

void Session::writePath(Encoder& encoder) {
  const auto& all = pointers();
  const Path path = parsePointer(all[choices_.byte() % all.size()]).value();
  encoder.varint(static_cast<std::uint32_t>(path.size()));
  for (const auto& key : path) {
    const auto index = key.index();
    encoder.varint(index ? *index + 1 : 0);
    if (!index) encoder.text(key.text());
  }
}

void Session::writeSource(Encoder& encoder, int depth) {
  const auto form = choices_.below(depth < kMostNesting ? 5 : 3);
  encoder.varint(form);
  if (form == 0) return encoder.value(chosenValue());
  if (form == 1) return writePath(encoder);
  if (form == 2) return encoder.varint(choices_.below(3));
  const auto count = choices_.below(3);
  encoder.varint(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (form == 3) encoder.text(chosenKey());
    writeSource(encoder, depth + 1);
  }
}

void Session::writeOperation(Encoder& encoder) {
  const auto code = choices_.below(4);
  encoder.varint(code);
  writePath(encoder);
  if (code == 0) return writeSource(encoder, 0);
  if (code != 2) return;
  const auto pieces = choices_.below(4);
  encoder.varint(pieces);
  for (std::uint32_t i = 0; i < pieces; ++i) {
    const auto others = choices_.below(3);
    encoder.varint(others);
    if (others == 0) {
      const auto from = choices_.below(4);
      encoder.varint(from);
      encoder.varint(from + choices_.below(40));
    }
    for (std::uint32_t j = 0; j < others; ++j) writeSource(encoder, 0);
  }
}

// A few operations, now and then with bytes that may be none.
void Session::writeEdits(Encoder& encoder) {
  for (auto left = choices_.below(4); left > 0; --left) writeOperation(encoder);
  if (choices_.below(8) < 7) return;
  const auto raw = choices_.bytes(kRawEdits);
  arguments_.insert(arguments_.end(), raw.begin(), raw.end());
}

// What is made is what the same edits make here, of a state of this process.
void Session::edit() {
  const auto example = chosenExample();
  if (!define(example)) return;
  auto encoder = write();
  const auto form = choices_.below(3);
  const Value state = writeState(form).value_or(examples()[example].initialState);
  const auto begin = arguments_.size();
  writeEdits(encoder);
  put();
  Decoder decoder(std::span(arguments_).subspan(begin), {});
  const auto made = Edits(decoder, state).apply();
  const auto outcome = call([&] { return isthmus_edit(static_cast<Id>(example + 1), length()); });
  if (!outcome) return;
  if (*outcome == 0) return demand(form == kNode);  // a node that was shown within another
  if (*outcome < 0) return demand(!made || made.value().depth() > kTooDeep);
  demand(static_cast<bool>(made));
  checkShown(&made.value(), *outcome);
}

// Of each slice one, and of none whose state an action is about to change, as web/store does.
Session::GivenChoice Session::writeGiven(const StoreModel& store) {
  GivenChoice given{.slices = store.pending ? *store.pending : store.slices};
  if (store.pending) given.keys = store.moving;
  auto encoder = write();
  for (auto left = choices_.below(4); left > 0; --left) {
    const auto key = chosenKey();
    if (isAmong(given.keys, key)) continue;
    const auto form = choices_.flag() ? kNode : kPlain;
    encoder.text(key);
    const Value state = *writeState(form);
    given.keys.push_back(key);
    given.isNode |= form == kNode;
    const auto slice = std::find_if(given.slices.begin(), given.slices.end(),
                                    [&](const SliceModel& each) { return each.key == key; });
    if (slice == given.slices.end()) {
      given.isMissing = true;
    } else {
      slice->state = state;
    }
  }
  put();
  return given;
}

void Session::give() {
  StoreModel* const store = chosenStore();
  if (store == nullptr) return;
  const Id id = idOf(*store);
  const auto given = writeGiven(*store);
  const auto outcome = call([&] { return isthmus_give(id, length()); });
  if (!outcome) return;
  if (*outcome == 0) return demand(given.isNode);
  if (*outcome < 0) return demand(given.isMissing);
  demand(!given.isMissing && *outcome == static_cast<Outcome>(store->nextSerial()));
  store->pending = given.slices;
  store->moving = given.keys;
}

void Session::change() {
  const StoreModel* const store = chosenStore();
  if (store == nullptr) return;
  const Id id = idOf(*store);
  const auto given = writeGiven(*store);
  Model after = model_;
  auto& target = *after.stores[id - 1];
  target.pending = given.slices;
  target.commit();
  const auto outcome = call({after}, [&] { return isthmus_change(id, length()); });
  if (!outcome) return;
  if (*outcome == 0) return demand(given.isNode);
  if (*outcome < 0) return demand(given.isMissing);
  demand(!given.isMissing);
  Answer answer;
  checkChange(*store, store->slices, given.slices, *outcome == 2, answer);
  model_ = after;
}

}  // namespace isthmus::calls
