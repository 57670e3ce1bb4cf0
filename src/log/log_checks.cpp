// Whether the states are those of all. A reducer that is not a function of state and action gives
// other states elsewhere: then the keeper's stays.

#include <algorithm>

#include "log/digest.h"
#include "log/log.h"
#include "value/size.h"

namespace isthmus {
namespace {

// Of a state that is looked at.
constexpr Limits kLooked{.entries = 32'768, .stringBytes = 256U << 10U};

}  // namespace

// At rest, once for each head that there was.
void Log::checkStates() {
  if (!order().tentative().empty() || peers_.empty() || digested_ == head()) return;
  digested_ = head();
  want({Use::Digests, {}, {}, head()});
}

std::vector<StateDigest> Log::digestsAt(Place place, std::span<const SliceState> states) const {
  std::vector<StateDigest> digests;
  for (const auto& slice : histories_.slices()) {
    if (slice.since > place) continue;
    const auto state = stateAt(slice, place, states);
    if (!state || !checkSize(state->state, kLooked)) continue;
    digests.push_back({{state->slice, state->lineage}, digestOf(state->state)});
  }
  return digests;
}

void Log::answerDigests(const Wanted& wanted, std::span<const SliceState> states) {
  if (!order().isOn(wanted.point)) return;
  const auto ours = digestsAt(wanted.point.n, states);
  if (wanted.to) return compareDigests(wanted, ours);
  auto told = message(MessageKind::Digests);
  told.point = wanted.point;
  told.digests = ours;
  if (!ours.empty()) post(std::move(told));
}

void Log::takeDigests(const Message& message) {
  if (!order().isOn(message.point)) return;
  digests_ = message.digests;
  want({Use::Digests, message.from, {}, message.point});
}

void Log::compareDigests(const Wanted& wanted, std::span<const StateDigest> ours) {
  for (const auto& theirs : std::exchange(digests_, {})) {
    const auto own = std::find_if(ours.begin(), ours.end(), [&](const StateDigest& each) {
      return each.lineage.slice == theirs.lineage.slice &&
             each.lineage.begun == theirs.lineage.begun;
    });
    if (own != ours.end() && own->digest != theirs.digest) doubt(theirs.lineage, wanted);
  }
}

// The keeper's is asked for in its place.
void Log::doubt(const Lineage& lineage, const Wanted& wanted) {
  tell({LogNews::Kind::Diverged, {wanted.to, wanted.point.n, wanted.point.n}, 1, lineage.slice});
  Held* const held = heldOf(lineage.slice);
  if (held == nullptr || isKeeper_) return;
  held->isDoubted = true;
  auto want = message(MessageKind::Want, wanted.to);
  want.slice = lineage.slice;
  want.lineage = lineage.begun;
  post(std::move(want));
}

}  // namespace isthmus
