// The raw exports about what a store's state holds of other stores' messages
// (bridge/heard_messages.h).
//
//   row := string sender, float64 first, float64 last

#include <emscripten/emscripten.h>

#include "bindings/answers.h"
#include "bindings/arguments.h"
#include "crossing.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

// A number that is none, which JavaScript read from a storage, is 0: nobody's.
std::uint64_t toNumber(double number) {
  return number >= 0 && number <= 9007199254740991 ? static_cast<std::uint64_t>(number) : 0;
}

std::vector<HeardRow> readRows(Arguments& arguments) {
  std::vector<HeardRow> rows;
  while (!arguments.atEnd()) {
    const auto sender = arguments.text();
    const auto first = toNumber(arguments.float64());
    const auto last = toNumber(arguments.float64());
    rows.push_back({std::string(sender), first, last});
  }
  return rows;
}

}  // namespace

extern "C" {

// 1 and varint count, row*; 0 while an accepted message is being applied
EMSCRIPTEN_KEEPALIVE Outcome isthmus_heard(std::uint32_t bridge) {
  return onBridge(bridge, [](const Bridge& target) {
    const auto rows = target.heard();
    if (!rows) return 0;
    Encoder encoder(answer());
    encoder.varint(static_cast<std::uint32_t>(rows->size()));
    for (const auto& [sender, first, last] : *rows) {
      encoder.text(sender);
      encoder.float64(static_cast<double>(first));
      encoder.float64(static_cast<double>(last));
    }
    return 1;
  });
}

// string key, varint count, (string type)*, row*
EMSCRIPTEN_KEEPALIVE Outcome isthmus_addHeard(std::uint32_t bridge, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto key = arguments.text();
    std::vector<std::string> types;
    for (auto left = arguments.varint(); left > 0 && !arguments.failed(); --left) {
      types.emplace_back(arguments.text());
    }
    const auto rows = readRows(arguments);
    if (arguments.failed()) return arguments.failure();
    target.addHeard(key, types, rows);
    return 0;
  });
}
}
