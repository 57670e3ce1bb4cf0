#include "contract/schema/schema_compiler.h"

#include <algorithm>

#include "contract/schema/format.h"
#include "contract/schema/uri.h"
#include "value/path.h"

namespace isthmus {
namespace {

constexpr std::string_view kSchemaOfSchemas = "https://json-schema.org/draft/2020-12/schema";
constexpr std::uint32_t kOpen = 0xFFFF'FFFF;  // the height of a node that is being measured

// Neither for the types nor for schemas of the same value.
bool asksForMore(const SchemaNode& node) {
  return node.numbers || node.strings || node.arrays || node.objects || node.choices ||
         node.constant || node.acceptsNothing;
}

bool isMereReference(const SchemaNode& node) {
  return node.types == kAnyType && node.combined && !asksForMore(node) &&
         node.combined->reference != nullptr && !node.combined->refersToSchemas &&
         node.inPlace().size() == 1;
}

HeapError tooHigh(const SchemaNode& node) {
  return invalidDefinition("is one of more than " + std::to_string(SchemaCompiler::kMostHeight) +
                               " schemas that lead to each other for one value",
                           node.place.text());
}

}  // namespace

Result<std::shared_ptr<const SchemaGraph>> SchemaCompiler::compile() && {
  SchemaNode* root = nullptr;
  if (auto status = schema(definition_, root); !status) return std::move(status.error());
  if (auto status = resolveAll(); !status) return std::move(status.error());
  if (auto status = checkUnknown(); !status) return std::move(status.error());
  for (const auto& node : graph_->nodes) {
    if (auto status = measure(*node); !status) return std::move(status.error());
  }
  return std::shared_ptr<const SchemaGraph>(std::move(graph_));
}

bool SchemaCompiler::isSchema() && {
  isOnlyRead_ = true;
  SchemaNode* root = nullptr;
  return schema(definition_, root).ok();
}

SchemaNode& SchemaCompiler::addNode() {
  graph_->nodes.push_back(std::make_unique<SchemaNode>());
  auto& node = *graph_->nodes.back();
  node.place = Key(place_);
  places_.set(node.place, static_cast<std::uint32_t>(graph_->nodes.size() - 1));
  if (graph_->nodes.size() == 1) names_.set(noName_, 0);
  return node;
}

Status SchemaCompiler::schema(const Value& definition, SchemaNode*& result) {
  if (!definition.isObject() && !definition.isBoolean()) {
    return error("a schema must be an object, true or false");
  }
  auto& node = addNode();
  result = &node;
  if (definition.isBoolean()) {
    node.acceptsNothing = !definition.boolean();
    return Done{};
  }
  const std::string outerBase = base_;
  auto status = readKeywords(definition, node);
  base_ = outerBase;
  return status;
}

Status SchemaCompiler::schemaAt(std::string_view token, const Value& definition,
                                SchemaNode*& result) {
  const auto length = place_.size();
  place_ += toPointer({Key(token)});
  auto status = schema(definition, result);
  place_.resize(length);
  return status;
}

Status SchemaCompiler::readKeywords(const Value& definition, SchemaNode& node) {
  static const Key kId("$id");
  const Value* const id = definition.find(kId);
  const auto length = place_.size();
  if (id != nullptr) {
    place_ += "/$id";
    if (auto status = readId(*id, node); !status) return status;
    place_.resize(length);
  }
  for (const auto& [key, argument] : definition.members()) {
    const auto* const keyword = findSchemaKeyword(key.text());
    place_ += toPointer({key});
    if (keyword == nullptr) {
      if (!key.text().starts_with("x-")) unknown_.push_back({key, place_});
    } else if (auto status = keyword->read(argument, node, *this); !status) {
      return status;
    }
    place_.resize(length);
  }
  return Done{};
}

Status SchemaCompiler::readId(const Value& id, SchemaNode& node) {
  if (!id.isString()) return error("'$id' must be a URI reference");
  const auto [resource, fragment] = splitFragment(id.string());
  if (!fragment.empty()) return error("'$id' must have no fragment; use '$anchor'");
  base_ = resolveUri(base_, resource);
  return enter(node, base_);
}

Status SchemaCompiler::enter(SchemaNode& node, const std::string& name) {
  Key key(name);
  const SchemaNode* const other = known(names_, key);
  if (other != nullptr && other != &node) {
    return error("'" + name + "' names '" + other->place.text() + "' already");
  }
  names_.set(key, *places_.find(node.place));
  nameKeys_.push_back(std::move(key));
  return Done{};
}

Status SchemaCompiler::name(SchemaNode& node, std::string_view anchor, bool isDynamic) {
  if (isDynamic) dynamicAnchors_.emplace_back(anchor);
  return enter(node, base_ + "#" + std::string(anchor));
}

Status SchemaCompiler::refer(SchemaNode& node, std::string_view reference, bool isDynamic) {
  const auto [resource, fragment] = splitFragment(reference);
  const auto decoded = percentDecoded(fragment);
  if (!decoded) return error("a reference must be a URI reference");
  references_.push_back({&node, resolveUri(base_, resource) + "#" + *decoded, place_, isDynamic});
  return Done{};
}

Status SchemaCompiler::pattern(std::string_view text, std::optional<Pattern>& result) const {
  auto pattern = Pattern::compile(isOnlyRead_ ? "" : text);
  if (!pattern) return error(pattern.error().message);
  result = std::move(pattern).value();
  return Done{};
}

Status SchemaCompiler::dialect(std::string_view uri) const {
  const auto [resource, fragment] = splitFragment(uri);
  if (isOnlyRead_ || (resource == kSchemaOfSchemas && fragment.empty())) return Done{};
  return error("is another dialect than '" + std::string(kSchemaOfSchemas) +
               "', the only one that is read");
}

Status SchemaCompiler::format(std::string_view name, SchemaNode& node) const {
  const auto& annotations = options_.annotations;
  if (isOnlyRead_ || !options_.assertFormats) return Done{};
  if (std::find(annotations.begin(), annotations.end(), name) != annotations.end()) return Done{};
  auto status = assertFormat(name, node);
  if (!status) return error(status.error().message);
  return status;
}

// Nodes by their places, which are found by number.
SchemaNode* SchemaCompiler::known(const KeyIndex& index, const Key& key) const {
  const auto number = index.find(key);
  return number ? graph_->nodes[*number].get() : nullptr;
}

// Resolving may read more schemas, and so find more references.
Status SchemaCompiler::resolveAll() {
  std::size_t next = 0;
  while (next < references_.size()) {
    const Reference reference = references_[next++];
    if (auto status = resolve(reference); !status) return status;
  }
  return Done{};
}

Status SchemaCompiler::resolve(const Reference& reference) {
  auto& combined = demand(reference.node->combined);
  const auto [resource, fragment] = splitFragment(reference.uri);
  if (resource == kSchemaOfSchemas && fragment.empty() && !known(names_, Key(resource))) {
    combined.refersToSchemas = true;
    return Done{};
  }
  if (reference.isDynamic && isAmbiguous(fragment)) {
    return invalidDefinition("refers to one of several '$dynamicAnchor', which is not supported",
                             reference.place);
  }
  if (combined.reference == nullptr) return target(reference, combined.reference);
  combined.all.push_back(nullptr);
  return target(reference, combined.all.back());
}

// With one '$dynamicAnchor' of a name, every '$dynamicRef' to the name leads there.
bool SchemaCompiler::isAmbiguous(std::string_view anchor) const {
  return std::count(dynamicAnchors_.begin(), dynamicAnchors_.end(), Key(anchor)) > 1;
}

Status SchemaCompiler::target(const Reference& reference, SchemaNode*& result) {
  const auto [resourceUri, fragment] = splitFragment(reference.uri);
  SchemaNode* const resource = known(names_, Key(resourceUri));
  if (resource == nullptr) {
    return invalidDefinition("refers to '" + std::string(resourceUri) +
                                 "', which is no '$id' of this schema; others are not loaded",
                             reference.place);
  }
  if (!fragment.empty() && fragment.front() == '/') {
    return targetAt(*resource, std::string(fragment), reference, result);
  }
  result = fragment.empty() ? resource : known(names_, Key(reference.uri));
  if (result != nullptr) return Done{};
  return invalidDefinition(
      "refers to the anchor '" + std::string(fragment) + "', which the schema does not define",
      reference.place);
}

Status SchemaCompiler::targetAt(const SchemaNode& resource, const std::string& pointer,
                                const Reference& reference, SchemaNode*& result) {
  const auto path = parsePointer(resource.place.text() + pointer);
  const Value* const value = path ? find(definition_, path.value()) : nullptr;
  if (value == nullptr) {
    return invalidDefinition("refers to a place that the schema does not have", reference.place);
  }
  place_ = toPointer(path.value());
  targets_.push_back(place_);
  result = known(places_, Key(place_));
  if (result != nullptr) return Done{};
  base_ = splitFragment(reference.uri).resource;
  return schema(*value, result);
}

// What resembles no keyword may hold schemas that are referred to: then it is no mistake.
Status SchemaCompiler::checkUnknown() const {
  for (const auto& unknown : unknown_) {
    const auto leadsInto = [&place = unknown.place](const std::string& target) {
      return target == place || target.starts_with(place + "/");
    };
    const auto meant = keywordMeantBy(unknown.key.text());
    if (meant.empty() && std::any_of(targets_.begin(), targets_.end(), leadsInto)) continue;
    return invalidDefinition(
        "is no keyword of draft 2020-12" + meant + " (one of your own begins with 'x-')",
        unknown.place);
  }
  return Done{};
}

// A circle of schemas that apply to one value would never come to an end.
Status SchemaCompiler::measure(SchemaNode& node, std::uint32_t depth) {
  if (node.height == kOpen) {
    return invalidDefinition("refers to itself without going into the value", node.place.text());
  }
  if (node.height != 0) return Done{};
  if (depth > kMostHeight) return tooHigh(node);
  node.height = kOpen;
  std::uint32_t height = 0;
  for (SchemaNode* const next : node.inPlace()) {
    if (auto status = measure(*next, depth + 1); !status) return status;
    height = std::max(height, next->height);
  }
  node.height = height + 1;
  if (node.height > kMostHeight) return tooHigh(node);
  node.isTypeAlone = !node.combined && !asksForMore(node);
  if (isMereReference(node)) node.standsFor = node.combined->reference;
  return Done{};
}

}  // namespace isthmus
