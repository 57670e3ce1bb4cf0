#include "native/reducer/model/random_program.h"

#include <iterator>

namespace isthmus::model {

constexpr RandomProgram::Table RandomProgram::kTables[] = {
    {R"("/people")", "", "names", "id", false},
    {R"("/ranks")", R"(,"sortBy":"n")", "names", "id", false},
    {R"("/codes")", R"(,"sortBy":["-n","x"])", "numbers", "id", true},
    {R"("/parts")", R"(,"selectId":"sku")", "parts", "sku", false},
    {R"("/sizes")", R"(,"selectId":"sku","sortBy":"-n")", "parts", "sku", false}};

namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

// Of numbers from 0, each with a comma before it.
std::string repeated(std::size_t count, auto make) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "," + make(std::to_string(i));
  return text;
}

}  // namespace

std::string RandomProgram::initialState() {
  const auto count = isLarge() ? ids_ : 0;
  const auto numbers = repeated(count, [](const auto& i) { return i; });
  const auto keyed = repeated(count, [](const auto& i) { return "\"k" + i + "\":" + i; });
  const auto items =
      repeated(count, [](const auto& i) { return R"({"sku":"s)" + i + R"(","q":1})"; });
  std::string tables;
  for (const auto& table : kTables) {
    const std::string path = table.path;
    tables += ",\"" + path.substr(2) + R"(:{"ids":[],"entities":{},"other":1})";
  }
  return R"({"free":{"n":0,"list":[1,[2],{"k":3})" + numbers +
         R"(],"object":{"7":1,"k":null,"3":[])" + keyed +
         R"(}},"items":[{"sku":"a","q":1},{"sku":1,"q":1},{"q":2},5)" + items + "]" + tables + "}";
}

std::string RandomProgram::list(auto make) {
  std::string text = "[";
  const auto count = below(ids_ / 4 + 3);
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + make();
  return text + "]";
}

// Names, some of which are indices; whole numbers, some of which are none.
std::string RandomProgram::entityId(const Table& table) {
  const auto id = below(ids_);
  const std::string text = std::to_string(id);
  if (table.numbered) return (id % 5 == 4 ? "-" : "") + text;
  return quoted((id % 3 == 0 ? "" : "k") + text);
}

std::string RandomProgram::key() {
  static constexpr const char* kKeys[] = {"__proto__", "constructor", "", "a/b", "~", "-1", "01"};
  const auto id = std::to_string(below(ids_));
  return quoted(below(8) == 0 ? pick(kKeys) : (below(3) == 0 ? "" : "k") + id);
}

std::string RandomProgram::sku() {
  static constexpr const char* kSkus[] = {R"("a")", R"("b")", R"("1")", "1", "null", "true", "-0"};
  return isLarge() && below(3) > 0 ? "\"s" + std::to_string(below(2 * ids_)) + "\"" : pick(kSkus);
}

// `id` is a member, with the comma that parts it from others.
std::string RandomProgram::members(const Table& table, const std::string& id) {
  const std::string x = below(2) == 0 ? R"(,"x":)" + std::to_string(below(3)) : "";
  const std::string member = quoted(table.selectId) + ":" + id;
  return "{" + (id.empty() ? "" : member + ",") + R"("n":)" + std::to_string(below(3)) + x + "}";
}

std::string RandomProgram::entity(const Table& table) { return members(table, entityId(table)); }

std::string RandomProgram::update(const Table& table) {
  const std::string renamed = below(6) == 0 ? entityId(table) : "";
  return R"({"id":)" + entityId(table) + R"(,"changes":)" + members(table, renamed) + "}";
}

std::string RandomProgram::entityPayload(const Table& table) {
  const auto one = [&] { return entity(table); };
  const auto change = [&] { return update(table); };
  const auto id = [&] { return entityId(table); };
  return R"({"entity":)" + one() + R"(,"entities":)" + list(one) + R"(,"update":)" + change() +
         R"(,"updates":)" + list(change) + R"(,"id":)" + id() + R"(,"ids":)" + list(id) +
         R"(,"filter":{"where":{"n":)" + std::to_string(below(3)) + "}}}";
}

