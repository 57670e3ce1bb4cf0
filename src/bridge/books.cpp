#include "bridge/books.h"

#include "bridge/bridge.h"

namespace isthmus {
namespace {

void save(Encoder& encoder, const std::vector<Unsettled>& all) {
  saveCount(encoder, all.size());
  for (const auto& message : all) {
    save(encoder, message.stamp);
    encoder.text(message.type.view());
    saveCount(encoder, message.lastWins ? 1 : 0);
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

void save(Encoder& encoder, const Books& books) {
  books.counters.save(encoder);
  books.accepted.save(encoder);
  books.gaps.save(encoder);
  books.rejects.save(encoder);
  books.legacyRejects.save(encoder);
  books.lastApplied.save(encoder);
  books.parked.save(encoder);
  save(encoder, books.unsettled);
  books.heard.save(encoder);
  saveNumber(encoder, books.nextSeq);
  encoder.float64(books.clock);
  saveCount(encoder, books.listed.size());
  for (const auto& type : books.listed) encoder.text(type.text());
}

Result<Books> load(Decoder& decoder, const BridgeOptions& options) {
  Books books(options);
  Loader from(decoder);
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
