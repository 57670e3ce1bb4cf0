#include "log/saved_books.h"

#include <string_view>
#include <utility>

namespace isthmus {
namespace {

// ── writing ──

void text(Encoder& encoder, const Key& key) {
  encoder.text(key ? std::string_view(key.text()) : std::string_view());
}

void save(Encoder& encoder, const Point& point) {
  saveNumber(encoder, point.n);
  saveNumber(encoder, point.epoch);
  text(encoder, point.keeper);
}

void save(Encoder& encoder, const EntryId& id) {
  text(encoder, id.sender);
  saveNumber(encoder, id.seq);
}

void save(Encoder& encoder, const Run& run) {
  text(encoder, run.sender);
  saveNumber(encoder, run.first);
  saveNumber(encoder, run.last);
}

void save(Encoder& encoder, const Covered::Row& row) {
  text(encoder, row.sender);
  saveNumber(encoder, row.highest);
  saveNumber(encoder, row.latest);
  saveCount(encoder, row.holes.size());
  for (const auto& hole : row.holes) save(encoder, hole);
}

void save(Encoder& encoder, const Lineage& lineage) {
  text(encoder, lineage.slice);
  save(encoder, lineage.begun);
}

void save(Encoder& encoder, const Segment& segment) {
  saveNumber(encoder, segment.first);
  saveNumber(encoder, segment.epoch);
  text(encoder, segment.keeper);
}

void save(Encoder& encoder, const Mark& mark) {
  saveNumber(encoder, mark.place);
  save(encoder, mark.run);
}

void save(Encoder& encoder, const EntryPtr& entry) {
  saveCount(encoder, entry->bytes);
  encoder.encoded(entry->message);
}

void save(Encoder& encoder, const Tentative& tentative) {
  encoder.float64(tentative.since);
  save(encoder, tentative.entry);
}

void save(Encoder& encoder, const Log::Start& start) {
  text(encoder, start.slice);
  saveNumber(encoder, start.since);
  save(encoder, start.cell.lineage);
  saveCount(encoder, start.cell.isValid ? 1 : 0);
  encoder.value(start.cell.state);
}

void save(Encoder& encoder, const Log::Seed& seed) {
  text(encoder, seed.slice);
  encoder.value(seed.state);
  saveNumber(encoder, seed.digest);
  encoder.float64(seed.clock);
}

template <typename T>
void saveAll(Encoder& encoder, const std::vector<T>& things) {
  saveCount(encoder, things.size());
  for (const auto& thing : things) save(encoder, thing);
}

void save(Encoder& encoder, const Order& order) {
  save(encoder, order.base());
  saveAll(encoder, order.coveredAtBase().rows());
  saveAll(encoder, order.lineagesAtBase());
  saveAll(encoder, order.segments());
  saveAll(encoder, order.marks());
  saveAll(encoder, order.settled());
  saveAll(encoder, order.tentative());
}

// ── reading ──

Key loadKey(Loader& from) {
  const auto text = from.text();
  return text.empty() ? Key() : Key(text);
}

Point loadPoint(Loader& from) {
  Point point{from.number(), from.number()};
  point.keeper = loadKey(from);
  return point;
}

EntryId loadId(Loader& from) {
  Key sender = loadKey(from);
  return {std::move(sender), from.number()};
}

Run loadRun(Loader& from) {
  Run run{loadKey(from), from.number()};
  run.last = from.number();
  return run;
}

Covered::Row loadRow(Loader& from) {
  Covered::Row row{loadKey(from), from.number()};
  row.latest = from.number();
  from.each([&] { row.holes.push_back(loadRun(from)); });
  return row;
}

Segment loadSegment(Loader& from) {
  Segment segment{from.number(), from.number()};
  segment.keeper = loadKey(from);
  return segment;
}

Value loadValue(Loader& from) {
  auto value = from.decoder().value();
  if (!value) from.fail();
  return value ? std::move(value).value() : Value();
}

EntryPtr loadEntry(Loader& from) {
  const auto bytes = from.count();
  auto entry = readEntry(loadValue(from), bytes);
  if (!entry) from.fail();
  return entry ? std::move(entry).value() : nullptr;
}

Log::Start loadStart(Loader& from) {
  Log::Start start{loadKey(from), from.number()};
  start.cell.lineage = loadId(from);
  start.cell.isValid = from.flag();
  start.cell.state = loadValue(from);
  return start;
}

Point headOf(const Point& base, const std::vector<EntryPtr>& settled,
             const std::vector<Segment>& segments) {
  if (segments.empty()) return base;
  return {base.n + settled.size(), segments.back().epoch, segments.back().keeper};
}

void loadOrder(Order& order, Loader& from) {
  const Point base = loadPoint(from);
  Covered covered;
  from.each([&] { covered.put(loadRow(from)); });
  std::vector<Lineage> lineages;
  from.each([&] {
    Key slice = loadKey(from);
    lineages.push_back({std::move(slice), loadId(from)});
  });
  order.restart(base, std::move(covered), std::move(lineages), 0);
  Stretch stretch{base, base, {}, {}};
  from.each([&] { stretch.segments.push_back(loadSegment(from)); });
  from.each([&] {
    const Place place = from.number();
    stretch.marks.push_back({place, loadRun(from)});
  });
  std::vector<EntryPtr> settled;
  const auto insert = [&](double since) {
    auto entry = loadEntry(from);
    if (entry == nullptr || order.knows(entry->id)) return from.fail();
    settled.push_back(entry);
    order.insert(std::move(entry), since);
  };
  from.each([&] { insert(0); });
  const auto count = settled.size();
  from.each([&] { insert(from.time()); });
  settled.resize(count);
  if (!from.ok()) return;
  stretch.head = headOf(base, settled, stretch.segments);
  std::vector<EntryId> ids;
  ids.reserve(count);
  for (const auto& entry : settled) ids.push_back(entry->id);
  if (!order.takes(ids, stretch)) return from.fail();
  order.settle(settled, stretch);
}

}  // namespace

void save(Encoder& encoder, const Log::Books& books) {
  save(encoder, books.order);
  saveAll(encoder, books.starts);
  saveAll(encoder, books.seeds);
  saveNumber(encoder, books.made);
  saveNumber(encoder, books.beginnings);
  saveAll(encoder, books.learnt);
  saveNumber(encoder, books.epoch);
  encoder.float64(books.clock);
}

Result<Log::Books> load(Decoder& decoder) {
  Log::Books books;
  Loader from(decoder);
  loadOrder(books.order, from);
  from.each([&] { books.starts.push_back(loadStart(from)); });
  from.each([&] {
    Log::Seed seed{loadKey(from)};
    seed.state = loadValue(from);
    seed.digest = from.number();
    seed.clock = from.time();
    books.seeds.push_back(std::move(seed));
  });
  books.made = from.number();
  books.beginnings = from.number();
  from.each([&] { books.learnt.push_back(loadId(from)); });
  books.epoch = from.number();
  books.clock = from.time();
  auto status = from.status();
  if (!status) return std::move(status.error());
  return books;
}

}  // namespace isthmus
