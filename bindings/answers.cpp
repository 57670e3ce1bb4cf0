#include "answers.h"

#include "value/node_ids.h"

namespace isthmus::bindings {

namespace {

void writeReleased(Encoder& encoder) {
  const auto released = NodeIds::takeReleased();
  encoder.varint(static_cast<std::uint32_t>(released.size()));
  for (const auto id : released) encoder.varint(id);
}

void writeWatches(Encoder& encoder, const Store::Change& change) {
  encoder.varint(static_cast<std::uint32_t>(change.watches.size()));
  for (const auto& [watch, value] : change.watches) {
    encoder.varint(watch);
    const bool isSmall = value != nullptr && !value->isString() && !value->isContainer();
    isSmall ? encoder.value(*value) : encoder.ask();
  }
  writeReleased(encoder);
}

}  // namespace

Outcome answerChange(const Store::Change& change) {
  Encoder encoder(answer());
  writeWatches(encoder, change);
  return change.moved ? 1 : 0;
}

void writeChange(Encoder& encoder, const Store::Change& change) {
  encoder.varint(change.moved ? 1 : 0);
  writeWatches(encoder, change);
}

Outcome answerStates(const Vector<std::pair<Key, Value>>& states) {
  Encoder encoder(answer());
  encoder.varint(static_cast<std::uint32_t>(states.size()));
  for (const auto& [key, state] : states) {
    encoder.text(key.text());
    encoder.showState(state);
  }
  writeReleased(encoder);
  return 1;
}

Outcome answerState(const Value& state) {
  Encoder encoder(answer());
  encoder.showState(state);
  writeReleased(encoder);
  return 1;
}

Outcome answerShown(const Value& value) {
  Encoder encoder(answer());
  encoder.show(value);
  writeReleased(encoder);
  return 1;
}

Outcome answerPlain(const Value& value) {
  Encoder(answer()).value(value);
  return 1;
}

}  // namespace isthmus::bindings
