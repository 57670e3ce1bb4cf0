#include "log/saved_books.h"

#include "native/log/log_fixture.h"

using namespace isthmus;

namespace {

// Of a tab with something of everything: dropped, settled, tentative, a hole and a slice.
Log::Books someBooks() {
  LogTabs tabs;
  auto& a = tabs.open("a", true, 1);
  auto& b = tabs.open("b", true, 1);
  for (int i = 0; i < 3; ++i) tabs.act(b, R"({ "type": "notes/inc" })");
  tabs.pass(3000);
  b.log.learn(entryOf("gone", 5, 1'003'000), tabs.now());
  tabs.pass(6000);
  tabs.act(a, R"({ "type": "notes/add", "payload": "x" })");
  return a.log.books();
}

Bytes saved(const Log::Books& books) {
  Bytes bytes;
  Encoder encoder(bytes);
  save(encoder, books);
  return bytes;
}

}  // namespace

TEST_CASE("books are read as they were written") {
  const auto books = someBooks();
  REQUIRE(books.order.base().n > 0);
  REQUIRE_FALSE(books.order.tentative().empty());
  const Bytes bytes = saved(books);
  Decoder decoder(bytes, {});
  const auto read = load(decoder);
  REQUIRE(read.ok());
  CHECK(decoder.atEnd());
  CHECK(saved(read.value()) == bytes);
  CHECK(textOf(read.value().order) == textOf(books.order));
  CHECK(read.value().order.head() == books.order.head());
  CHECK(read.value().order.bytes() == books.order.bytes());
}

TEST_CASE("books that are cut off anywhere are not read") {
  const Bytes bytes = saved(someBooks());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Decoder decoder({bytes.data(), size}, {});
    CHECK_FALSE(load(decoder).ok());
  }
}
