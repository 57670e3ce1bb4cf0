#pragma once

#include "reducer/entity_table.h"
#include "reducer/indexed_arrays.h"
#include "reducer/step.h"
#include "value/draft.h"

namespace isthmus {

// Applies steps to a draft, one after another; each sees what the ones before it wrote. The first
// step that cannot apply ends the run with its place in the list; the draft is then to be dropped.
class StepRunner {
 public:
  // `scope.state`, `scope.item` and `scope.incoming` are set by the runner. `initial` is what
  // `reset` goes back to.
  StepRunner(Draft& draft, const Value& initial, const IndexedArrays& indexed, const Scope& scope)
      : draft_(draft), initial_(initial), indexed_(indexed), scope_(scope) {
    scope_.state = &draft_.root();
  }

  Status run(const Steps& steps) { return runAt({}, steps); }

 private:
  Status runAt(const Path& base, const Steps& steps);
  // Runs steps on an element, which expressions see as `item` as it was when it matched. `incoming`
  // is what an upsert brings; other steps hand on that of the upsert around them.
  Status runOn(const Path& element, const Steps& steps, const Value* incoming);
  Result<Value> evaluate(const Expression& expression, const Path& target);
  Result<const Value*> arrayAt(const Path& path);
  Status merge(const Path& path, const Value& members);
  // The first element whose member `by` is `key`.
  std::optional<std::uint32_t> findElement(const Path& path, const Key& by, const Value& key) const;

  Status apply(const Path& base, const SetStep& step);
  Status apply(const Path& base, const UnsetStep& step);
  Status apply(const Path& base, const IncStep& step);
  Status apply(const Path& base, const MergeStep& step);
  Status apply(const Path& base, const PushStep& step);
  Status apply(const Path& base, const InsertStep& step);
  Status apply(const Path& base, const RemoveStep& step);
  Status apply(const Path& base, const RemoveWhereStep& step);
  Status apply(const Path& base, const UpdateWhereStep& step);
  Status apply(const Path& base, const UpsertStep& step);
  Status apply(const Path& base, const ResetStep& step);
  Status apply(const Path& base, const IfStep& step);
  Status apply(const Path& base, const EntityStep& step);

  // Parts of an entity step (reducer/entity_steps.cpp).
  Status applyWhere(EntityTable& table, const EntityStep& step);
  Status applyValue(EntityTable& table, const EntityStep& step, const Value& value);
  Status applyEntities(EntityTable& table, const EntityStep& step, std::vector<Entity> entities);
  Status upsert(EntityTable& table, const EntityStep& step, std::vector<Entity> entities);
  Status runOnEntities(EntityTable& table, const std::vector<EntityId>& ids, const Steps& steps);
  Status runOnEntity(EntityTable& table, const EntityId& id, const Steps& steps,
                     const Value* incoming);

  Draft& draft_;
  const Value& initial_;
  const IndexedArrays& indexed_;
  Scope scope_;
};

}  // namespace isthmus
