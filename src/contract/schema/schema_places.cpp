#include "contract/schema/schema_places.h"

#include <algorithm>

#include "contract/place.h"

namespace isthmus {
namespace {

constexpr auto kContainers =
    static_cast<SchemaTypes>(bitOf(SchemaType::Array) | bitOf(SchemaType::Object));

bool isNothing(const SchemaNode* node) { return node == nullptr || node->acceptsNothing; }

bool isMap(const ObjectRules& rules) { return rules.properties.empty() && rules.patterns.empty(); }

}  // namespace

bool SchemaPlaces::describes(const SchemaNode& node, std::span<const Key> path) {
  path_ = path;
  return look(node, 0) != Answer::Unknown || work_.isExhausted();
}

SchemaPlaces::Answer SchemaPlaces::look(const SchemaNode& unresolved, std::size_t depth) {
  if (depth == path_.size()) return Answer::Described;
  if (!work_.spend()) return Answer::Silent;
  const SchemaNode& node = unresolved.resolved();
  if ((node.types & kContainers) == 0) return unknown(depth, nullptr, false);
  auto answer = inCombined(node, depth);
  const bool isArray = node.types == bitOf(SchemaType::Array) || (node.arrays && !node.objects);
  if (isArray && !path_[depth].index() && !isEvery(path_[depth])) {
    return std::max(answer, unknown(depth, nullptr, true));
  }
  if (node.objects) answer = std::max(answer, inObject(*node.objects, depth));
  if (node.arrays) answer = std::max(answer, inArray(*node.arrays, depth));
  return answer;
}

SchemaPlaces::Answer SchemaPlaces::inCombined(const SchemaNode& node, std::size_t depth) {
  auto answer = Answer::Silent;
  for (const SchemaNode* const other : node.inPlace()) {
    const bool isNegated = node.combined && other == node.combined->excluded;
    if (!isNegated) answer = std::max(answer, look(*other, depth));
  }
  return answer;
}

SchemaPlaces::Answer SchemaPlaces::below(const SchemaNode* node, std::size_t depth) {
  return node == nullptr ? Answer::Described : look(*node, depth + 1);
}

SchemaPlaces::Answer SchemaPlaces::inObject(const ObjectRules& rules, std::size_t depth) {
  const Key& key = path_[depth];
  if (isEvery(key)) return inEveryMember(rules, depth);
  if (const auto* const property = rules.find(key)) return below(property->schema, depth);
  for (const auto& [text, pattern, schema] : rules.patterns) {
    if (pattern->matches(key.text(), work_)) return below(schema, depth);
  }
  for (const auto* const rest : {rules.additional, rules.unevaluated}) {
    if (!isNothing(rest)) return below(rest, depth);
  }
  const bool isOpen = isMap(rules) && rules.additional == nullptr && rules.unevaluated == nullptr;
  return isOpen ? Answer::Silent : unknown(depth, &rules, false);
}

SchemaPlaces::Answer SchemaPlaces::inEveryMember(const ObjectRules& rules, std::size_t depth) {
  auto answer = Answer::Silent;
  const auto add = [&](const SchemaNode* node) {
    if (!isNothing(node)) answer = std::max(answer, look(*node, depth + 1));
  };
  for (const auto& property : rules.properties) add(property.schema);
  for (const auto& pattern : rules.patterns) add(pattern.schema);
  add(rules.additional);
  add(rules.unevaluated);
  return answer;
}

SchemaPlaces::Answer SchemaPlaces::inArray(const ArrayRules& rules, std::size_t depth) {
  auto answer = Answer::Silent;
  const auto add = [&](const SchemaNode* node) {
    if (!isNothing(node)) answer = std::max(answer, look(*node, depth + 1));
  };
  const auto index = path_[depth].index();
  for (std::size_t i = 0; i < rules.prefix.size(); ++i) {
    if (!index || *index == i) add(rules.prefix[i]);
  }
  if (!index || *index >= rules.prefix.size()) add(rules.items);
  add(rules.contains);
  add(rules.unevaluated);
  return answer;
}

SchemaPlaces::Answer SchemaPlaces::unknown(std::size_t depth, const ObjectRules* rules,
                                           bool isElement) {
  if (depth > end_.depth) end_ = {depth};
  if (depth < end_.depth) return Answer::Unknown;
  end_.isElement = end_.isElement || isElement;
  if (rules == nullptr) return Answer::Unknown;
  end_.isClosed = end_.isClosed || rules->additional != nullptr;
  for (const auto& property : rules->properties) end_.members.push_back(property.key);
  return Answer::Unknown;
}

}  // namespace isthmus
