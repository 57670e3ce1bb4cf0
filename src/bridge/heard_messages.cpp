#include "bridge/heard_messages.h"

#include <algorithm>

#include "bridge/slice_types.h"

namespace isthmus {

HeardMessages::Slice& HeardMessages::enter(std::string_view key) {
  const auto found = std::find_if(slices_.begin(), slices_.end(),
                                  [&](const Slice& slice) { return slice.key == key; });
  if (found != slices_.end()) return *found;
  return slices_.emplace_back(Slice{std::string(key), {}, AcceptedMessages(senders_, window_)});
}

void HeardMessages::add(std::string_view key, const std::vector<std::string>& types,
                        const std::vector<HeardRow>& rows) {
  Slice& slice = enter(key);
  for (const auto& type : types) {
    if (!includes(slice.types, type)) slice.types.push_back(type);
  }
  for (const auto& [sender, first, last] : rows) {
    if (first <= last) slice.messages.add(sender, first, last);
  }
}

bool HeardMessages::contains(std::string_view type, std::string_view sender,
                             std::uint64_t seq) const {
  return std::any_of(slices_.begin(), slices_.end(), [&](const Slice& slice) {
    return (isBelow(slice.key, type) || includes(slice.types, type)) &&
           slice.messages.contains(sender, seq);
  });
}

void HeardMessages::save(Encoder& encoder) const {
  saveCount(encoder, slices_.size());
  for (const auto& [key, types, messages] : slices_) {
    encoder.text(key);
    saveCount(encoder, types.size());
    for (const auto& type : types) encoder.text(type);
    messages.save(encoder);
  }
}

void HeardMessages::load(Loader& from) {
  from.each([&] {
    Slice& slice = enter(from.text());
    from.each([&] { slice.types.push_back(from.text()); });
    slice.messages.load(from);
  });
}

}  // namespace isthmus
