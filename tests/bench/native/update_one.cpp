#include <string>

#include "bench/native/work.h"
#include "value/object_builder.h"

namespace isthmus::bench {
namespace {

Value product(std::size_t i, const std::string& id) {
  const auto number = [](std::size_t n) { return Value(static_cast<double>(n)); };
  Value::Items tags{Value("shelf-" + std::to_string(i % 40)),
                    Value("brand-" + std::to_string(i % 300))};
  return object({{"id", Value(id)},
                 {"name", Value("Product " + std::to_string(i))},
                 {"price", number(i % 1000)},
                 {"stock", number(i % 50)},
                 {"tags", Value(std::move(tags))}});
}

Value definition(std::size_t size) {
  Value::Items ids;
  ObjectBuilder entities;
  for (std::size_t i = 0; i < size; ++i) {
    const std::string id = "id-" + std::to_string(i);
    ids.emplace_back(id);
    entities.set(id, product(i, id));
  }
  const Value state =
      object({{"ids", Value(std::move(ids))}, {"entities", std::move(entities).build()}});
  return object({{"name", Value("products")},
                 {"initialState", state},
                 {"reducers", json(R"({ "updateOne": [{ "op": "updateOne", "path": "" }] })")}});
}

}  // namespace

Work makeUpdateOne(std::size_t size) {
  auto store = std::make_shared<Store>();
  injectInto(*store, "products", compiled(definition(size)));
  const Path path{Key("products"), Key("entities")};
  store->watchers().add(1, path);
  return [store, path, size, type = Key("products/updateOne"), count = std::size_t{0}]() mutable {
    ++count;
    const std::string id = "id-" + std::to_string(count * 7919 % size);
    const Value price(static_cast<double>(count) + 0.25);
    dispatch(*store,
             {type, object({{"id", Value(id)}, {"changes", object({{"price", price}})}}), {}});
    return store->find({path[0], path[1], Key(id), Key("price")})->number();
  };
}

}  // namespace isthmus::bench
