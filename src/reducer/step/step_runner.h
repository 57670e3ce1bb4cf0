#pragma once

#include "reducer/entity/entity_table.h"
#include "reducer/step/indexed_arrays.h"
#include "reducer/step/step.h"
#include "value/draft.h"

namespace isthmus {

// Applies steps to a draft, one after another; each sees what the ones before it wrote. The first
// step that cannot apply ends the run with its place in the list; the draft is then to be dropped.
class StepRunner {
 public:
  // `scope.state`, `scope.item` and `scope.incoming` are set by the runner. `initial` is what
  // `reset` goes back to. When the scope's budget is spent, the step it was spent in is TooLarge.
  StepRunner(Draft& draft, const Value& initial, const IndexedArrays& indexed, const Scope& scope)
      : draft_(draft), initial_(initial), indexed_(indexed), scope_(scope) {
    scope_.state = &draft_.root();
  }

  Status run(const Steps& steps) {
    Base slice;
    return runAt(slice, steps);
  }

 private:
  // Where the paths of steps begin: at the slice, an element of an array or an entity. Steps may
  // insert before their element, which then stands one place further on, and take it away: then
  // there is nothing here any more but its place, where they may still insert.
  struct Base {
    Path path = {};
    bool isElement = false;
    bool isGone = false;

    bool isElementAt(const Path& target) const { return isElement && target.size() == path.size(); }
    void moveOn();
  };

  Status runAt(Base& base, const Steps& steps);
  // The failure of a step that was applied, or none.
  ISTHMUS_SMALL Status checked(const Base& base, Status status) const;
  // Runs steps on an element, which expressions see as `item` as it was when it matched. `incoming`
  // is what an upsert brings; other steps hand on that of the upsert around them.
  Status runOn(Base& element, const Steps& steps, const Value* incoming);
  // Where a step works, which `made` may hold. StepFailed where there is nothing any more.
  Result<const Path*> target(const Base& base, const Step& step, Path& made);
  ISTHMUS_SMALL Status remove(Base& base, const Path& path);
  Result<Value> evaluate(const Expression& expression, const Path& target);
  Result<const Value*> arrayAt(const Path& path);
  ISTHMUS_SMALL Status merge(const Path& path, const Value& members);
  // The first element whose member `by` is `key`.
  std::optional<std::uint32_t> findElement(const Path& path, const Key& by, const Value& key) const;

  Status apply(Base& base, const Step& step);
  Status applyAt(Base& base, const Path& path, const Step& step);
  Status write(Base& base, const Path& path, const Step& step);
  Status inc(const Path& path, const Step& step);
  ISTHMUS_SMALL Status removeWhere(const Path& path, const Step& step);
  ISTHMUS_SMALL Status updateWhere(const Path& path, const Step& step);
  Status upsert(const Path& path, const Step& step);
  ISTHMUS_SMALL Status reset(const Path& path);
  ISTHMUS_SMALL Status choose(Base& base, const Step& step);
  ISTHMUS_SMALL Status applyEntityStep(const Path& path, const Step& step);

  // Parts of an entity step (reducer/step/entity_steps.cpp).
  Status applyWhere(EntityTable& table, const Step& step);
  Status applyValue(EntityTable& table, const Step& step, const Value& value);
  Status applyEntities(EntityTable& table, const Step& step, Vector<Entity> entities);
  Status upsertEntities(EntityTable& table, const Step& step, Vector<Entity> entities);
  Status runOnEntities(EntityTable& table, const Vector<EntityId>& ids, const Steps& steps);
  Status runOnEntity(EntityTable& table, const EntityId& id, const Steps& steps,
                     const Value* incoming);

  Draft& draft_;
  const Value& initial_;
  const IndexedArrays& indexed_;
  Scope scope_;
};

}  // namespace isthmus
