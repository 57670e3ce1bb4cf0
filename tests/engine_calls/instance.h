#pragma once

#include <cstdint>

// An instance of the engine as a page has one: nothing of it outlives it, and a call can end
// anywhere, which leaves its memory as it was at that instruction.
//
//   arena   │ what it allocated before it was first used │ since then ...
//           └──────────────────┬─────────────────────────┴── poisoned by `renew`
//   library's variables ───────┴── put back by `renew`
//
// The arena lies below 2 GB, since the bindings tell addresses as numbers of 32 bits. It never
// hands memory out twice, and AddressSanitizer sees what was freed and what lies between blocks.
namespace isthmus::calls {

// Where a call ends: at its n-th allocation, or when it calls its n-th function, which only builds
// with -finstrument-functions count. 0 is never.
struct Trap {
  std::uint64_t allocation = 0;
  std::uint64_t function = 0;
};

class Instance {
 public:
  // Makes it anew. The memory of the one before is gone.
  static void renew();

  // Runs calls of the engine. False when the trap ended them.
  template <typename Calls>
  static bool run(const Calls& calls, const Trap& trap = {}) {
    return run([](const void* all) { (*static_cast<const Calls*>(all))(); }, &calls, trap);
  }

 private:
  static bool run(void (*calls)(const void*), const void* context, const Trap& trap);
};

}  // namespace isthmus::calls
