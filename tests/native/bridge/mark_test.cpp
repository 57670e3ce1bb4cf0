#include "bridge/mark.h"

#include "native/capture.h"
#include "native/value/json_literal.h"

using namespace isthmus;

TEST_CASE("only crossApp: true marks, and only the origin __bridged__ tells a bridged action") {
  struct Case {
    std::string_view action;
    bool marked;
    bool bridged;
  };
  const Case cases[] = {
      {R"({ "type": "t", "meta": { "crossApp": true } })", true, false},
      {R"({ "type": "t", "meta": { "crossApp": true, "origin": "__bridged__" } })", true, true},
      {R"({ "type": "t", "meta": { "origin": "__bridged__" } })", false, true},
      {R"({ "type": "t", "meta": { "crossApp": true, "origin": "isthmus:a:1" } })", true, false},
      {R"({ "type": "t", "meta": { "crossApp": 1, "origin": true } })", false, false},
      {R"({ "type": "t", "meta": { "crossApp": "true" } })", false, false},
      {R"({ "type": "t", "crossApp": true, "origin": "__bridged__" })", false, false},
      {R"({ "type": "t", "meta": [true] })", false, false},
      {R"({ "type": "t", "meta": null })", false, false},
      {R"({ "type": "t" })", false, false},
      {"[]", false, false},
      {"null", false, false},
  };
  for (const auto& [action, marked, bridged] : cases) {
    CAPTURE(action);
    CHECK(isMarked(parseJson(action).value()) == marked);
    CHECK(isBridged(parseJson(action).value()) == bridged);
  }
}

TEST_CASE("marking as bridged keeps the payload's node, the other fields and the rest of meta") {
  const Value action =
      R"({ "type": "t", "payload": [1], "error": true, "meta": { "id": 7, "crossApp": false } })"_json;
  const Value marked = markBridged(action);
  CHECK(toJson(marked) == R"({"type":"t","payload":[1],"error":true,)"
                          R"("meta":{"id":7,"crossApp":true,"origin":"__bridged__"}})");
  CHECK(marked.find(Key("payload"))->identical(*action.find(Key("payload"))));
  CHECK(toJson(markBridged(R"({ "type": "t" })"_json)) ==
        R"({"type":"t","meta":{"crossApp":true,"origin":"__bridged__"}})");
}
