#include "value/codec.h"

#include <cmath>
#include <limits>
#include <memory>

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

// Decodes from a heap block of exactly the input's size, so that ASan sees one byte too many.
Result<Value> decodeExactly(std::span<const std::uint8_t> bytes, const Limits& limits = {}) {
  const auto block = std::make_unique<std::uint8_t[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), block.get());
  return decode({block.get(), bytes.size()}, limits);
}

Value number(double value) { return Value(value); }

constexpr std::string_view kSample =
    R"({ "id": 7, "text": "é😀", "list": [null, true, false, -1, 0.5, [], {}], "0": { "a": "b" } })";

}  // namespace

TEST_CASE("a value comes out of its bytes as it went in") {
  const std::string_view values[] = {"null",
                                     "true",
                                     "false",
                                     "0",
                                     "-0.0",
                                     "1",
                                     "-1",
                                     "63",
                                     "64",
                                     "-64",
                                     "-65",
                                     "2147483647",
                                     "-2147483648",
                                     "2147483648",
                                     "-2147483649",
                                     "9007199254740991",
                                     "0.1",
                                     "5e-324",
                                     "1.7976931348623157e308",
                                     R"("")",
                                     R"("text")",
                                     R"("é😀")",
                                     "[]",
                                     "{}",
                                     "[[[[]]]]",
                                     R"({ "": { "__proto__": [1] }, "2": 0, "10": 1 })",
                                     kSample};
  for (const auto& json : values) {
    CAPTURE(json);
    const Value value = parseJson(json).value();
    const auto read = decodeExactly(encode(value));
    REQUIRE(read.ok());
    CHECK(equal(read.value(), value));
  }
}

TEST_CASE("integers of 32 bits are short and -0 is not one of them") {
  const std::pair<double, Bytes> cases[] = {
      {0, {3, 0}},
      {1, {3, 2}},
      {-1, {3, 1}},
      {63, {3, 126}},
      {64, {3, 0x80, 1}},
      {2147483647, {3, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F}},
      {-64, {3, 127}},
      {-65, {3, 0x81, 1}},
      {-2147483648.0, {3, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F}},
      {-0.0, {4, 0, 0, 0, 0, 0, 0, 0, 0x80}},
      {0.5, {4, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F}},
  };
  for (const auto& [value, bytes] : cases) {
    CAPTURE(value);
    CHECK(encode(number(value)) == bytes);
    CHECK(decodeExactly(bytes).value().identical(number(value)));
  }
}

TEST_CASE("a string keeps lone surrogates, and malformed WTF-8 is undecodable") {
  const std::pair<std::string_view, bool> cases[] = {
      {"\xED\xA0\x80", true}, {"a\xED\xB0\x80z", true}, {"\xED\xA0\x80\xED\xB0\x80", false},
      {"\xC0\x80", false},    {"\xFF", false},          {"\xE2\x82", false},
  };
  for (const auto& [text, valid] : cases) {
    CAPTURE(valid);
    const Value asString(text);
    const auto string = decodeExactly(encode(asString));
    REQUIRE(string.ok() == valid);
    if (valid) CHECK(string.value().string() == text);
    if (!valid) CHECK(toString(string.error().code) == "undecodable");
    const Value asKey(Value::Members{{Key(text), Value()}});
    CHECK(decodeExactly(encode(asKey)).ok() == valid);
  }
}

TEST_CASE("bytes that are not exactly one value are undecodable") {
  const std::pair<Bytes, std::string_view> cases[] = {
      {{}, "nothing"},
      {{0, 0}, "a byte after the value"},
      {{8, 0, 0, 0, 0, 0, 0, 0, 0}, "a reference, which only JavaScript reads"},
      {{9, 0, 0, 0, 0, 0, 0, 0, 0, 0}, "a shown array"},
      {{11}, "an unknown tag"},
      {{255}, "the last tag"},
      {{3, 0xFF, 0xFF, 0xFF, 0xFF, 0x1F}, "an integer of 33 bits"},
      {{3, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00}, "an integer of six bytes"},
      {{4, 0, 0, 0, 0, 0, 0, 0xF0, 0x7F}, "an infinity"},
      {{4, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F}, "a NaN"},
      {{5, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 'a'}, "a string longer than the input"},
      {{6, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0}, "an array longer than the input"},
      {{7, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0}, "an object longer than the input"},
      {{7, 1, 6, 0}, "a key that is no string"},
  };
  for (const auto& [bytes, what] : cases) {
    CAPTURE(what);
    const auto value = decodeExactly(bytes);
    REQUIRE_FALSE(value.ok());
    CHECK(toString(value.error().code) == "undecodable");
    CHECK_FALSE(value.error().message.empty());
  }
}

