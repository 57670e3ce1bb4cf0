#include "native/log/campaign/chains.h"

#include <algorithm>

#include "native/log/campaign/failure.h"

namespace isthmus::campaign {

Chains::Name Chains::nameOf(const Point& point) {
  return {point.n, point.epoch, point.keeper ? point.keeper.text() : ""};
}

void Chains::add(const Message& cut) {
  Point at = cut.base;
  for (const auto& id : idsOf(cut.runs)) {
    const Name before = nameOf(at);
    at = {at.n + 1, cut.head.epoch, cut.head.keeper};
    const Link link{before, idOf(id)};
    const auto [known, isNew] = links_.insert({nameOf(at), link});
    demand(isNew || known->second == link, "a point has two histories");
  }
}

std::vector<Id> Chains::orderUpTo(const Point& point) const {
  std::vector<Id> order;
  for (Name at = nameOf(point); std::get<0>(at) > 0;) {
    const auto link = links_.find(at);
    demand(link != links_.end(), "a point was never cut");
    order.push_back(link->second.entry);
    at = link->second.before;
  }
  std::reverse(order.begin(), order.end());
  return order;
}

void Chains::check(const Order& order) const {
  for (Place place = order.base().n + 1; place <= order.head().n; ++place) {
    const auto link = links_.find(nameOf(order.pointAt(place)));
    demand(link != links_.end(), "a place was never cut");
    demand(link->second.before == nameOf(order.pointAt(place - 1)), "a chain is broken");
    demand(link->second.entry == idOf(order.at(place)->id), "a settled entry is another one");
  }
}

}  // namespace isthmus::campaign
