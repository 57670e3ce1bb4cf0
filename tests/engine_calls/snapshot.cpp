#include "engine_calls/snapshot.h"

#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>

namespace isthmus::calls {
namespace {

Snapshot* guarding = nullptr;
struct sigaction before;

void onFault(int /*signal*/, siginfo_t* info, void* /*context*/) {
  if (!guarding->open(info->si_addr)) sigaction(SIGSEGV, &before, nullptr);  // and it fails again
}

void guard(Snapshot* snapshot) {
  guarding = snapshot;
  struct sigaction action {};
  action.sa_sigaction = onFault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  if (sigaction(SIGSEGV, &action, &before) != 0) std::abort();
}

char* upToPage(char* address) {
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  return reinterpret_cast<char*>((reinterpret_cast<std::uintptr_t>(address) + page - 1) / page *
                                 page);
}

void protect(const MemoryPart& memory, int protection) {
  const auto size = static_cast<std::size_t>(memory.end - memory.begin);
  if (mprotect(memory.begin, size, protection) != 0) std::abort();
}

// Not memcpy, in which AddressSanitizer would find the gaps between variables.
__attribute__((no_sanitize("address"))) void copy(char* to, const char* from, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) *const_cast<volatile char*>(to + i) = from[i];
}

}  // namespace

Snapshot::Snapshot(const std::vector<MemoryPart>& parts) {
  const auto page = sysconf(_SC_PAGESIZE);
  for (const auto& part : parts) {
    char* at = upToPage(part.begin);
    if (at >= part.end) {
      add(part, false);
      continue;
    }
    add({part.begin, at}, false);
    for (; at + page <= part.end; at += page) add({at, at + page}, true);
    add({at, part.end}, false);
  }
  guard(this);
  for (const auto& piece : pieces_) {
    if (piece.isGuarded) protect(piece.memory, PROT_READ);
  }
}

void Snapshot::add(MemoryPart memory, bool isGuarded) {
  const auto size = static_cast<std::size_t>(memory.end - memory.begin);
  if (size == 0) return;
  pieces_.push_back({memory, std::vector<char>(size), isGuarded});
  copy(pieces_.back().bytes.data(), memory.begin, size);
}

void Snapshot::putBack() const {
  for (const auto& [memory, bytes, isGuarded] : pieces_) {
    if (!isGuarded) copy(memory.begin, bytes.data(), bytes.size());
  }
}

bool Snapshot::open(const void* address) {
  for (auto& piece : pieces_) {
    if (!piece.isGuarded || address < piece.memory.begin || address >= piece.memory.end) continue;
    protect(piece.memory, PROT_READ | PROT_WRITE);
    piece.isGuarded = false;
    return true;
  }
  return false;
}

}  // namespace isthmus::calls
