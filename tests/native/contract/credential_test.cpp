#include "contract/credential.h"

#include <string>

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

namespace {

// { "alg": "HS256", "typ": "JWT" } . { "sub": "1" } . a signature
const std::string kHeader = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
const std::string kJwt = kHeader + ".eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

bool found(const std::string& text) { return holdsCredential(Value(text)); }

}  // namespace

TEST_CASE("a JWT is found alone and in a longer text") {
  CHECK(found(kJwt));
  CHECK(found("https://example.org/?id_token=" + kJwt + "&x=1"));
  CHECK(found("a.b.c " + kJwt));
  CHECK(found("v1." + kJwt));
  CHECK(found(kHeader + ".eyJzdWIiOiIxIn0."));                   // without a signature
  CHECK(found("ewogICJhbGciOiAibm9uZSIKfQ.eyJzdWIiOiIxIn0.x"));  // a header of several lines
  CHECK(found(kHeader + ".a.b.c.d"));                            // encrypted: five parts
}

TEST_CASE("what only has the dots of a JWT is none") {
  for (const std::string& text : {
           std::string("www.example.org"),
           std::string("1.2.3"),
           std::string("a.b.c"),
           std::string("..."),
           kHeader,
           kHeader + ".payload",
           kHeader + "..x",
           kHeader + ".pay load.x",
           std::string("eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiIxIn0.x"),  // { "typ": "JWT" }
           std::string("WyJhbGciXQ.eyJzdWIiOiIxIn0.x"),          // ["alg"]
           std::string("eyJhIjoiXCJhbGcifQ.e30.x"),
       }) {
    CAPTURE(text);
    CHECK_FALSE(found(text));
  }
}

TEST_CASE("a bearer token is found by its form, and a shorter one where it is the whole text") {
  for (const char* const text :
       {"Bearer hunter2", " BEARER  a.b-c_d~e+f/g== ", "Authorization: Bearer 0123456789abcdef",
        "curl -H 'Bearer abcdefgh12345678' x"}) {
    CAPTURE(text);
    CHECK(found(text));
  }
  for (const char* const text :
       {"Bearer", "Bearer ", "Bearer abc", "Bearer of bad news", "the bearer bond", "forbearer abc",
        "a bearer responsibilities", "the bearer hunter2", "Bearer: abc"}) {
    CAPTURE(text);
    CHECK_FALSE(found(text));
  }
}

TEST_CASE("basic credentials are the base64 of a text with a colon") {
  CHECK(found("Basic dXNlcjpwYXNz"));                  // user:pass
  CHECK(found("basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));  // Aladdin:open sesame
  CHECK(found("Authorization: Basic dXNlcjpwYXNz"));
  for (const char* const text : {"Basic subscription", "Basic plan", "basic dXNlcg==", "Basic",
                                 "basic income for all", "Basic ++++"}) {
    CAPTURE(text);
    CHECK_FALSE(found(text));
  }
}

TEST_CASE("a credential is found at any depth, and as a key") {
  const Value payload =
      parseJson(R"({ "a": [{ "b": [1, null, true, ")" + kJwt + R"("] }] })").value();
  CHECK(holdsCredential(payload));
  CHECK(holdsCredential(parseJson("{ \"" + kJwt + "\": 1 }").value()));
  CHECK_FALSE(holdsCredential(R"({ "a": [{ "b": ["x", 1.5, null] }] })"_json));
}

// A second look at what was passed over would take minutes here.
TEST_CASE("a text of a megabyte is looked at in linear time") {
  const std::string spaces(500'000, ' ');
  for (const char* const part : {".", "a.", "bearer ", "Basic a ", "eyJ.", "bearer x \t",
                                 "eyJhbGciOjF9.", "Bearer abcdefghijklmnop.", "basic dXNlcg== "}) {
    CAPTURE(part);
    std::string text;
    while (text.size() < 500'000) text += part;
    for (const auto& whole : {text + text, "x" + spaces + text, text + spaces + "x"}) {
      CHECK(found("." + whole + "'") == (std::string_view(part) == "eyJhbGciOjF9."));
    }
  }
}

TEST_CASE("what is found is named with its place, of which no credential is part") {
  const auto where = [](const std::string& json) {
    const auto credential = findCredential(parseJson(json).value());
    REQUIRE(credential.has_value());
    return toPointer(credential->path) + ": " + std::string(credential->kind);
  };
  CHECK(where("{ \"a\": [0, { \"b/c\": \"" + kJwt + "\" }] }") == "/a/1/b~1c: a JSON Web Token");
  CHECK(where("{ \"a\": { \"Bearer hunter2\": 1 } }") == "/a: a bearer token");
  CHECK(where("\"Basic dXNlcjpwYXNz\"") == ": basic credentials");
}

TEST_CASE("parts that are known to be innocent are not looked at, all others are") {
  const Value innocent = R"({ "a": ["x", { "b": "y" }], "c": 1 })"_json;
  const auto foundBeside = [&](const std::string& json) {
    return holdsCredential(parseJson(json).value(), innocent);
  };
  CHECK_FALSE(holdsCredential(innocent, innocent));
  CHECK_FALSE(foundBeside(R"({ "a": ["x", { "b": "z" }], "c": 2 })"));
  CHECK(foundBeside(R"({ "a": ["x", { "b": ")" + kJwt + R"(" }], "c": 1 })"));
  CHECK(foundBeside(R"({ "a": ["x", { "b": "y" }, ")" + kJwt + R"("], "c": 1 })"));
  CHECK(foundBeside(R"({ "a": ["x", { "b": "y" }], ")" + kJwt + R"(": 1 })"));
  CHECK(foundBeside(R"({ "a": ["x", { "b": "y" }], "c": 1, ")" + kJwt + R"(": 1 })"));
  CHECK(foundBeside(R"([")" + kJwt + R"("])"));
  const Value guilty = Value(kJwt);
  CHECK_FALSE(holdsCredential(guilty, guilty));  // the caller has said so
}
