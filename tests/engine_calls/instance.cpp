#include "engine_calls/instance.h"

#include <link.h>
#include <sys/mman.h>

#include <algorithm>
#include <csetjmp>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

#include "engine_calls/exports.h"
#include "engine_calls/snapshot.h"

#ifdef ISTHMUS_SANITIZED
#include <sanitizer/asan_interface.h>
#define ISTHMUS_UNCHECKED __attribute__((no_sanitize("address")))
#else
#define ASAN_POISON_MEMORY_REGION(begin, size) (void(begin), void(size))
#define ASAN_UNPOISON_MEMORY_REGION(begin, size) (void(begin), void(size))
#define ISTHMUS_UNCHECKED
#endif

namespace isthmus::calls {
namespace {

constexpr std::size_t kArena = std::size_t{512} << 20U;
constexpr std::size_t kHeader = 16;    // before each block: its size
constexpr std::size_t kFilled = 4096;  // bytes of a new block that hold what nobody wrote
constexpr int kUnwritten = 0xA5;

// The state of this process, besides the engine's.
bool isInside = false;
Trap untilTrap;  // 0 is none
std::jmp_buf outside;
char* arena = nullptr;
char* arenaTop = nullptr;
char* freshTop = nullptr;
const Snapshot* fresh = nullptr;

// The header of a block is poisoned.
ISTHMUS_UNCHECKED std::size_t sizeOf(const char* block) {
  return *reinterpret_cast<const std::size_t*>(block - kHeader);
}

char* pointerTo(std::uintptr_t address) {
  return reinterpret_cast<char*>(address);  // NOLINT(performance-no-int-to-ptr)
}

char* reserve() {
  // At the same place in each run, so that what hangs on addresses comes again.
  void* const place = pointerTo(0x2000'0000);
  void* const memory = mmap(place, kArena, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory != place) std::abort();
  ASAN_POISON_MEMORY_REGION(memory, kArena);
  return static_cast<char*>(memory);
}

bool isInArena(const void* block) {
  return arena != nullptr && block >= arena && block < arena + kArena;
}

[[noreturn]] void end() {
  isInside = false;
  std::longjmp(outside, 1);
}

void* take(std::size_t size) {
  if (untilTrap.allocation != 0 && --untilTrap.allocation == 0) end();
  const std::size_t whole = (kHeader + size + kHeader - 1) / kHeader * kHeader;
  if (arenaTop + whole > arena + kArena) std::abort();
  ASAN_UNPOISON_MEMORY_REGION(arenaTop, kHeader + size);
  std::memcpy(arenaTop, &size, sizeof size);
  ASAN_POISON_MEMORY_REGION(arenaTop, kHeader);
  void* const block = arenaTop + kHeader;
  if (size <= kFilled) std::memset(block, kUnwritten, size);
  arenaTop += whole;
  return block;
}

void give(void* block) { ASAN_POISON_MEMORY_REGION(block, sizeOf(static_cast<char*>(block))); }

void addWithout(std::vector<MemoryPart>& parts, MemoryPart part, MemoryRange hole) {
  if (hole.begin == nullptr || hole.end <= part.begin || hole.begin >= part.end) {
    parts.push_back(part);
    return;
  }
  if (hole.begin > part.begin) parts.push_back({part.begin, hole.begin});
  if (hole.end < part.end) parts.push_back({hole.end, part.end});
}

// The writable memory of the library, which what is written once at its start belongs to as well.
int addVariables(dl_phdr_info* library, std::size_t /*size*/, void* into) {
  auto& parts = *static_cast<std::vector<MemoryPart>*>(into);
  const auto inside = reinterpret_cast<std::uintptr_t>(&isthmus_serial);
  bool isEngine = false;
  std::uintptr_t readOnly = 0;
  std::uintptr_t writable = 0;  // where what is read-only ends
  for (int i = 0; i < library->dlpi_phnum; ++i) {
    const auto& part = library->dlpi_phdr[i];
    const auto begin = library->dlpi_addr + part.p_vaddr;
    if (part.p_type == PT_LOAD && inside >= begin && inside < begin + part.p_memsz) isEngine = true;
    if (part.p_type == PT_GNU_RELRO) {
      readOnly = begin;
      writable = begin + part.p_memsz;
    }
  }
  if (!isEngine) return 0;
  for (int i = 0; i < library->dlpi_phnum; ++i) {
    const auto& part = library->dlpi_phdr[i];
    if (part.p_type != PT_LOAD || (part.p_flags & PF_W) == 0) continue;
    auto begin = library->dlpi_addr + part.p_vaddr;
    const auto end = begin + part.p_memsz;
    if (readOnly <= begin && begin < writable) begin = std::min<std::uintptr_t>(writable, end);
    if (begin < end) addWithout(parts, {pointerTo(begin), pointerTo(end)}, isthmus_coverage());
  }
  return 1;
}

void save() {
  std::vector<MemoryPart> parts;
  dl_iterate_phdr(addVariables, &parts);
  if (parts.empty()) std::abort();
  parts.push_back({arena, arenaTop});
  freshTop = arenaTop;
  ASAN_UNPOISON_MEMORY_REGION(arena, static_cast<std::size_t>(freshTop - arena));
  fresh = new Snapshot(parts);
}

// What every instance does first, and could be saved the next one.
void begin() {
  arena = arenaTop = reserve();
  Instance::run([] {
    isthmus_input(1);
    isthmus_keyBuffer(1);
    control("destroyStore", Id{0});
    isthmus_dispatch(0, 0);
  });
  save();
}

}  // namespace

bool Instance::run(void (*calls)(const void*), const void* context, const Trap& trap) {
  untilTrap = trap;
  if (setjmp(outside) != 0) return false;
  isInside = true;
  calls(context);
  isInside = false;
  return true;
}

void Instance::renew() {
  if (fresh == nullptr) begin();
  ASAN_UNPOISON_MEMORY_REGION(arena, static_cast<std::size_t>(freshTop - arena));
  fresh->putBack();
  ASAN_POISON_MEMORY_REGION(freshTop, static_cast<std::size_t>(arenaTop - freshTop));
  arenaTop = freshTop;
}

}  // namespace isthmus::calls

using namespace isthmus::calls;

void* operator new(std::size_t size) {
  if (isInside) return take(size);
  void* const block = std::malloc(size == 0 ? 1 : size);
  if (block == nullptr) std::abort();
  return block;
}

void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return operator new(size);
}
void operator delete(void* block) noexcept { isInArena(block) ? give(block) : std::free(block); }
void operator delete(void* block, std::size_t) noexcept { operator delete(block); }
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete[](void* block) noexcept { operator delete(block); }
void operator delete[](void* block, std::size_t) noexcept { operator delete(block); }

// By their names the compiler knows them.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {
void __cyg_profile_func_enter(void* /*function*/, void* /*caller*/) {
  if (isInside && untilTrap.function != 0 && --untilTrap.function == 0) end();
}
void __cyg_profile_func_exit(void* /*function*/, void* /*caller*/) {}
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
