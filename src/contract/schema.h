#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

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
  bool assertFormats = false;                 // `format` is an annotation otherwise,
  std::vector<std::string> annotations = {};  // and so it is with these
};

// A JSON Schema (draft 2020-12), compiled once. Every keyword that asserts something is checked but
// these, which are refused when defined: a `pattern` that contract/pattern does not support, a
// reference to another document (the schema of all schemas excepted), and a `$dynamicRef` that has
// several `$dynamicAnchor` to choose from. Refused are also unknown keywords, unless they begin
// with "x-" or, unlike any known one, hold what a reference leads to, those of other dialects,
// another dialect named by `$schema`, and a known keyword with a value that it cannot have.
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

  // Where `path` is probably a mistake: what was meant, or what there is instead. It is one where
  // it leaves the schema with a name like one of the members there, goes into an array without '*'
  // or an index, or into what has no parts. A schema is of what crosses: other parts, which do not,
  // it need not know.
  std::optional<std::string> misnamed(const Path& path) const;

  // Whether it gives a property of that name a schema of its own, or requires it, anywhere.
  bool names(const Key& key) const;

 private:
  explicit Schema(std::shared_ptr<const SchemaGraph> graph) : graph_(std::move(graph)) {}

  std::shared_ptr<const SchemaGraph> graph_;
};

}  // namespace isthmus
