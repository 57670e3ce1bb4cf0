#include "contract/schema/uri.h"
#include "native/capture.h"

#include <doctest/doctest.h>

using namespace isthmus;

TEST_CASE("references are resolved as RFC 3986 does in its examples") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {";x", "http://a/b/c/;x"},
      {"g;x?y", "http://a/b/c/g;x?y"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
  };
  for (const auto& [reference, resolved] : cases) {
    CAPTURE(reference);
    CHECK(resolveUri("http://a/b/c/d;p?q", reference) == resolved);
  }
}

TEST_CASE("references are resolved against a base that is empty, opaque or without a path") {
  CHECK(resolveUri("", "node") == "node");
  CHECK(resolveUri("", "") == "");
  CHECK(resolveUri("urn:uuid:1", "") == "urn:uuid:1");
  CHECK(resolveUri("http://a", "b") == "http://a/b");
  CHECK(resolveUri("a/b", "c") == "a/c");
}

TEST_CASE("escapes become bytes, and malformed ones nothing") {
  CHECK(percentDecoded("a%20b%C3%A9").value() == "a b\xC3\xA9");
  for (const std::string_view text : {"%", "%2", "%zz", "%FF", "a%ED%A0"}) {
    CAPTURE(text);
    CHECK_FALSE(percentDecoded(text).has_value());
  }
}