TEST_CASE("an error names the place inside the value") {
  const Value value = R"({ "list": [1, { "x/y": "text" }] })"_json;
  Bytes bytes = encode(value);
  bytes[bytes.size() - 1] = 0xFF;
  const auto read = decodeExactly(bytes);
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().where == "/list/1/x~1y");
}

TEST_CASE("a value cut off anywhere is undecodable and never read beyond its end") {
  const Bytes bytes = encode(parseJson(kSample).value());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    const auto read = decodeExactly({bytes.data(), size});
    REQUIRE_FALSE(read.ok());
    CHECK(toString(read.error().code) == "undecodable");
  }
}

TEST_CASE("a value with any one byte changed is a value or an error") {
  const Bytes bytes = encode(parseJson(kSample).value());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const unsigned change : {0x01U, 0x7FU, 0x80U, 0xFFU}) {
      CAPTURE(at);
      CAPTURE(change);
      Bytes changed = bytes;
      changed[at] = static_cast<std::uint8_t>(changed[at] ^ change);
      const auto read = decodeExactly(changed);
      if (read) CHECK(equal(decode(encode(read.value())).value(), read.value()));
    }
  }
}

TEST_CASE("a repeated key keeps the last value, as in JavaScript") {
  const Bytes bytes{7, 2, 1, 'a', 3, 2, 1, 'a', 3, 4};
  CHECK(toJson(decodeExactly(bytes).value()) == R"({"a":2})");
}

TEST_CASE("a value at its limits is read, and beyond any of them refused") {
  const Limits limits{.depth = 2, .entries = 3, .stringBytes = 4};
  for (const std::string_view json :
       {"[[]]", R"([{ "a": 1 }])", "[1, 2, 3]", "[[1, 2]]", R"("abcd")", R"({ "abcd": 1 })"}) {
    CAPTURE(json);
    CHECK(decodeExactly(encode(parseJson(json).value()), limits).ok());
  }
  for (const std::string_view json : {"[[[]]]", R"([[{ "a": 1 }]])", "[1, 2, 3, 4]", "[[1, 2, 3]]",
                                      R"("abcde")", R"({ "abcde": 1 })"}) {
    CAPTURE(json);
    const auto read = decodeExactly(encode(parseJson(json).value()), limits);
    REQUIRE_FALSE(read.ok());
    CHECK(toString(read.error().code) == "limit-exceeded");
  }
}

TEST_CASE("nesting beyond the limit stops before it fills the stack") {
  Bytes bytes;
  for (int i = 0; i < 1'000'000; ++i) bytes.insert(bytes.end(), {6, 1});
  bytes.push_back(0);
  const auto read = decodeExactly(bytes);
  REQUIRE_FALSE(read.ok());
  CHECK(toString(read.error().code) == "limit-exceeded");
}

TEST_CASE("a decoder takes several values in a row and knows when it is at the end") {
  Bytes bytes;
  Encoder encoder(bytes);
  encoder.text("key");
  encoder.varint(300);
  encoder.float64(-0.0);
  encoder.value("[1]"_json);
  Decoder decoder(bytes, {});
  CHECK(decoder.text().value() == "key");
  CHECK(decoder.varint().value() == 300);
  CHECK(std::signbit(decoder.float64().value()));
  CHECK_FALSE(decoder.atEnd());
  CHECK(toJson(decoder.value().value()) == "[1]");
  CHECK(decoder.atEnd());
  CHECK_FALSE(decoder.value().ok());
  CHECK_FALSE(decoder.text().ok());
  CHECK_FALSE(decoder.float64().ok());
}
