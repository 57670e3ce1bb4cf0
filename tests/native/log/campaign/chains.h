#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "log/message.h"
#include "log/order.h"

namespace isthmus::campaign {

// An id that orders, and does not hold a key.
using Id = std::pair<std::string, std::uint64_t>;
inline Id idOf(const EntryId& id) { return {id.sender.text(), id.seq}; }

// All that was ever cut: of each point the one before and the entry between, so that the whole
// order up to any point is known though nobody keeps it. Two entries at one point are a failure.
class Chains {
 public:
  void add(const Message& cut);
  // From the first entry on.
  std::vector<Id> orderUpTo(const Point& point) const;
  // What is kept must be a part of it.
  void check(const Order& order) const;

 private:
  using Name = std::tuple<Place, std::uint64_t, std::string>;
  static Name nameOf(const Point& point);

  struct Link {
    Name before;
    Id entry;
    friend bool operator==(const Link&, const Link&) = default;
  };
  std::map<Name, Link> links_;
};

}  // namespace isthmus::campaign
