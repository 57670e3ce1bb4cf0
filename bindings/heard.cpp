// The raw exports about what a store's state holds of other stores' messages
// (bridge/heard_messages.h).
//
//   row := string sender, float64 first, float64 last

#include <emscripten/emscripten.h>

#include "answers.h"
#include "engine.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

// A number that is none, which JavaScript read from a storage, is 0: nobody's.
std::uint64_t toNumber(double number) {
  return number >= 0 && number <= 9007199254740991 ? static_cast<std::uint64_t>(number) : 0;
}

Result<std::vector<HeardRow>> readRows(Reader& reader) {
  std::vector<HeardRow> rows;
  while (!reader.atEnd()) {
    const auto sender = reader.text();
    const auto first = reader.float64();
    const auto last = reader.float64();
    if (!last) return last.error();
    rows.push_back({std::string(sender.value()), toNumber(first.value()), toNumber(last.value())});
  }
  return rows;
}

}  // namespace

extern "C" {

// 1 and varint count, row*; 0 while an accepted message is being applied
EMSCRIPTEN_KEEPALIVE Outcome isthmus_heard(std::uint32_t bridge) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  const auto rows = target->heard();
  if (!rows) return 0;
  Writer writer(answer());
  writer.varint(static_cast<std::uint32_t>(rows->size()));
  for (const auto& [sender, first, last] : *rows) {
    writer.text(sender);
    writer.float64(static_cast<double>(first));
    writer.float64(static_cast<double>(last));
  }
  return 1;
}

// string key, varint count, (string type)*, row*
EMSCRIPTEN_KEEPALIVE Outcome isthmus_addHeard(std::uint32_t bridge, std::uint32_t length) {
  Bridge* const target = engine().bridges.find(bridge);
  if (target == nullptr) return fail(unknownId("bridge"));
  Reader reader(input(length), {});
  const auto key = reader.text();
  if (!key) return fail(key.error());
  const auto count = reader.varint();
  if (!count) return fail(count.error());
  std::vector<std::string> types;
  for (std::uint32_t left = count.value(); left > 0; --left) {
    const auto type = reader.text();
    if (!type) return fail(type.error());
    types.emplace_back(type.value());
  }
  const auto rows = readRows(reader);
  if (!rows) return fail(rows.error());
  target->addHeard(key.value(), types, rows.value());
  return 0;
}
}
