#include "bridge/sequence_gaps.h"

namespace isthmus {
namespace {

constexpr std::uint64_t kFirst = 1;

}  // namespace

const std::uint64_t* SequenceGaps::find(std::string_view sender) const {
  const auto* const next = next_.find(sender);
  return next != nullptr ? next : begun_.find(sender);
}

std::optional<Gap> SequenceGaps::before(std::string_view sender, std::uint64_t seq) const {
  const auto* const next = find(sender);
  const std::uint64_t expected = next == nullptr ? kFirst : *next;
  return seq <= expected ? std::nullopt : std::optional(Gap{expected, seq - 1});
}

void SequenceGaps::accepted(std::string_view sender, std::uint64_t seq) {
  const auto* const known = find(sender);
  const std::uint64_t expected = known == nullptr ? kFirst : *known;
  next_.enter(sender, [] { return kFirst; }) = std::max(expected, seq + 1);
  begun_.forget(sender);
}

void SequenceGaps::dropped(std::string_view sender, std::uint64_t seq) {
  if (std::uint64_t* const next = next_.find(sender)) {
    if (*next == seq) ++*next;
    return;
  }
  const auto* const begun = begun_.find(sender);
  if (seq != (begun == nullptr ? kFirst : *begun)) return;
  ++begun_.enter(sender, [] { return kFirst; });
}

void SequenceGaps::save(Encoder& encoder) const {
  for (const Numbers* const numbers : {&next_, &begun_}) {
    saveCount(encoder, numbers->size());
    numbers->each([&](const std::string& id, std::uint64_t next) {
      encoder.text(id);
      saveNumber(encoder, next);
    });
  }
}

void SequenceGaps::load(Loader& from) {
  for (Numbers* const numbers : {&next_, &begun_}) {
    from.each([&] {
      auto id = from.text();
      numbers->append(std::move(id), from.number());
    });
  }
}

}  // namespace isthmus
