#include "answers.h"

#include "value/node_ids.h"

namespace isthmus::bindings {

namespace {

void writeReleased(Writer& writer) {
  const auto released = NodeIds::takeReleased();
  writer.varint(static_cast<std::uint32_t>(released.size()));
  for (const auto id : released) writer.float64(static_cast<double>(id));
}

}  // namespace

Outcome answerChange(const std::vector<Store::Watch>& affected, bool moved) {
  Writer writer(answer());
  writer.varint(static_cast<std::uint32_t>(affected.size()));
  for (const auto watch : affected) writer.varint(watch);
  writeReleased(writer);
  return moved ? 1 : 0;
}

Outcome answerShown(const Value& value) {
  Writer writer(answer());
  writer.show(value);
  writeReleased(writer);
  return 1;
}

}  // namespace isthmus::bindings
