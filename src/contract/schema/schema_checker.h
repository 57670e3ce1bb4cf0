#pragma once

#include <string>
#include <string_view>

#include "base/work_budget.h"
#include "contract/schema.h"
#include "contract/schema/evaluated.h"
#include "contract/schema/schema_node.h"

namespace isthmus {

// One check of one value. It ends at the first failure: each function returns whether the value
// passes, and what fails while it counts writes the error, to which the callers add the place in
// the value on the way out.
class SchemaChecker {
 public:
  // Schemas within schemas, whether they apply to the same value or to a part of it; bounds the
  // stack. A value of 256 levels has room for two or three schemas on each.
  static constexpr unsigned kMostDepth = 700;

  explicit SchemaChecker(WorkBudget work) : work_(work) {}

  bool run(const SchemaNode& root, const Value& value);
  // After a run that failed.
  SchemaError takeError() && { return std::move(error_); }

 private:
  struct MemberVisit;

  bool check(const SchemaNode& node, const Value& value, Evaluated* outer = nullptr);
  bool checkTracked(const SchemaNode& node, const Value& value, Evaluated* outer);
  bool checkRules(const SchemaNode& node, const Value& value, Evaluated* evaluated);
  bool passes(const SchemaNode& node, const Value& value, Evaluated* evaluated);

  bool checkCombined(const SchemaNode& node, const Value& value, Evaluated* evaluated);
  bool checkReference(const SchemaNode& node, const Value& value, Evaluated* evaluated);
  bool checkAny(const SchemaNode& node, const Value& value, Evaluated* evaluated);
  bool checkOne(const SchemaNode& node, const Value& value, Evaluated* evaluated);
  bool checkCondition(const CombinedRules& rules, const Value& value, Evaluated* evaluated);

  bool checkNumber(const SchemaNode& node, double number);
  bool checkString(const SchemaNode& node, std::string_view text);
  bool checkArray(const SchemaNode& node, const Sequence<Value>& items, Evaluated* evaluated);
  bool checkItems(const ArrayRules& rules, const Sequence<Value>& items, Evaluated* evaluated);
  bool checkContains(const SchemaNode& node, const Sequence<Value>& items, Evaluated* evaluated);
  bool checkUnevaluated(const ArrayRules& rules, const Sequence<Value>& items,
                        Evaluated& evaluated);
  bool checkItem(const SchemaNode& schema, const Value& item, std::size_t index);

  bool checkObject(const SchemaNode& node, const Value& object, Evaluated* evaluated);
  bool checkMembers(const SchemaNode& node, const Value& object, Evaluated* evaluated);
  bool checkMember(const ObjectRules& rules, const Value::Member& member, MemberVisit& visit);
  bool checkChild(const SchemaNode& schema, const Value::Member& member);
  bool checkDependencies(const SchemaNode& node, const Value& object, Evaluated* evaluated);
  bool checkUnevaluated(const ObjectRules& rules, const Value& object, Evaluated& evaluated);
  bool failRequired(const SchemaNode& node, const Value& object);

  [[gnu::cold]] bool fail(const SchemaNode& node, std::string_view keyword,
                          std::string_view message);
  [[gnu::cold]] bool failType(const SchemaNode& node);
  [[gnu::cold]] bool failAt(const Key& key);

  WorkBudget work_;
  unsigned depth_ = 0;
  unsigned trials_ = 0;  // checks around this one whose failure is not the value's
  bool isTooDeep_ = false;
  SchemaError error_;
};

}  // namespace isthmus
