#include "log/entry.h"

#include <limits>
#include <string>
#include <utility>

#include "log/action_keys.h"

namespace isthmus {
namespace {

constexpr std::string_view kBeginnings = "begin:";

// It was within those of who let it in.
constexpr Limits kAsRead{.depth = 512,
                         .entries = std::numeric_limits<std::size_t>::max(),
                         .stringBytes = std::numeric_limits<std::size_t>::max()};

}  // namespace

bool isBefore(const Entry& a, const Entry& b) {
  if (a.clock != b.clock) return a.clock < b.clock;
  if (!(a.id.sender == b.id.sender)) return a.id.sender.text() < b.id.sender.text();
  return a.id.seq < b.id.seq;
}

Value messageOf(const Entry& entry) {
  auto message = decode(entry.message, kAsRead);
  return message ? std::move(message).value() : Value();
}

Action toAction(const Value& action) {
  const Value* const payload = action.find(payloadKey());
  const Value* const meta = action.find(metaKey());
  return {Key(action.find(typeKey())->string()), payload == nullptr ? Value() : *payload,
          meta == nullptr ? Value() : *meta};
}

Key rowOfBeginnings(const Key& sender) { return Key(std::string(kBeginnings) + sender.text()); }

Key senderOf(const Key& row) {
  return isOfBeginnings(row) ? Key(row.text().substr(kBeginnings.size())) : row;
}

bool isOfBeginnings(const Key& row) { return row.text().starts_with(kBeginnings); }

}  // namespace isthmus
