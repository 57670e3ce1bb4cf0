#include "log/message.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "value/codec.h"
#include "value/object_builder.h"

namespace isthmus {
namespace {

constexpr double kMostWhole = 9007199254740991;  // Number.MAX_SAFE_INTEGER
constexpr std::size_t kLongestName = 512;        // bytes of a slice's name or a row's
constexpr std::array<std::string_view, kMessageKinds> kKinds{"entries", "pull",  "cut",      "at",
                                                             "hello",   "delta", "snapshot", "want",
                                                             "slice",   "bye",   "digests"};

// ── writing ─────────────────────────────────────────────────────────────────────────────────────

Value whole(std::uint64_t number) { return Value(static_cast<double>(number)); }
Value text(const Key& key) { return key ? Value(key.text()) : Value(""); }

Value write(const Point& point) {
  return Value(Value::Items{whole(point.n), whole(point.epoch), text(point.keeper)});
}
Value write(const EntryId& id) { return Value(Value::Items{text(id.sender), whole(id.seq)}); }
Value write(const Run& run) {
  return Value(Value::Items{text(run.sender), whole(run.first), whole(run.last)});
}
Value write(const Segment& segment) {
  return Value(Value::Items{whole(segment.first), whole(segment.epoch), text(segment.keeper)});
}
Value write(const Mark& mark) {
  const auto& [sender, first, last] = mark.run;
  return Value(Value::Items{whole(mark.place), text(sender), whole(first), whole(last)});
}
Value write(const Covered::Row& row) {
  Value::Items holes;
  for (const auto& hole : row.holes) {
    holes.push_back(Value(Value::Items{whole(hole.first), whole(hole.last)}));
  }
  return Value(Value::Items{text(row.sender), whole(row.highest), whole(row.latest),
                            Value(std::move(holes))});
}
Value write(const Lineage& lineage) {
  return Value(
      Value::Items{text(lineage.slice), text(lineage.begun.sender), whole(lineage.begun.seq)});
}
Value write(const StateDigest& state) {
  const auto& [slice, begun] = state.lineage;
  return Value(
      Value::Items{text(slice), text(begun.sender), whole(begun.seq), whole(state.digest)});
}
Value write(const EntryPtr& entry) { return messageOf(*entry); }
Value write(const SliceState& slice) {
  ObjectBuilder object;
  object.set("slice", text(slice.slice));
  object.set("since", whole(slice.since));
  object.set("lineage", write(slice.lineage));
  object.set("state", slice.state);
  return std::move(object).build();
}

Value write(const Key& name) { return text(name); }

template <typename T>
Value writeAll(const std::vector<T>& things) {
  Value::Items items;
  items.reserve(things.size());
  for (const auto& thing : things) items.push_back(write(thing));
  return Value(std::move(items));
}

template <typename T>
void setAll(ObjectBuilder& object, std::string_view name, const std::vector<T>& things) {
  if (!things.empty()) object.set(name, writeAll(things));
}

// ── reading ─────────────────────────────────────────────────────────────────────────────────────

// Reads the parts of one message; after a failure what it returns is of no use.
class Reader {
 public:
  bool ok() const { return ok_; }
  void fail() { ok_ = false; }

  std::uint64_t whole(const Value* value) {
    const bool is = value != nullptr && value->isNumber() && value->number() >= 0 &&
                    value->number() <= kMostWhole && value->number() == std::trunc(value->number());
    if (!is) fail();
    return is ? static_cast<std::uint64_t>(value->number()) : 0;
  }
  double clock(const Value* value) {
    const bool is = value != nullptr && value->isNumber() && std::isfinite(value->number()) &&
                    value->number() >= 0;
    if (!is) fail();
    return is ? value->number() : 0;
  }
  Key text(const Value* value) {
    Key key = textOrNone(value);
    if (!key) fail();
    return key;
  }
  Key textOrNone(const Value* value) {
    if (value == nullptr || !value->isString() || value->string().size() > kLongestName) {
      fail();
      return {};
    }
    return value->string().empty() ? Key() : Key(value->string());
  }
  bool flag(const Value* value) {
    if (value != nullptr && !value->isBoolean()) fail();
    return value != nullptr && value->isBoolean() && value->boolean();
  }
  // The element of an array that has just so many; nullptr otherwise.
  const Value* part(const Value* array, std::size_t index, std::size_t size) {
    const bool is = array != nullptr && array->isArray() && array->items().size() == size;
    if (!is) fail();
    return is ? &array->items()[index] : nullptr;
  }
  template <typename T, typename ReadOne>
  std::vector<T> all(const Value* array, const ReadOne& readOne) {
    std::vector<T> things;
    if (array == nullptr) return things;
    if (!array->isArray() || array->items().size() > kMostListed) fail();
    if (!ok()) return things;
    for (const auto& item : array->items()) {
      things.push_back(readOne(&item));
      if (!ok()) break;
    }
    return things;
  }

