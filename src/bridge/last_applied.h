#pragma once

#include <cstdint>
#include <vector>

#include "value/key.h"
#include "value/saved.h"
#include "value/text.h"

namespace isthmus {

// When an action was sent, and by whom. Of two actions of one type all stores call the same one the
// older: by clock, then sender, then number.
struct Stamp {
  double clock = 0;
  Text sender = {};
  std::uint64_t seq = 0;
};
bool isOlder(const Stamp& a, const Stamp& b);

// stamp := float64 clock, string sender, number seq
void save(Encoder& encoder, const Stamp& stamp);
Stamp loadStamp(Loader& from);

// The newest action that was applied of each type whose contract says lastWins.
class LastApplied {
 public:
  // The newest of that type, or nullptr; valid until one is added.
  const Stamp* find(const Key& type) const;
  // Unless a newer one was applied meanwhile.
  void add(const Key& type, Stamp stamp);

  // lastApplied := varint count, (string type, stamp)*
  void save(Encoder& encoder) const;
  void load(Loader& from);

 private:
  struct Entry {
    Key type;
    Stamp stamp;
  };

  std::vector<Entry> entries_;  // no more than there are contracts, and keys compare by address
};

}  // namespace isthmus
