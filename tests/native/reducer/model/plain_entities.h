#pragma once

#include <string>

#include "native/reducer/model/plain_value.h"

namespace isthmus::model {

// Redux Toolkit's two entity adapters, line by line, on copies: the sorted one when `sortBy` names
// members ("-n" descending), which hold numbers or are absent. Updates are { id, changes }, also
// where entities have their ids under another name.
class PlainEntities {
 public:
  // As a step's selectId and sortBy say. Nothing when the state is not { ids, entities }.
  static std::optional<PlainEntities> open(const Value* state, const Value& step);

  Value toValue(const Value& state) const;
  const Value* find(const Value& id) const { return entities_.find(keyOf(id)); }
  const Value::Items& ids() const { return ids_; }
  bool isEntity(const Value& value) const;
  // The ids of those that have all members of a record, of which an empty one chooses none.
  Value::Items idsWhere(const Value& members) const;

  void add(const Value::Items& entities);
  void set(const Value::Items& entities);
  void setAll(const Value::Items& entities);
  bool update(const Value::Items& updates);
  void remove(const Value::Items& ids);
  // What upsert adds; the rest, as updates, is returned.
  Value::Items addUnknown(const Value::Items& entities);
  // An entity becomes another, under its own id; false when that has none.
  bool become(const Value& id, const Value& entity);
  void settle();

 private:
  static Key keyOf(const Value& id);
  const Value& idOf(const Value& entity) const { return *entity.find(selectId_); }
  bool isSorted() const { return !sortBy_.empty(); }
  int compare(const Value& a, const Value& b) const;
  void addSorted(const Value::Items& entities);
  void mergeSorted(const Value::Items& added, bool applied);
  bool hasId(const Value& id) const;

  Value::Items ids_;
  Value entities_;
  Key selectId_{"id"};
  std::vector<std::string> sortBy_;
  bool isRenamed_ = false;
  Value newIds_{Value::Members{}};
  bool isUpdated_ = false;
};

}  // namespace isthmus::model
