#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/work_budget.h"
#include "contract/schema/schema_node.h"

namespace isthmus {

// Looks for what a schema says of a place (Schema::misnamed).
class SchemaPlaces {
 public:
  // Where the looking ended: the schema does not know the token at `depth` of the path, but these.
  // `isElement` says that the value there is an array, which has no such member, `isClosed` that it
  // may have no others.
  struct End {
    std::size_t depth = 0;
    std::vector<Key> members = {};
    bool isElement = false;
    bool isClosed = false;
  };

  // Whether the schema describes the place, or nothing at all on the way to it. False leaves the
  // deepest of the ends; true also when it would take too long to find out.
  bool describes(const SchemaNode& node, std::span<const Key> path);
  const End& end() const { return end_; }

 private:
  // What a schema says of a place. Of several that apply to the same value the highest counts.
  enum class Answer : std::uint8_t { Silent, Unknown, Described };

  Answer look(const SchemaNode& node, std::size_t depth);
  Answer inCombined(const SchemaNode& node, std::size_t depth);
  Answer inObject(const ObjectRules& rules, std::size_t depth);
  Answer inEveryMember(const ObjectRules& rules, std::size_t depth);
  Answer inArray(const ArrayRules& rules, std::size_t depth);
  Answer below(const SchemaNode* node, std::size_t depth);
  Answer unknown(std::size_t depth, const ObjectRules* rules, bool isElement);

  std::span<const Key> path_;
  End end_;
  WorkBudget work_{100'000};
};

}  // namespace isthmus
