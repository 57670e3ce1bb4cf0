#include <string>

#include "bench/native/work.h"

namespace isthmus::bench {

Work makeCounter(std::size_t size) {
  auto store = std::make_shared<Store>();
  for (std::size_t i = 0; i < size; ++i) {
    const std::string name = "counter" + std::to_string(i);
    injectInto(*store, name.c_str(),
               compiled(object({{"name", Value(name)},
                                {"initialState", json(R"({ "value": 0 })")},
                                {"reducers", json(R"({ "add": [
                                    { "op": "inc", "path": "/value" }] })")}})));
  }
  const Path path{Key("counter0"), Key("value")};
  store->watchers().add(1, path);
  return [store, path, type = Key("counter0/add")] {
    dispatch(*store, {type, {}, {}});
    return store->find(path)->number();
  };
}

}  // namespace isthmus::bench
