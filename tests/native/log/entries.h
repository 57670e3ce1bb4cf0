#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "log/envelope.h"
#include "log/message.h"
#include "value/json.h"

// Entries for tests of the log's parts.
namespace isthmus {

inline Value json(std::string_view text) { return parseJson(text).value(); }

// One that travels as an envelope around `action`.
inline EntryPtr entryOf(std::string_view row, std::uint64_t seq, double clock,
                        Value action = json(R"({ "type": "notes/inc" })"),
                        const std::vector<EntryId>& after = {}, std::uint64_t first = 1) {
  Envelope envelope;
  envelope.sender = Text(std::string(row));
  envelope.from = Text("store");
  envelope.seq = seq;
  envelope.clock = clock;
  envelope.action = std::move(action);
  envelope.after.emplace();
  for (const auto& [other, number] : after) envelope.after->push_back({Text(other.text()), number});
  envelope.first = first;
  return readEntry(toValue(envelope), 100).value();
}

inline EntryPtr beginningOf(std::string_view sender, std::uint64_t seq, double clock,
                            Beginning beginning) {
  auto entry = std::make_shared<Entry>();
  entry->id = {rowOfBeginnings(Key(sender)), seq};
  entry->clock = clock;
  entry->beginning = std::move(beginning);
  entry->message = encode(beginningMessage(*entry));
  entry->bytes = 100;
  return entry;
}

// "a1 b2 | c3": the settled ones, then the tentative ones.
inline std::string textOf(const Order& order) {
  std::string text;
  const auto add = [&](const EntryPtr& entry) {
    text += entry->id.sender.text() + std::to_string(entry->id.seq) + " ";
  };
  for (const auto& entry : order.settled()) add(entry);
  text += "|";
  for (const auto& each : order.tentative()) {
    text += " ";
    add(each.entry);
    text.pop_back();
  }
  return text;
}

}  // namespace isthmus
