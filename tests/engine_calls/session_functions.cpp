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
constexpr std::uint32_t kEnd = 4;
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

// A few operations; what they make of a state in this process.
Result<Value> Session::writeEdits(Encoder& encoder, const Value& state) {
  const auto begin = arguments_.size();
  for (auto left = choices_.below(4); left > 0; --left) writeOperation(encoder);
  encoder.varint(kEnd);
  Decoder decoder(std::span(arguments_).subspan(begin), {});
  return Edits(decoder, state).apply();
}

// The same of bytes that may be none.
Result<Value> Session::writeRawEdits(const Value& state) {
  const auto raw = choices_.bytes(kRawEdits);
  arguments_.insert(arguments_.end(), raw.begin(), raw.end());
  Decoder decoder(raw, {});
  return Edits(decoder, state).apply();
}

// What is made is what the same edits make here, of a state of this process.
void Session::edit() {
  const auto example = chosenExample();
  if (!define(example)) return;
  auto encoder = write();
  const auto form = choices_.below(3);
  const Value state = writeState(form).value_or(examples()[example].initialState);
  const bool isRaw = choices_.below(8) == 7;
  const auto made = isRaw ? writeRawEdits(state) : writeEdits(encoder, state);
  put();
  const auto outcome = call([&] { return isthmus_edit(static_cast<Id>(example + 1), length()); });
  if (!outcome) return;
  if (*outcome == 0) return demand(form == kNode);  // a node that was shown within another
  if (*outcome < 0) return demand(!made || made.value().depth() > kTooDeep);
  demand(static_cast<bool>(made));
  checkShown(&made.value(), *outcome);
}

// What a slice is to have, if it can be made.
std::optional<Value> Session::writeMade(Encoder& encoder, const Value* present,
                                        GivenChoice& given) {
  if (choices_.below(3) == 0) {
    encoder.varint(1);
    auto made = writeEdits(encoder, present == nullptr ? Value() : *present);
    given.isRefused |= !made;
    return made ? std::optional(made.value()) : std::nullopt;
  }
  encoder.varint(0);
  const auto form = choices_.flag() ? kNode : kPlain;
  given.isNode |= form == kNode;
  return writeState(form);
}

// Of each slice one, and of none whose state an action is about to change, as web/store does.
Session::GivenChoice Session::writeGiven(const StoreModel& store) {
  GivenChoice given{.slices = store.pending ? *store.pending : store.slices};
  if (store.pending) given.keys = store.moving;
  const auto in = [](auto& slices, const std::string& key) {
    return std::find_if(slices.begin(), slices.end(),
                        [&](const SliceModel& each) { return each.key == key; });
  };
  auto encoder = write();
  for (auto left = choices_.below(4); left > 0; --left) {
    const auto key = chosenKey();
    if (isAmong(given.keys, key)) continue;
    encoder.text(key);
    const auto present = in(store.slices, key);
    const bool isThere = present != store.slices.end();
    const auto state = writeMade(encoder, isThere ? &present->state : nullptr, given);
    given.keys.push_back(key);
    given.isRefused |= !isThere;
    if (isThere && state) {
      in(given.slices, key)->state = *state;
      given.states.push_back(*state);
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
  if (*outcome < 0) return demand(given.isRefused);
  demand(!given.isRefused && *outcome == static_cast<Outcome>(store->nextSerial()));
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
  if (*outcome < 0) return demand(given.isRefused);
  demand(!given.isRefused);
  Answer answer;
  const bool moved = answer.varint() == 1;
  checkChange(*store, store->slices, given.slices, moved, answer);
  for (const auto& state : given.states) demand(views_.same(views_.shown(answer), state));
  model_ = after;
}

}  // namespace isthmus::calls
