#pragma once

#include "value/path.h"

namespace isthmus {

// A slice's `index`: the arrays whose elements are to be found by a member without a scan.
//
//   { "/items": ["sku", "ean"], "/carts/0": ["id"] }
class IndexedArrays {
 public:
  // InvalidDefinition names the place inside `definition`.
  static Result<IndexedArrays> compile(const Value& definition);

  bool covers(const Path& array, const Key& member) const;

 private:
  struct Entry {
    Path array;
    Key member;
  };

  Status add(const Path& array, const Value& members);

  Vector<Entry> entries_;
};

}  // namespace isthmus
