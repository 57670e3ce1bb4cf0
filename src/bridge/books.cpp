#include "bridge/books.h"

#include "bridge/bridge.h"

namespace isthmus {
namespace {

void save(Writer& writer, const std::vector<Unsettled>& all) {
  saveCount(writer, all.size());
  for (const auto& message : all) {
    save(writer, message.stamp);
    writer.text(message.type.view());
    saveCount(writer, message.lastWins ? 1 : 0);
  }
}

void load(std::vector<Unsettled>& all, Loader& from) {
  from.each([&] {
    Unsettled& message = all.emplace_back();
    message.stamp = loadStamp(from);
    message.type = from.text();
    message.lastWins = from.flag();
  });
}

}  // namespace

Books::Books(const BridgeOptions& options)
    : counters(options.types),
      accepted(options.senders, options.window),
      gaps(options.senders),
      rejects(options.senders, options.rejects),
      legacyRejects(1, options.rejects),
      parked(options.park),
      heard(options.senders, options.window) {}

void save(Writer& writer, const Books& books) {
  books.counters.save(writer);
  books.accepted.save(writer);
  books.gaps.save(writer);
  books.rejects.save(writer);
  books.legacyRejects.save(writer);
  books.lastApplied.save(writer);
  books.parked.save(writer);
  save(writer, books.unsettled);
  books.heard.save(writer);
  saveNumber(writer, books.nextSeq);
  writer.float64(books.clock);
  saveCount(writer, books.listed.size());
  for (const auto& type : books.listed) writer.text(type.text());
}

Result<Books> load(Reader& reader, const BridgeOptions& options) {
  Books books(options);
  Loader from(reader);
  books.counters.load(from);
  books.accepted.load(from);
  books.gaps.load(from);
  books.rejects.load(from);
  books.legacyRejects.load(from);
  books.lastApplied.load(from);
  books.parked.load(from);
  load(books.unsettled, from);
  books.heard.load(from);
  books.nextSeq = from.number();
  books.clock = from.time();
  from.each([&] { books.listed.emplace_back(from.text()); });
  auto status = from.status();
  if (!status) return std::move(status.error());
  return books;
}

}  // namespace isthmus
