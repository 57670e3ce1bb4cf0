#include <string>

#include "bench/native/work.h"

namespace isthmus::bench {
namespace {

Value item(std::size_t i) {
  return object({{"sku", Value("sku-" + std::to_string(i))}, {"qty", Value(1.0)}});
}

Value definition(std::size_t size) {
  Value::Items items;
  for (std::size_t i = 0; i < size; ++i) items.push_back(item(i));
  return object({{"name", Value("cart")},
                 {"initialState", object({{"items", Value(std::move(items))}})},
                 {"index", json(R"({ "/items": ["sku"] })")},
                 {"reducers", json(R"({ "addItem": [{
                     "op": "upsert", "path": "/items", "by": "sku", "value": { "var": "payload" },
                     "onMatch": [{ "op": "inc", "path": "/qty",
                                   "value": { "var": "payload.qty" } }] }] })")}});
}

}  // namespace

Work makeUpsert(std::size_t size) {
  auto store = std::make_shared<Store>();
  injectInto(*store, "cart", compiled(definition(size)));
  const Path path{Key("cart"), Key("items")};
  store->watchers().add(1, path);
  return [store, path, size, type = Key("cart/addItem"), qty = Key("qty"),
          i = std::size_t{0}]() mutable {
    i = (i + 1) % size;
    dispatch(*store, {type, item(i), {}});
    return store->find(path)->items()[i].find(qty)->number();
  };
}

}  // namespace isthmus::bench
