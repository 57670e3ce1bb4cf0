#include "native/reducer/model/random_program.h"

namespace isthmus::model {

const char* RandomProgram::initialState() {
  return R"({
    "free": { "n": 0, "list": [1, [2], { "k": 3 }], "object": { "7": 1, "k": null, "3": [] } },
    "items": [{ "sku": "a", "q": 1 }, { "sku": 1, "q": 1 }, { "q": 2 }, 5],
    "people": { "ids": [], "entities": {}, "other": 1 },
    "ranks": { "ids": [], "entities": {} },
    "codes": { "ids": [], "entities": {} }
  })";
}

std::string RandomProgram::list(const std::string& open, const std::string& close, auto make) {
  std::string text = open;
  const auto count = below(ids_ / 4 + 3);
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + make();
  return text + close;
}

// Names, some of which are indices; whole numbers, some of which are none.
std::string RandomProgram::entityId(bool numbered) {
  const auto id = below(ids_);
  const std::string text = std::to_string(id);
  if (numbered) return (id % 5 == 4 ? "-" : "") + text;
  return (id % 3 == 0 ? "\"" : "\"k") + text + "\"";
}

std::string RandomProgram::changes(bool numbered) {
  std::string text = R"({"n":)" + std::to_string(below(3));
  if (below(2) == 0) text += R"(,"x":)" + std::to_string(below(3));
  if (below(6) == 0) text += R"(,"id":)" + entityId(numbered);
  return text + "}";
}

std::string RandomProgram::entity(bool numbered) {
  const std::string x = below(2) == 0 ? R"(,"x":)" + std::to_string(below(3)) : "";
  return R"({"id":)" + entityId(numbered) + R"(,"n":)" + std::to_string(below(3)) + x + "}";
}

std::string RandomProgram::update(bool numbered) {
  return R"({"id":)" + entityId(numbered) + R"(,"changes":)" + changes(numbered) + "}";
}

std::string RandomProgram::entityPayload(bool numbered) {
  const auto one = [&] { return entity(numbered); };
  const auto change = [&] { return update(numbered); };
  const auto id = [&] { return entityId(numbered); };
  return R"({"entity":)" + one() + R"(,"entities":)" + list("[", "]", one) + R"(,"update":)" +
         change() + R"(,"updates":)" + list("[", "]", change) + R"(,"id":)" + id() + R"(,"ids":)" +
         list("[", "]", id) + "}";
}

std::string RandomProgram::payload() {
  static constexpr const char* kSkus[] = {R"("a")", R"("b")", R"("1")", "1", "null", "true", "-0"};
  return R"({"n":)" + std::to_string(below(3)) + R"(,"key":)" + entityId(false) + R"(,"sku":)" +
         pick(kSkus) + R"(,"names":)" + entityPayload(false) + R"(,"numbers":)" +
         entityPayload(true) + "}";
}

std::string RandomProgram::path() {
  static constexpr const char* kPaths[] = {R"("/free/n")",
                                           R"("/free/list")",
                                           R"("/free/list/0")",
                                           R"("/free/list/1")",
                                           R"("/free/list/2/k")",
                                           R"("/free/object")",
                                           R"("/free/object/k")",
                                           R"("/free/object/3")",
                                           R"("/free/object/3/0")",
                                           R"("/free/missing")",
                                           R"("/free/missing/x")",
                                           R"("/free/9")",
                                           R"(["free","object",{"var":"payload.key"}])",
                                           R"(["free","list",{"var":"payload.n"}])",
                                           R"(["free",{"var":"payload.nothing"}])",
                                           R"("/items/0/q")",
                                           R"("/items/1")",
                                           R"("/items/0/sku")",
                                           R"("/people/entities/k1/n")"};
  return pick(kPaths);
}

std::string RandomProgram::rule() {
  static constexpr const char* kRules[] = {"1",
                                           R"("x")",
                                           "null",
                                           "[]",
                                           R"([1,{"var":"payload.n"}])",
                                           R"({"literal":{"k":{"k":1}}})",
                                           R"({"var":"payload.n"})",
                                           R"({"var":"payload.names.entity"})",
                                           R"({"var":"state.free.n"})",
                                           R"({"var":"item"})",
                                           R"({"var":"state.free.object"})",
                                           R"({"object":{"k":{"var":"payload.n"},"2":true}})",
                                           R"({"+":[{"var":"payload.n"},1]})",
                                           R"({"/":[1,{"var":"payload.n"}]})"};
  return pick(kRules);
}

std::string RandomProgram::test() {
  static constexpr const char* kTests[] = {R"({"===":[{"var":"item.q"},{"var":"payload.n"}]})",
                                           R"({">":[{"var":"item.n"},0]})",
                                           R"({"===":[{"var":"item.sku"},{"var":"payload.sku"}]})",
                                           R"({"<":[{"var":"payload.n"},2]})",
                                           "true",
                                           "false"};
  return pick(kTests);
}