  Point point(const Value* value) {
    return {whole(part(value, 0, 3)), whole(part(value, 1, 3)), textOrNone(part(value, 2, 3))};
  }
  EntryId id(const Value* value) {
    return {textOrNone(part(value, 0, 2)), whole(part(value, 1, 2))};
  }
  Run run(const Value* value) {
    Run run{text(part(value, 0, 3)), whole(part(value, 1, 3)), whole(part(value, 2, 3))};
    if (run.first == 0 || run.last < run.first) fail();
    return run;
  }
  Segment segment(const Value* value) {
    return {whole(part(value, 0, 3)), whole(part(value, 1, 3)), text(part(value, 2, 3))};
  }
  Mark mark(const Value* value) {
    Mark mark{whole(part(value, 0, 4)),
              {text(part(value, 1, 4)), whole(part(value, 2, 4)), whole(part(value, 3, 4))}};
    if (mark.run.first == 0 || mark.run.last < mark.run.first) fail();
    return mark;
  }
  Covered::Row row(const Value* value) {
    Covered::Row row{
        text(part(value, 0, 4)), whole(part(value, 1, 4)), {}, whole(part(value, 2, 4))};
    std::uint64_t before = 0;
    row.holes = all<Run>(part(value, 3, 4), [&](const Value* hole) {
      Run run{row.sender, whole(part(hole, 0, 2)), whole(part(hole, 1, 2))};
      if (run.first <= before || run.last < run.first || run.last > row.highest) fail();
      before = run.last;
      return run;
    });
    if (row.holes.size() > Covered::kMostHoles) fail();
    return row;
  }
  Lineage lineage(const Value* value) {
    return {text(part(value, 0, 3)), {text(part(value, 1, 3)), whole(part(value, 2, 3))}};
  }
  StateDigest digest(const Value* value) {
    const EntryId begun{text(part(value, 1, 4)), whole(part(value, 2, 4))};
    return {{text(part(value, 0, 4)), begun}, whole(part(value, 3, 4))};
  }
  EntryPtr entry(const Value* value) {
    auto read = readEntry(*value);
    if (!read) fail();
    return read ? std::move(read).value() : nullptr;
  }
  SliceState slice(const Value* value) {
    const auto field = [&](const char* name) {
      return value->isObject() ? value->find(Key(name)) : nullptr;
    };
    SliceState slice{text(field("slice")), whole(field("since")), id(field("lineage")), {}};
    const Value* const state = field("state");
    if (state == nullptr) fail();
    if (state != nullptr) slice.state = *state;
    return slice;
  }

 private:
  bool ok_ = true;
};

std::optional<MessageKind> kindOf(const Value* value) {
  if (value == nullptr || !value->isString()) return std::nullopt;
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i] == value->string()) return static_cast<MessageKind>(i);
  }
  return std::nullopt;
}

bool isRising(const std::vector<Segment>& segments) {
  for (std::size_t i = 1; i < segments.size(); ++i) {
    if (segments[i].first <= segments[i - 1].first) return false;
  }
  return true;
}

bool isRising(const std::vector<Mark>& marks) {
  for (std::size_t i = 1; i < marks.size(); ++i) {
    if (marks[i].place < marks[i - 1].place) return false;
  }
  return true;
}

Error noMessage() { return {ErrorCode::Undecodable, "this is no message of a log"}; }

