// How the memory grows: in proportion. V8 answers each growth of more than 64 MB of memory with a
// collection of the whole heap, so that steps of one size made the actions on a large state take
// several times as long. What a step asks for too much is 2 % at most.

#include <algorithm>
#include <cstddef>

namespace {

constexpr std::size_t kPage = 65536;

bool grow(std::size_t pages) { return __builtin_wasm_memory_grow(0, pages) != std::size_t(-1); }

}  // namespace

// In place of Emscripten's (tools/cmake/engine.cmake): asked by its allocator. Nothing is there to
// be told of it, since JavaScript finds its views of the memory empty (web/engine/codec/memory.ts).
extern "C" int __wrap_emscripten_resize_heap(std::size_t bytes) {
  const std::size_t present = __builtin_wasm_memory_size(0);
  const std::size_t missing = (bytes - 1) / kPage + 1 - present;
  return grow(std::max(missing, present / 50 + 1)) || grow(missing) ? 1 : 0;
}