std::string RandomProgram::elementSteps() {
  static constexpr const char* kSteps[] = {
      R"([{"op":"inc","path":"/q"}])",
      R"([{"op":"set","path":"/q","value":{"var":"payload.n"}}])",
      R"([{"op":"merge","path":"","value":{"object":{"seen":true,"q":{"var":"item.q"}}}}])",
      R"([{"op":"unset","path":"/seen"},{"op":"inc","path":"/q","value":-1}])",
      R"([{"op":"set","path":"/sku","value":{"var":"payload.sku"}}])",
      R"([{"op":"inc","path":"/q","value":{"var":["incoming.q",5]}}])",
      "[]"};
  return pick(kSteps);
}

std::string RandomProgram::plainStep(const std::string& at) {
  static constexpr const char* kWithValue[] = {"set", "set", "merge", "push", "insert", "inc"};
  static constexpr const char* kWithout[] = {"unset", "remove", "inc", "reset"};
  if (below(3) == 0) return R"({"op":")" + pick(kWithout) + R"(","path":)" + at + "}";
  return R"({"op":")" + pick(kWithValue) + R"(","path":)" + at + R"(,"value":)" + rule() + "}";
}

std::string RandomProgram::arrayStep(int depth) {
  const std::string at = below(8) == 0 ? path() : R"("/items")";
  switch (below(depth > 0 ? 5 : 4)) {
    case 0:
      return R"({"op":"removeWhere","path":)" + at + R"(,"where":)" + test() + "}";
    case 1:
      return R"({"op":"updateWhere","path":)" + at + R"(,"where":)" + test() + R"(,"onMatch":)" +
             elementSteps() + "}";
    case 4:
      return R"({"op":"if","test":)" + test() + R"(,"then":)" + steps(2, depth - 1) +
             R"(,"else":)" + steps(1, depth - 1) + "}";
    default:
      return R"({"op":"upsert","path":)" + at +
             R"(,"by":"sku","value":{"object":{"sku":{"var":"payload.sku"},"q":{"var":"payload.n"}}})" +
             (below(2) == 0 ? R"(,"onMatch":)" + elementSteps() : "") + "}";
  }
}

std::string RandomProgram::entityFields(const std::string& op, const std::string& of) {
  static constexpr const char* kOnMatch[] = {
      R"([{"op":"inc","path":"/n"}])",
      R"([{"op":"set","path":"/x","value":{"var":"item.n"}},{"op":"set","path":"/n","value":0}])",
      R"([{"op":"inc","path":"/n","value":{"var":["incoming.n",1]}}])",
      R"([{"op":"unset","path":"/x"},{"op":"merge","path":"","value":{"var":["incoming",{}]}}])",
      R"([{"op":"unset","path":"/id"}])",
      R"([{"op":"remove","path":""}])"};
  const std::string where = R"(,"where":)" + test();
  const bool isUpsert = op.starts_with("upsert");
  const bool isChoice = (op == "updateMany" || op == "removeMany") && below(2) == 0;
  const std::string onMatch = R"(,"onMatch":)" + pick(kOnMatch);
  if (isChoice && op == "removeMany") return where;
  if (isChoice && below(2) == 0) return where + onMatch;
  if (isChoice)
    return where + R"(,"value":{"object":{"x":{"var":"item.n"},"n":{"var":"payload.n"}}})";
  const std::string renaming =
      R"(,"onMatch":[{"op":"set","path":"/id","value":{"var":"payload.)" + of + R"(.id"}}])";
  std::string kind = op.starts_with("update")   ? "update"
                     : op.starts_with("remove") ? "id"
                                                : "entit";
  const bool many = !op.ends_with("One");
  kind += kind == "entit" ? (many ? "ies" : "y") : (many ? "s" : "");
  const std::string value = below(20) == 0 ? "n" : of + "." + kind;
  return R"(,"value":{"var":"payload.)" + value + R"("})" +
         (isUpsert && below(2) == 0 ? (below(4) == 0 ? renaming : onMatch) : "");
}

std::string RandomProgram::entityStep() {
  static constexpr const char* kOperations[] = {
      "addOne",    "addMany",    "setOne",     "setMany",   "setAll",     "updateOne", "updateMany",
      "upsertOne", "upsertMany", "upsertMany", "removeOne", "removeMany", "removeAll"};
  static constexpr const char* kTables[] = {R"("/people")", R"("/ranks","sortBy":"n")",
                                            R"("/codes","sortBy":["-n","x"])"};
  const auto table = below(3);
  const std::string op = pick(kOperations);
  return R"({"op":")" + op + R"(","path":)" + kTables[table] +
         (op == "removeAll" ? "" : entityFields(op, table == 2 ? "numbers" : "names")) + "}";
}

std::string RandomProgram::step(int depth) {
  const auto kind = below(40);
  if (kind == 0) return R"({"op":"reset"})";
  if (kind < 14) return plainStep(path());
  return kind < 24 ? arrayStep(depth) : entityStep();
}

std::string RandomProgram::steps(std::size_t count, int depth) {
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + step(depth);
  return text + "]";
}

}  // namespace isthmus::model
