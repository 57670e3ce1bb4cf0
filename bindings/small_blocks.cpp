// The engine's operator new and delete. Nearly all that it allocates is small and short-lived,
// where malloc's headers and searches would cost more than the reducers themselves:
//
//   page of 16 KiB   blocks of one size ─► freed blocks wait in that size's list
//
// A page stays with its size. Larger blocks are malloc's.

#include "small_blocks.h"

#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

namespace {

constexpr std::size_t kStep = 8;       // between sizes, and every block's alignment
constexpr std::size_t kLargest = 256;  // bytes of a small block
constexpr std::size_t kPageBits = 14;
constexpr std::size_t kPage = std::size_t{1} << kPageBits;
constexpr std::size_t kPagesAtOnce = 64;

struct FreeBlock {
  FreeBlock* next;
};

// A size's freed blocks, and the part of its newest page that was never used.
struct Size {
  FreeBlock* freed = nullptr;
  char* unused = nullptr;
  char* end = nullptr;
};

std::array<Size, kLargest / kStep + 1> sizes;
std::array<std::uint8_t, (std::uint64_t{1} << 32) / kPage> sizeOfPage;  // 0 where malloc reigns
char* pages = nullptr;
char* pagesEnd = nullptr;

bool isAnew = false;

// The call fails as a whole: JavaScript takes the states over into another instance.
[[noreturn]] void outOfMemory() { std::abort(); }

void* beyondAll(std::size_t bytes) {
  void* const block = sbrk(static_cast<std::intptr_t>(bytes));
  if (reinterpret_cast<std::intptr_t>(block) == -1) outOfMemory();
  return block;
}

void* large(std::size_t bytes) {
  if (isAnew) return beyondAll((bytes + kStep - 1) / kStep * kStep);
  void* const block = std::malloc(bytes);
  if (block == nullptr) outOfMemory();
  return block;
}

std::size_t pageOf(const void* address) {
  return reinterpret_cast<std::uintptr_t>(address) >> kPageBits;
}

char* nextPage() {
  if (pages == pagesEnd) {
    auto start = reinterpret_cast<std::uintptr_t>(large((kPagesAtOnce + 1) * kPage));
    start = (start + kPage - 1) / kPage * kPage;
    pages = reinterpret_cast<char*>(start);
    pagesEnd = pages + kPagesAtOnce * kPage;
  }
  return std::exchange(pages, pages + kPage);
}

void* unusedBlock(Size& size, std::size_t steps) {
  const std::size_t bytes = steps * kStep;
  if (static_cast<std::size_t>(size.end - size.unused) < bytes) {
    size.unused = nextPage();
    size.end = size.unused + kPage;
    sizeOfPage[pageOf(size.unused)] = static_cast<std::uint8_t>(steps);
  }
  return std::exchange(size.unused, size.unused + bytes);
}

}  // namespace

void isthmus::bindings::allocateAnew() {
  isAnew = true;
  sizes = {};
  pages = pagesEnd = nullptr;
}

[[gnu::noinline]] void* operator new(std::size_t bytes) {
  if (bytes > kLargest) return large(bytes);
  const std::size_t steps = bytes == 0 ? 1 : (bytes + kStep - 1) / kStep;
  Size& size = sizes[steps];
  if (size.freed == nullptr) return unusedBlock(size, steps);
  return std::exchange(size.freed, size.freed->next);
}

[[gnu::noinline]] void operator delete(void* block) noexcept {
  const std::size_t steps = sizeOfPage[pageOf(block)];
  if (steps == 0) return isAnew ? void() : std::free(block);
  auto* const freed = static_cast<FreeBlock*>(block);
  freed->next = std::exchange(sizes[steps].freed, freed);
}

void operator delete(void* block, std::size_t) noexcept { operator delete(block); }
void* operator new[](std::size_t bytes) { return operator new(bytes); }
void operator delete[](void* block) noexcept { operator delete(block); }
void operator delete[](void* block, std::size_t) noexcept { operator delete(block); }
