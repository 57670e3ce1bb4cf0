#include "bridge/parked_messages.h"

#include <algorithm>

#include "bridge/slice_types.h"
#include "value/object_builder.h"

namespace isthmus {
bool ParkedMessages::covers(const Park& park, const Claim& claim, std::string_view type) {
  return (claim.isPrefix && isBelow(park.key, type)) || includes(claim.types, type);
}

bool ParkedMessages::Park::lists(std::string_view type) const {
  return std::any_of(claims.begin(), claims.end(),
                     [&](const Claim& claim) { return covers(*this, claim, type); });
}

ParkedMessages::Park* ParkedMessages::find(std::string_view key) {
  const auto found =
      std::find_if(parks_.begin(), parks_.end(), [&](const Park& park) { return park.key == key; });
  return found == parks_.end() ? nullptr : &*found;
}

ParkedMessages::Park* ParkedMessages::findFor(std::string_view type, const Park* except) {
  const auto found = std::find_if(parks_.begin(), parks_.end(), [&](const Park& park) {
    return &park != except && park.lists(type);
  });
  return found == parks_.end() ? nullptr : &*found;
}

void ParkedMessages::expect(std::string_view key, std::string_view owner,
                            const std::vector<std::string>& types) {
  Park* park = find(key);
  if (park == nullptr) park = &parks_.emplace_back(Park{.key = std::string(key)});
  auto claim = std::find_if(park->claims.begin(), park->claims.end(),
                            [&](const Claim& known) { return known.owner == owner; });
  if (claim == park->claims.end()) {
    claim = park->claims.insert(claim, {std::string(owner), {}, false});
  }
  claim->isPrefix |= types.empty();
  for (const auto& type : types) {
    if (!includes(claim->types, type)) claim->types.push_back(type);
  }
}

void ParkedMessages::removeOwner(std::string_view owner) {
  const auto isOwners = [&](const Claim& claim) { return claim.owner == owner; };
  for (auto& park : parks_) {
    if (park.isOpen) continue;
    std::erase_if(park.claims, isOwners);
    if (park.claims.empty()) discard(park, Cause::Left);
  }
  std::erase_if(parks_, [](const Park& park) { return park.claims.empty(); });
}

bool ParkedMessages::expects(std::string_view type) const {
  return std::any_of(parks_.begin(), parks_.end(),
                     [&](const Park& park) { return park.lists(type); });
}

bool ParkedMessages::contains(std::string_view sender, std::uint64_t seq) const {
  return !held_.empty() && held_.contains({std::string(sender), seq});
}

void ParkedMessages::hold(ParkedMessage message, double now) {
  Park* const park = findFor(message.type, nullptr);
  if (park == nullptr) return;
  message.order = ++accepted_;
  put(*park, std::move(message), now);
}

void ParkedMessages::put(Park& park, ParkedMessage message, double now) {
  if (park.messages.empty()) park.since = now;
  park.bytes += message.bytes->size();
  held_.emplace(message.sender, message.seq);
  const auto place = std::upper_bound(
      park.messages.begin(), park.messages.end(), message,
      [](const ParkedMessage& a, const ParkedMessage& b) { return a.order < b.order; });
  park.messages.insert(place, std::move(message));
  const bool isFull = park.bytes > bounds_.bytes || park.messages.size() > bounds_.messages;
  if (isFull) discard(park, Cause::Overflow);
}

ParkedMessage ParkedMessages::takeOldest(Park& park) {
  ParkedMessage message = std::move(park.messages.front());
  park.messages.pop_front();
  park.bytes -= message.bytes->size();
  held_.erase({message.sender, message.seq});
  return message;
}

void ParkedMessages::discard(Park& park, Cause cause) {
  if (park.messages.empty()) return;
  for (const auto& message : park.messages) held_.erase({message.sender, message.seq});
  discarded_.push_back({park.key, park.messages.size(), cause});
  park.messages.clear();
  park.bytes = 0;
}

bool ParkedMessages::release(std::string_view key, double now) {
  Park* const park = find(key);
  if (park == nullptr) return false;
  if (isOverdue(*park, now)) discard(*park, Cause::Expired);
  park->isOpen = true;
  if (!park->messages.empty()) return true;
  erase(park);
  return false;
}

bool ParkedMessages::advance(std::string_view key, double now) {
  Park* const park = find(key);
  if (park == nullptr || !park->isOpen) return false;
  while (!park->messages.empty()) {
    Park* const other = findFor(park->messages.front().type, park);
    if (other == nullptr) return true;
    put(*other, takeOldest(*park), now);
  }
  erase(park);
  return false;
}

const ParkedMessages::Park* ParkedMessages::findOpen(std::string_view key) const {
  const auto found = std::find_if(parks_.begin(), parks_.end(), [&](const Park& park) {
    return park.key == key && park.isOpen && !park.messages.empty();
  });
  return found == parks_.end() ? nullptr : &*found;
}

const ParkedMessage* ParkedMessages::first(std::string_view key) const {
  const Park* const park = findOpen(key);
  return park == nullptr ? nullptr : &park->messages.front();
}

void ParkedMessages::take(std::string_view key) {
  if (findOpen(key) != nullptr) takeOldest(*find(key));
}

// A clock that was set back must not make anything wait for ever: the time begins anew.
bool ParkedMessages::isOverdue(Park& park, double now) const {
  park.since = std::min(park.since, now);
  return !park.messages.empty() && now - park.since >= static_cast<double>(bounds_.ms);
}

std::optional<double> ParkedMessages::expire(double now) {
  std::optional<double> soonest;
  for (auto& park : parks_) {
    if (park.isOpen) continue;
    if (isOverdue(park, now)) discard(park, Cause::Expired);
    if (park.messages.empty()) continue;
    const double left = park.since + static_cast<double>(bounds_.ms) - now;
    soonest = std::min(soonest.value_or(left), left);
  }
  return soonest;
}

void ParkedMessages::erase(const Park* park) {
  std::erase_if(parks_, [&](const Park& other) { return &other == park; });
}

Value ParkedMessages::toValue() const {
  Value::Items all;
  for (const auto& park : parks_) {
    Value::Items owners;
    for (const auto& claim : park.claims) owners.emplace_back(claim.owner);
    ObjectBuilder entry;
    entry.set("key", Value(park.key));
    entry.set("owners", Value(std::move(owners)));
    entry.set("messages", Value(static_cast<double>(park.messages.size())));
    entry.set("bytes", Value(static_cast<double>(park.bytes)));
    all.push_back(std::move(entry).build());
  }
  return Value(std::move(all));
}

void ParkedMessages::save(Encoder& encoder, const Park& park) {
  encoder.text(park.key);
  encoder.float64(park.since);
  saveCount(encoder, park.isOpen ? 1 : 0);
  saveCount(encoder, park.claims.size());
  for (const auto& [owner, types, isPrefix] : park.claims) {
    encoder.text(owner);
    saveCount(encoder, isPrefix ? 1 : 0);
    saveCount(encoder, types.size());
    for (const auto& type : types) encoder.text(type);
  }
  saveCount(encoder, park.messages.size());
  for (const auto& message : park.messages) {
    encoder.text(message.type);
    encoder.text(message.sender);
    saveNumber(encoder, message.seq);
    saveNumber(encoder, message.order);
    encoder.bytes(*message.bytes);
  }
}

ParkedMessages::Park ParkedMessages::loadPark(Loader& from) {
  Park park{.key = from.text()};
  park.since = from.time();
  park.isOpen = from.flag();
  from.each([&] {
    Claim& claim = park.claims.emplace_back();
    claim.owner = from.text();
    claim.isPrefix = from.flag();
    from.each([&] { claim.types.push_back(from.text()); });
  });
  from.each([&] {
    ParkedMessage& message = park.messages.emplace_back();
    message.type = from.text();
    message.sender = from.text();
    message.seq = from.number();
    message.order = from.number();
    message.bytes = std::make_shared<const Bytes>(from.bytes());
    park.bytes += message.bytes->size();
    held_.emplace(message.sender, message.seq);
  });
  return park;
}

void ParkedMessages::save(Encoder& encoder) const {
  saveNumber(encoder, accepted_);
  saveCount(encoder, parks_.size());
  for (const auto& park : parks_) save(encoder, park);
  saveCount(encoder, discarded_.size());
  for (const auto& [key, messages, cause] : discarded_) {
    encoder.text(key);
    saveNumber(encoder, messages);
    saveCount(encoder, static_cast<std::size_t>(cause));
  }
}

void ParkedMessages::load(Loader& from) {
  accepted_ = from.number();
  from.each([&] { parks_.push_back(loadPark(from)); });
  from.each([&] {
    auto key = from.text();
    const auto messages = static_cast<std::size_t>(from.number());
    const auto cause = from.count();
    if (cause > static_cast<std::uint32_t>(Cause::Left)) from.fail();
    discarded_.push_back({std::move(key), messages, static_cast<Cause>(cause)});
  });
}

}  // namespace isthmus