std::shared_ptr<Entry> beginningOf(const Value& message, Reader& reader) {
  const auto field = [&](const char* name) { return message.find(Key(name)); };
  auto entry = std::make_shared<Entry>();
  entry->id = {reader.text(field("row")), reader.whole(field("seq"))};
  if (reader.ok() && !isOfBeginnings(entry->id.sender)) reader.fail();
  entry->clock = reader.clock(field("clock"));
  entry->after =
      reader.all<EntryId>(field("after"), [&](const Value* id) { return reader.id(id); });
  if (entry->after.size() > kMostCauses) reader.fail();
  Beginning beginning{reader.text(field("begin")), {}, reader.whole(field("seed"))};
  if (const Value* const replaced = field("replaces")) beginning.replaces = reader.id(replaced);
  if (!reader.ok() || entry->id.seq == 0) return nullptr;
  entry->beginning = std::move(beginning);
  return entry;
}

}  // namespace

namespace {

std::shared_ptr<Entry> entryOf(const Envelope& envelope) {
  auto entry = std::make_shared<Entry>();
  entry->id = {Key(envelope.sender.view()), envelope.seq};
  entry->clock = envelope.clock;
  entry->isRepaired = envelope.after.has_value();
  if (envelope.after) {
    for (const auto& [row, seq] : *envelope.after) entry->after.push_back({Key(row.view()), seq});
  }
  entry->first = envelope.first;
  return entry;
}

// Nothing where it does not hold.
std::shared_ptr<Entry> read(const Value& message) {
  if (message.isObject() && message.find(Key("begin")) != nullptr) {
    Reader reader;
    auto entry = beginningOf(message, reader);
    return reader.ok() ? entry : nullptr;
  }
  auto envelope = readEnvelope(message);
  if (!envelope || envelope.value().seq == 0 ||
      isOfBeginnings(Key(envelope.value().sender.view()))) {
    return nullptr;
  }
  return entryOf(envelope.value());
}

}  // namespace

EntryPtr entryOf(const Envelope& envelope, std::span<const std::uint8_t> message) {
  auto entry = entryOf(envelope);
  entry->message.assign(message.begin(), message.end());
  entry->bytes = message.size();
  return entry;
}

Result<EntryPtr> readEntry(const Value& message, std::size_t bytes) {
  auto entry = read(message);
  if (entry == nullptr) return noMessage();
  entry->message = encode(message);
  entry->bytes = bytes == 0 ? entry->message.size() : bytes;
  return EntryPtr(std::move(entry));
}

Value beginningMessage(const Entry& entry) {
  ObjectBuilder object;
  object.set("begin", text(entry.beginning->slice));
  object.set("row", text(entry.id.sender));
  object.set("seq", whole(entry.id.seq));
  object.set("clock", Value(entry.clock));
  object.set("after", writeAll(entry.after));
  if (entry.beginning->replaces) object.set("replaces", write(entry.beginning->replaces));
  object.set("seed", whole(entry.beginning->seed));
  return std::move(object).build();
}

namespace {

// Whether what is settled is as much as its base and head say.
bool isStretch(const Message& message) {
  const auto count = countOf(message.runs);
  return count <= kMostListed && message.head.n >= message.base.n &&
         message.head.n - message.base.n == count;
}

}  // namespace

