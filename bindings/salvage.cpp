// What a failed instance still holds, read out for the one that takes its place. It may have failed
// between any two instructions, the allocator's among them. So nothing here allocates or changes a
// thing that was there before, and only what is whole at every instruction is read: the tables of
// stores and bridges, committed states (store/store.h), and nodes that views keep alive.
//
// Answers stand in `scratch`, as 32-bit words:
//
//   entry := kind, a, b    null | boolean a | number, its bits | string at a, b bytes
//                          | array or object at place a, known to JavaScript as b or 0

#include <emscripten/emscripten.h>
#include <emscripten/stack.h>

#include <array>

#include "buffers.h"
#include "engine.h"
#include "salvage.h"
#include "small_blocks.h"
#include "value/node_ids.h"

using namespace isthmus;
using namespace isthmus::bindings;

// Emscripten's own; newer ones call it otherwise (tools/cmake/engine.cmake).
extern "C" void stackRestore(std::uintptr_t top);

namespace {

using Word = std::uint32_t;

std::array<Word, 4096> scratch;
constexpr std::size_t kMemberWords = 5;  // the longest entry, with its key
// While the instance begins: nearly all is free.
const std::uintptr_t stackTop = emscripten_stack_get_current();

Word* writeText(Word* at, std::string_view text) {
  *at++ = static_cast<Word>(reinterpret_cast<std::uintptr_t>(text.data()));
  *at++ = static_cast<Word>(text.size());
  return at;
}

Word* writeEntry(Word* at, const Value& value) {
  *at++ = static_cast<Word>(value.kind());
  if (value.isString()) return writeText(at, value.string());
  if (value.isContainer()) {
    *at++ = NodeIds::placeOf(value);
    *at++ = NodeIds::idOf(value);
    return at;
  }
  const double number = value.isNumber() ? value.number() : 0;
  const auto bits = value.isBoolean() ? std::uint64_t{value.boolean()}
                                      : __builtin_bit_cast(std::uint64_t, number);
  *at++ = static_cast<Word>(bits);
  *at++ = static_cast<Word>(bits >> 32U);
  return at;
}

Word* end() { return scratch.data() + scratch.size() - kMemberWords; }

}  // namespace

void isthmus::bindings::salvageBytes(const Bytes& bytes) {
  const auto* const start = reinterpret_cast<const char*>(bytes.data());
  writeText(scratch.data(), {start, bytes.size()});
}

extern "C" {

// Where the answers stand. From here on the instance is only read.
EMSCRIPTEN_KEEPALIVE Word* isthmus_salvage() {
  stackRestore(stackTop);
  allocateAnew();
  return scratch.data();
}

// The slice at a place among those of a store: string key, entry state. 0 beyond the last.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_salvageSlice(Word store, Word place) {
  const Store* const source = engine().stores.find(store);
  const auto slice = source == nullptr ? Store::Committed{} : source->committed(place);
  if (slice.state == nullptr) return 0;
  writeEntry(writeText(scratch.data(), slice.key->text()), *slice.state);
  return 1;
}

// Some elements or members of the node at a place, from a position on: the position to go on from,
// how many they are, then (entry | string key, entry)*. None are left when there are none.
EMSCRIPTEN_KEEPALIVE void isthmus_salvageParts(Word place, Word from) {
  const Value node = NodeIds::at(place);
  Word* at = scratch.data() + 2;
  Word count = 0;
  if (node.isArray()) {
    for (; from < node.items().size() && at < end(); ++from, ++count) {
      at = writeEntry(at, node.items()[from]);
    }
  } else {
    for (; from < node.members().places() && at < end(); ++from) {
      const auto& member = node.members().at(from);
      if (!member.key) continue;
      at = writeEntry(writeText(at, member.key.text()), member.value);
      ++count;
    }
  }
  scratch[0] = from;
  scratch[1] = count;
}
}
