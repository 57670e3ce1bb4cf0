#include "answers.h"

#include "value/node_ids.h"

namespace isthmus::bindings {

namespace {

void writeReleased(Writer& writer) {
  const auto released = NodeIds::takeReleased();
  writer.varint(static_cast<std::uint32_t>(released.size()));
  for (const auto id : released) writer.varint(id);
}

void writeWatches(Writer& writer, const Store::Change& change) {
  writer.varint(static_cast<std::uint32_t>(change.watches.size()));
  for (const auto& [watch, value] : change.watches) {
    writer.varint(watch);
    const bool isSmall = value != nullptr && !value->isString() && !value->isContainer();
    isSmall ? writer.value(*value) : writer.ask();
  }
  writeReleased(writer);
}

}  // namespace

Outcome answerChange(const Store::Change& change) {
  Writer writer(answer());
  writeWatches(writer, change);
  return change.moved ? 1 : 0;
}

void writeChange(Writer& writer, const Store::Change& change) {
  writer.varint(change.moved ? 1 : 0);
  writeWatches(writer, change);
}

Outcome answerStates(const std::vector<std::pair<Key, Value>>& states) {
  Writer writer(answer());
  writer.varint(static_cast<std::uint32_t>(states.size()));
  for (const auto& [key, state] : states) {
    writer.text(key.text());
    writer.showState(state);
  }
  writeReleased(writer);
  return 1;
}

Outcome answerState(const Value& state) {
  Writer writer(answer());
  writer.showState(state);
  writeReleased(writer);
  return 1;
}

Outcome answerShown(const Value& value) {
  Writer writer(answer());
  writer.show(value);
  writeReleased(writer);
  return 1;
}

void answerDrop(DropReason reason, std::string_view type, std::string_view message) {
  Writer writer(answer());
  writer.varint(static_cast<std::uint32_t>(reason));
  writer.text(type);
  writer.text(message);
}

}  // namespace isthmus::bindings