Result<Message> readMessage(const Value& value) {
  if (!value.isObject()) return noMessage();
  const auto field = [&](const char* name) { return value.find(Key(name)); };
  const auto kind = kindOf(field("kind"));
  Reader reader;
  if (!kind || reader.whole(field("isthmusLog")) != 1) return noMessage();
  Message message{.kind = *kind, .from = reader.text(field("from"))};
  if (const Value* const to = field("to")) message.to = reader.text(to);
  message.head = reader.point(field("head"));
  message.isKeeper = reader.flag(field("keeper"));
  message.isJoining = reader.flag(field("joining"));
  message.asks = reader.flag(field("ask"));
  message.entries =
      reader.all<EntryPtr>(field("entries"), [&](const Value* each) { return reader.entry(each); });
  message.runs =
      reader.all<Run>(field("runs"), [&](const Value* each) { return reader.run(each); });
  if (const Value* const base = field("base")) message.base = reader.point(base);
  message.segments = reader.all<Segment>(field("segments"),
                                         [&](const Value* each) { return reader.segment(each); });
  message.lost =
      reader.all<Mark>(field("lost"), [&](const Value* each) { return reader.mark(each); });
  if (const Value* const stable = field("stable")) message.stable = reader.whole(stable);
  if (const Value* const place = field("forget")) message.forgotten = reader.whole(place);
  message.covered = reader.all<Covered::Row>(field("covered"),
                                             [&](const Value* each) { return reader.row(each); });
  message.lineages = reader.all<Lineage>(field("lineages"),
                                         [&](const Value* each) { return reader.lineage(each); });
  message.slices = reader.all<SliceState>(field("slices"),
                                          [&](const Value* each) { return reader.slice(each); });
  message.digests = reader.all<StateDigest>(field("digests"),
                                            [&](const Value* each) { return reader.digest(each); });
  message.names =
      reader.all<Key>(field("names"), [&](const Value* each) { return reader.text(each); });
  if (message.names.size() > kMostNames) reader.fail();
  if (const Value* const slice = field("slice")) message.slice = reader.text(slice);
  if (const Value* const lineage = field("lineage")) message.lineage = reader.id(lineage);
  if (const Value* const point = field("point")) message.point = reader.point(point);
  if (const Value* const state = field("state")) message.state = *state;
  const bool settles =
      *kind == MessageKind::Cut || *kind == MessageKind::Delta || *kind == MessageKind::Snapshot;
  const bool isOfSlice = *kind == MessageKind::Want || *kind == MessageKind::Slice;
  const bool isSound = reader.ok() && isRising(message.segments) && isRising(message.lost) &&
                       (!settles || isStretch(message)) && (!isOfSlice || message.slice);
  if (!isSound) return noMessage();
  return message;
}

Value toValue(const Message& message) {
  ObjectBuilder object;
  object.set("isthmusLog", Value(1.0));
  object.set("kind", Value(kKinds[static_cast<std::size_t>(message.kind)]));
  object.set("from", text(message.from));
  if (message.to) object.set("to", text(message.to));
  object.set("head", write(message.head));
  if (message.isKeeper) object.set("keeper", Value(true));
  if (message.isJoining) object.set("joining", Value(true));
  if (message.asks) object.set("ask", Value(true));
  setAll(object, "entries", message.entries);
  setAll(object, "runs", message.runs);
  if (message.base.n > 0) object.set("base", write(message.base));
  setAll(object, "segments", message.segments);
  setAll(object, "lost", message.lost);
  if (message.stable > 0) object.set("stable", whole(message.stable));
  if (message.forgotten > 0) object.set("forget", whole(message.forgotten));
  setAll(object, "covered", message.covered);
  setAll(object, "lineages", message.lineages);
  setAll(object, "slices", message.slices);
  setAll(object, "digests", message.digests);
  setAll(object, "names", message.names);
  if (message.slice) object.set("slice", text(message.slice));
  if (message.lineage) object.set("lineage", write(message.lineage));
  if (message.point.n > 0) object.set("point", write(message.point));
  if (message.kind == MessageKind::Slice) object.set("state", message.state);
  return std::move(object).build();
}

std::vector<Run> runsOf(std::span<const EntryPtr> entries) {
  std::vector<Run> runs;
  for (const auto& entry : entries) {
    const auto& [sender, seq] = entry->id;
    if (!runs.empty() && runs.back().sender == sender && runs.back().last + 1 == seq) {
      runs.back().last = seq;
    } else {
      runs.push_back({sender, seq, seq});
    }
  }
  return runs;
}

std::uint64_t countOf(std::span<const Run> runs) {
  std::uint64_t count = 0;
  for (const auto& run : runs) {
    count = std::min(count + (run.last - run.first + 1), std::uint64_t{1} << 63U);
  }
  return count;
}

std::vector<EntryId> idsOf(std::span<const Run> runs) {
  std::vector<EntryId> ids;
  for (const auto& run : runs) {
    for (auto seq = run.first; seq <= run.last; ++seq) ids.push_back({run.sender, seq});
  }
  return ids;
}

}  // namespace isthmus
