// Slices of other releases: the same key with another fingerprint. States are never mixed, but one
// that nobody has begun yet may begin with what became of another's.

#include <algorithm>

#include "log/digest.h"
#include "log/log.h"

namespace isthmus {
namespace {

constexpr Time kElderWithin = 400;  // ms that another release's tab has to give its state
constexpr std::size_t kMostTold = 256;

// Names are keys with fingerprints.
std::string_view keyIn(const Key& name) {
  const std::string_view text = name.text();
  return text.substr(0, std::min(text.rfind('@'), text.size()));
}

bool isOtherRelease(const Key& name, const Key& other) {
  return !(name == other) && keyIn(name) == keyIn(other);
}

}  // namespace

// ── who is there ──

std::vector<Key> Log::names() const {
  std::vector<Key> names;
  for (const auto& slice : histories_.slices()) {
    if (names.size() < kMostNames) names.push_back(slice.slice.name);
  }
  return names;
}

void Log::hearNames(Peer& peer, const Message& message) {
  const auto add = [&](const Key& name) {
    const bool isKnown = std::find(peer.names.begin(), peer.names.end(), name) != peer.names.end();
    if (isKnown || peer.names.size() >= kMostNames) return;
    peer.names.push_back(name);
    areNamesNew_ = true;
  };
  for (const Key& name : message.names) add(name);
  if (message.kind == MessageKind::Want) add(message.slice);
  for (const auto& entry : message.entries) {
    if (entry->beginning && senderOf(entry->id.sender) == message.from) {
      add(entry->beginning->slice);
    }
  }
}

std::vector<Key> Log::otherReleasesOf(const Key& name) const {
  std::vector<Key> others;
  for (const auto& peer : peers_) {
    for (const Key& other : peer.names) {
      const bool isKnown = std::find(others.begin(), others.end(), other) != others.end();
      if (isOtherRelease(name, other) && !isKnown) others.push_back(other);
    }
  }
  return others;
}

void Log::noteReleases() {
  auto& told = toldReleases_;
  if (!std::exchange(areNamesNew_, false) || told.size() >= kMostTold) return;
  for (const auto& held : held_) {
    for (const Key& name : otherReleasesOf(held.slice)) {
      const bool isTold = std::find(told.begin(), told.end(), name) != told.end();
      if (isTold || told.size() >= kMostTold) continue;
      told.push_back(name);
      const auto has = [&](const Peer& peer) {
        return std::find(peer.names.begin(), peer.names.end(), name) != peer.names.end();
      };
      tell(
          {LogNews::Kind::Release, {std::find_if(peers_.begin(), peers_.end(), has)->id}, 0, name});
    }
  }
}

// ── to begin with what another release has ──

// The latest to have begun.
Key Log::elderOf(const Key& name) const {
  for (const auto& [entry, since] : order().tentative()) {
    if (entry->beginning && isOtherRelease(name, entry->beginning->slice)) {
      return entry->beginning->slice;
    }
  }
  const auto& all = order().lineages();
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const Lineage& each) {
    return isOtherRelease(name, each.slice);
  });
  return found == all.rend() ? Key() : found->slice;
}

// Whether it begins later, when the other release's state has come, or nobody has given it.
bool Log::awaitElder(Held& held, const ConvergingSlice& slice, Time now) {
  if (!slice.hasUpcast || held.isElderAsked) return false;
  if (!held.elder) held.elder = elderOf(held.slice);
  held.wantAt = now;
  return bool(held.elder);
}

void Log::tickElder(Held& held, Time now) {
  held.wantAt = now + options_.wantEvery;
  const EntryId line = order().lineage(held.elder);
  const bool isNobodyThere = options_.usesLocks && isWithoutAll(held);
  if (order().lineage(held.slice)) {  // another replica of this release was faster
    held.elder = {};
    held.wantAt = now;
  } else if (isNobodyThere || now - held.wantSince >= kElderWithin) {
    carry(held.slice, 0, std::nullopt, now);
  } else if (line) {
    auto want = message(MessageKind::Want);
    want.slice = held.elder;
    want.lineage = line;
    post(std::move(want));
  }
}

void Log::offerElder(const Message& answer) {
  const bool isOfOrder = order().isOn(answer.point) && answer.lineage &&
                         order().lineageAt(answer.slice, answer.point.n) == answer.lineage;
  if (!isOfOrder) return;
  for (const auto& held : held_) {
    if (!(held.elder == answer.slice)) continue;
    elders_.push_back({held.slice, {answer.slice, answer.point.n, answer.lineage, answer.state}});
  }
}

void Log::offerElders(const Message& snapshot) {
  for (auto& held : held_) {
    const auto* const slice = histories_.find(held.slice);
    if (slice == nullptr || !slice->slice.hasUpcast || order().lineage(held.slice)) continue;
    const auto found =
        std::find_if(snapshot.slices.begin(), snapshot.slices.end(), [&](const SliceState& each) {
          return isOtherRelease(held.slice, each.slice) && order().base().n <= each.since &&
                 each.since <= head().n && each.lineage &&
                 order().lineageAt(each.slice, each.since) == each.lineage;
        });
    if (found == snapshot.slices.end()) continue;
    held.elder = found->slice;
    elders_.push_back({held.slice, *found});
  }
}

// It was that at a place of the line, and all that follows is played on it.
void Log::carry(const Key& slice, Place place, std::optional<Value> state, Time now) {
  Held* const held = heldOf(slice);
  if (held == nullptr || !held->elder) return;
  held->elder = {};
  if (order().lineage(slice)) return;
  const bool isKept = order().base().n <= place && place <= head().n;
  const bool isCarried = state && isKept;
  if (isCarried) {
    const Start start{slice, place, {*std::move(state), {}, false}};
    books_.change([&](Books& books) { put(books, start); });
    startAnew(start, kNever);
    changed(place);
    playAll();
  }
  held->isElderAsked = true;
  held->isCarried = isCarried;
  held->hasBegun = false;
  if (!isJoining_) decide(*held, now);
}

// What it shows now is what it begins with.
void Log::beginCarried(const Held& held) {
  const auto& [slice, since, now, records, refused] = *histories_.find(held.slice);
  if (slice.program == nullptr) return want({Use::Seed, {}, held.slice});
  beginWith(held.slice, now.state, digestOf(now.state));
}

// A slice of JavaScript's keeps its seed itself.
void Log::beginWith(const Key& name, const Value& seed, std::uint64_t digest) {
  auto* const slice = histories_.find(name);
  if (slice == nullptr || slice->now.lineage) return;
  slice->slice.seed = seed;
  slice->slice.seedDigest = digest;
  books_.change([&](Books& books) {
    for (auto& each : books.seeds) {
      if (each.slice == name) each = {name, seed, digest, each.clock};
    }
  });
  beginSlice(*slice, {}, lastRun_);
}

}  // namespace isthmus
