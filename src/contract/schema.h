#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "value/path.h"

namespace isthmus {

struct SchemaNode;

// Where and why a value failed: JSON Pointers into the value and into the schema's definition. The
// message and `schema` hold nothing of the value; `instance` holds its keys.
struct SchemaError {
  std::string instance;
  std::string schema;
  std::string message;
};

// A JSON Schema (draft 2020-12), compiled once, of these keywords: type const enum minimum maximum
// minLength maxLength minItems maxItems required properties additionalProperties items, and the
// schemas true and false. Annotations are ignored; every other keyword is refused, since one that
// is passed over in silence would promise a check that nobody makes.
class Schema {
 public:
  // Errors are InvalidDefinition with the place inside `definition`.
  static Result<Schema> compile(const Value& definition);

  // The first error, in the order of the value.
  std::optional<SchemaError> check(const Value& value) const;

  // Whether a value with the parent of the place `path`, which is not empty, but with nothing at
  // the place itself is refused for that.
  bool demands(const Path& path) const;

 private:
  explicit Schema(std::shared_ptr<const SchemaNode> root) : root_(std::move(root)) {}

  std::shared_ptr<const SchemaNode> root_;
};

}  // namespace isthmus
