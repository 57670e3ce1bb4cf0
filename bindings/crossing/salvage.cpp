// What a failed instance still holds of bridges: as bindings/salvage.cpp, so nothing here changes a
// thing that was there before.

#include "bindings/salvage.h"

#include <emscripten/emscripten.h>

#include "bridge/books.h"
#include "crossing.h"
#include "log/saved_books.h"

using namespace isthmus;
using namespace isthmus::bindings;

extern "C" {

// The bytes of a bridge's books (bridge/books.h), and how many there are; 0 without that bridge.
EMSCRIPTEN_KEEPALIVE std::uint32_t isthmus_salvageBooks(std::uint32_t bridge) {
  const Bridge* const source = crossing().bridges.find(bridge);
  if (source == nullptr) return 0;
  auto* const bytes = new Bytes;  // nothing is freed any more
  Encoder encoder(*bytes);
  save(encoder, committedBooks(*source));
  salvageBytes(*bytes);
  return 1;
}

// As salvageBooks, of the bridge's log.
EMSCRIPTEN_KEEPALIVE std::uint32_t isthmus_salvageLog(std::uint32_t bridge) {
  const Bridge* const source = crossing().bridges.find(bridge);
  if (source == nullptr || source->log() == nullptr) return 0;
  auto* const bytes = new Bytes;
  Encoder encoder(*bytes);
  save(encoder, committedLogBooks(*source));
  salvageBytes(*bytes);
  return 1;
}
}
