#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine_calls/exports.h"
#include "value/codec.h"

// What is read of an instance that has failed (web/engine/remains.ts), or at any other time.
namespace isthmus::calls {

struct StoreRemains {
  std::uint32_t serial;
  std::vector<std::pair<std::string, Value>> slices;
};

StoreRemains remainsOf(Id store);
Bytes booksOf(Id bridge);

}  // namespace isthmus::calls
