#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "value/path.h"

namespace isthmus {

struct SchemaGraph;

// Where and why a value failed: JSON Pointers into the value and into the schema's definition (the
// place of the keyword itself, whatever references led there). The message and `schema` hold
// nothing of the value; `instance` holds its keys.
struct SchemaError {
  std::string instance;
  std::string schema;
  std::string message;
};

struct SchemaOptions {
  bool assertFormats = false;  // `format` is an annotation otherwise
};

// A JSON Schema (draft 2020-12), compiled once. Every keyword that asserts something is checked but
// these, which are refused when defined: a `pattern` that contract/pattern does not support, a
// reference to another document (the schema of all schemas excepted), and a `$dynamicRef` that has
// several `$dynamicAnchor` to choose from. Unknown keywords are ignored, as the standard says; a
// known one with a value that it cannot have is refused.
class Schema {
 public:
  // The steps of work that a check may take, some hundredths of a second; a value that needs more
  // is refused. The largest messages that the bridge lets in need some hundred thousand.
  static constexpr int kMostWork = 1'000'000;

  // Errors are InvalidDefinition with the place inside `definition`.
  static Result<Schema> compile(const Value& definition, SchemaOptions options = {});

  // The first error, in the order of the value.
  std::optional<SchemaError> check(const Value& value) const;

  // Whether a value with the parent of the place `path`, which is not empty, but with nothing at
  // the place itself is refused for that, whatever else it holds. A rule that makes it so only
  // together with others (`if`, `minProperties`) is not seen.
  bool demands(const Path& path) const;

  // Whether it gives a property of that name a schema of its own, or requires it, anywhere.
  bool names(const Key& key) const;

 private:
  explicit Schema(std::shared_ptr<const SchemaGraph> graph) : graph_(std::move(graph)) {}

  std::shared_ptr<const SchemaGraph> graph_;
};

}  // namespace isthmus