std::string RandomProgram::payload() {
  return R"({"n":)" + std::to_string(below(3)) + R"(,"key":)" + key() + R"(,"sku":)" + sku() +
         R"(,"names":)" + entityPayload(kTables[0]) + R"(,"numbers":)" + entityPayload(kTables[2]) +
         R"(,"parts":)" + entityPayload(kTables[3]) + "}";
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
                                           R"({"var":"payload.parts.updates"})",
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
      R"([{"op":"unset","path":""}])",
      R"([{"op":"remove","path":""}])",
      R"([{"op":"insert","path":"","value":{"var":"item"}}])",
      R"([{"op":"insert","path":"","value":{"object":{"q":1}}},{"op":"inc","path":"/q"}])",
      R"([{"op":"remove","path":""},{"op":"insert","path":"","value":5},{"op":"unset","path":"/q"}])",
      R"([{"op":"unset","path":""},{"op":"set","path":"/q","value":1}])",
      R"([{"op":"insert","path":"","value":7},{"op":"if","test":{"var":"payload.n"},"then":[{"op":"unset","path":""}],"else":[{"op":"insert","path":"","value":"x"}]}])",
      R"([{"op":"set","path":"","value":{"var":"state.items"}},{"op":"updateWhere","path":"","where":{"var":"item.q"},"onMatch":[{"op":"unset","path":""},{"op":"insert","path":"","value":{"var":"item.sku"}}]}])",
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

std::string RandomProgram::onMatch(const Table& table) {
  static constexpr const char* kSteps[] = {
      R"({"op":"inc","path":"/n"})",
      R"({"op":"set","path":"/x","value":{"var":"item.n"}},{"op":"set","path":"/n","value":0})",
      R"({"op":"inc","path":"/n","value":{"var":["incoming.n",1]}})",
      R"({"op":"unset","path":"/x"},{"op":"merge","path":"","value":{"var":["incoming",{}]}})",
      R"({"op":"remove","path":""})"};
  const std::string id = std::string("/") + table.selectId;
  switch (below(8)) {
    case 0:
      return R"([{"op":"unset","path":")" + id + R"("}])";
    case 1:
      return R"([{"op":"set","path":")" + id + R"(","value":{"var":"payload.)" + table.payload +
             R"(.id"}}])";
    default:
      return "[" + pick(kSteps) + "]";
  }
}

// The part of the payload that the operation takes; at times another one.
std::string RandomProgram::given(const std::string& op, const Table& table) {
  const bool many = !op.ends_with("One");
  if (below(20) == 0) return "n";
  const std::string of = std::string(table.payload) + ".";
  if (op.starts_with("update")) return of + (many ? "updates" : "update");
  if (op == "removeMany" && below(4) == 0) return of + "filter";
  if (op.starts_with("remove")) return of + (many ? "ids" : "id");
  return of + (many ? "entities" : "entity");
}

std::string RandomProgram::entityFields(const std::string& op, const Table& table) {
  const std::string where = R"(,"where":)" + test();
  const std::string matched = R"(,"onMatch":)" + onMatch(table);
  const bool isChoice = (op == "updateMany" || op == "removeMany") && below(2) == 0;
  if (isChoice && op == "removeMany") return where;
  if (isChoice && below(2) == 0) return where + matched;
  if (isChoice) {
    return where + R"(,"value":{"object":{"x":{"var":"item.n"},"n":{"var":"payload.n"}}})";
  }
  return R"(,"value":{"var":"payload.)" + given(op, table) + R"("})" +
         (op.starts_with("upsert") && below(2) == 0 ? matched : "");
}

std::string RandomProgram::entityStep() {
  static constexpr const char* kOperations[] = {
      "addOne",    "addMany",    "setOne",     "setMany",   "setAll",     "updateOne", "updateMany",
      "upsertOne", "upsertMany", "upsertMany", "removeOne", "removeMany", "removeAll"};
  const Table& table = kTables[below(std::size(kTables))];
  const std::string op = pick(kOperations);
  const std::string at = below(16) == 0 ? R"("/free")" : table.path;
  return R"({"op":")" + op + R"(","path":)" + at + table.options +
         (op == "removeAll" ? "" : entityFields(op, table)) + "}";
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
