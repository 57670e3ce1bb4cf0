#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contract/schema.h"
#include "contract/schema/schema_node.h"

namespace isthmus {

// Compiles one definition. First it is read: each schema in it becomes a node, known by its place
// and, where it has them, its $id and anchors. Then references are resolved, which may ask for
// places that no keyword has made a schema of. Then circles are looked for.
//
// Errors are InvalidDefinition with the place inside the definition.
class SchemaCompiler {
 public:
  // How many schemas may apply to one value by way of each other.
  static constexpr std::uint32_t kMostHeight = 64;

  SchemaCompiler(const Value& definition, SchemaOptions options)
      : definition_(definition), options_(std::move(options)) {}

  Result<std::shared_ptr<const SchemaGraph>> compile() &&;
  // Whether all keywords have values that they may have. That is all the schema of schemas demands,
  // so references are not resolved, nor patterns compiled.
  bool isSchema() &&;

  // For the readers of keywords, whose place is that of the compiler.
  Status schema(const Value& definition, SchemaNode*& result);
  Status schemaAt(std::string_view token, const Value& definition, SchemaNode*& result);
  HeapError error(std::string_view message) const { return invalidDefinition(message, place_); }
  Status pattern(std::string_view text, std::optional<Pattern>& result) const;
  Status format(std::string_view name, SchemaNode& node) const;
  Status dialect(std::string_view uri) const;
  Status refer(SchemaNode& node, std::string_view reference, bool isDynamic);
  Status name(SchemaNode& node, std::string_view anchor, bool isDynamic);

 private:
  struct Reference {
    SchemaNode* node;
    std::string uri;
    std::string place;
    bool isDynamic;
  };

  struct Unknown {
    Key key;
    std::string place;
  };

  SchemaNode& addNode();
  Status readKeywords(const Value& definition, SchemaNode& node);
  Status readId(const Value& id, SchemaNode& node);
  Status enter(SchemaNode& node, const std::string& name);

  Status resolveAll();
  Status resolve(const Reference& reference);
  Status target(const Reference& reference, SchemaNode*& result);
  Status targetAt(const SchemaNode& resource, const std::string& pointer,
                  const Reference& reference, SchemaNode*& result);
  SchemaNode* known(const KeyIndex& index, const Key& key) const;
  bool isAmbiguous(std::string_view anchor) const;

  Status checkUnknown() const;
  Status measure(SchemaNode& node, std::uint32_t depth = 1);

  const Value& definition_;
  SchemaOptions options_;
  bool isOnlyRead_ = false;
  std::shared_ptr<SchemaGraph> graph_ = std::make_shared<SchemaGraph>();
  std::string place_;
  std::string base_;  // the URI of the resource that is being read
  std::vector<Reference> references_;
  KeyIndex places_;
  Key noName_{""};             // of the root, besides its own
  KeyIndex names_;             // "uri" and "uri#anchor"
  std::vector<Key> nameKeys_;  // keep those of `names_` alive
  std::vector<Key> dynamicAnchors_;
  std::vector<std::string> targets_;  // places that references lead to
  std::vector<Unknown> unknown_;      // what is no keyword
};

// Reads the value of one keyword.
struct SchemaKeyword {
  std::string_view name;
  Status (*read)(const Value& argument, SchemaNode& node, SchemaCompiler& compiler);
};
// nullptr for what is no keyword.
const SchemaKeyword* findSchemaKeyword(std::string_view name);
// What was probably meant by what is no keyword, as the end of a sentence; empty if nobody knows.
std::string keywordMeantBy(std::string_view name);

}  // namespace isthmus
