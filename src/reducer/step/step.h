#pragma once

#include "reducer/entity/entity_order.h"
#include "reducer/expression/expression.h"
#include "reducer/step/location.h"

namespace isthmus {

struct Step;
using Steps = Vector<Step>;

enum class Operation : std::uint8_t {
  Set,
  Unset,  // as Remove, but absent is fine
  Inc,
  Merge,  // the members of `value` into the object at `path`, one level deep
  Push,
  Insert,  // before the index that `path` ends with
  Remove,  // as in JSON Patch (RFC 6902): the location must exist
  RemoveWhere,
  UpdateWhere,
  Upsert,  // the first element whose `key` equals the value's gets `onMatch`
  Reset,   // to what the initial state has there
  If,

  // On { ids, entities }, as Redux Toolkit's entity adapter; entity_table.h
  AddOne,
  AddMany,
  SetOne,
  SetMany,
  SetAll,
  UpdateOne,
  UpdateMany,
  UpsertOne,
  UpsertMany,
  RemoveOne,
  RemoveMany,
  RemoveAll
};

// The fields of a step's canonical JSON, of which an operation has some; see
// reducer/step/step_compiler.cpp.
struct Step {
  Operation operation = Operation::Set;
  bool hasSteps = false;  // otherwise what matches is merged
  Location path = {};
  Expression value = {};
  Expression test = {};  // `where`, or of an If; of an entity step none, unless it chooses by one
  Key key = {};          // `by`; of an entity step the member that holds an entity's id
  EntityOrder sortBy = {};
  Steps steps = {};  // `onMatch`, or `then`
  Steps otherwise = {};
};

// Reads a list of steps in canonical JSON. InvalidDefinition names the place inside the list: an
// unknown step, an unknown or missing field, a malformed path or expression.
Result<Steps> compileSteps(const Value& definition);

}  // namespace isthmus
