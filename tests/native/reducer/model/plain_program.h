#pragma once

#include "native/reducer/model/coverage.h"
#include "native/reducer/model/plain_entities.h"
#include "reducer/expression/scope.h"

namespace isthmus::model {

// Runs steps in canonical JSON, read anew each time, on a state that is copied with every change.
// Expressions are the engine's; they have tests of their own.
class PlainProgram {
 public:
  PlainProgram(Value state, const Value& initial, const Value& payload, Coverage& coverage)
      : state_(std::move(state)), initial_(initial), coverage_(coverage) {
    scope_.payload = &payload;
  }

  // False when a step cannot apply; the state is then to be dropped.
  bool run(const Value& steps) {
    Base slice;
    return runAt(slice, steps);
  }
  const Value& state() const { return state_; }
  // Whether a step made more than this interpreter can look at: then `run` has told nothing.
  bool isTooLarge() const { return isTooLarge_; }

 private:
  // The element of an array may come to stand elsewhere, or nowhere but before what followed it.
  struct Base {
    Path path = {};
    bool isElement = false;
    bool isGone = false;
  };

  bool runAt(Base& base, const Value& steps);
  bool runOn(Base& element, const Value& steps, const Value* incoming);
  bool apply(Base& base, const Value& step);
  bool applyAny(Base& base, const Value& step);
  bool applyToArray(const std::string& op, const Path& path, const Value& step);
  bool updateWhere(const Path& path, const Value& step);
  bool removeWhere(const Path& path, const Value& step);
  bool upsert(const Path& path, const Value& step);
  bool applyEntities(const std::string& op, const Path& path, const Value& step);
  bool upsertEntities(PlainEntities& table, const Path& path, const Value& step,
                      const Value::Items& entities);
  bool applyWhere(PlainEntities& table, const Path& path, const Value& step);
  bool runOnEntities(PlainEntities& table, const Path& path, const Value::Items& ids,
                     const Value& steps, const Value::Items& incoming);
  bool replace(Plain next);
  std::optional<Path> resolve(const Path& base, const Value* path);
  Value evaluate(const Value& rule);
  Plain evaluateFinite(const Value& rule);
  bool matches(const Value& rule, const Value& item);

  Value state_;
  bool isTooLarge_ = false;
  const Value& initial_;
  Coverage& coverage_;
  Scope scope_;
};

}  // namespace isthmus::model
