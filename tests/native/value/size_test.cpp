#include "value/size.h"

#include "native/capture.h"
#include "native/value/json_literal.h"
#include "value/codec.h"

using namespace isthmus;

TEST_CASE(
    "a value is measured as a decoder would: the limits that hold, and the first that does not") {
  const Value value = R"({ "a": [1, [2, "text"]], "key": { "b": {} } })"_json;
  for (std::size_t depth = 0; depth < 5; ++depth) {
    for (std::size_t entries = 0; entries < 9; ++entries) {
      for (std::size_t text = 0; text < 6; ++text) {
        const Limits limits{depth, entries, text};
        CAPTURE(depth);
        CAPTURE(entries);
        CAPTURE(text);
        const auto read = decode(encode(value), limits);
        const auto status = checkSize(value, limits);
        REQUIRE(status.ok() == read.ok());
        if (!read.ok()) CHECK((status.error().code == read.error().code));
      }
    }
  }
  CHECK(checkSize(Value(), {0, 0, 0}).ok());
}
