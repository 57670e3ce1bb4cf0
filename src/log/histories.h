#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/action_budget.h"
#include "log/entry.h"
#include "log/point.h"
#include "reducer/program.h"

namespace isthmus {

// A converging slice of this store, as it was injected.
struct ConvergingSlice {
  Key key;                                      // in the store
  Key name;                                     // in the log: key and fingerprint
  std::shared_ptr<const Program> program = {};  // none for a slice whose states JavaScript holds
  Value seed = {};                              // what it begins with here
  std::uint64_t seedDigest = 0;
  Value initial = {};  // what it begins with where there is no seed
  std::uint64_t initialDigest = 0;
  bool hasUpcast = false;  // whether a state of another release can be made one of this
};

// A slice's state at a place, and what it descends from. Not valid: the content of that beginning
// is not known here, and the state is what the seed would have become.
struct Cell {
  Value state = {};
  EntryId lineage = {};
  bool isValid = false;
};

// What the converging slices were before each entry of the line that changed them, so that the line
// can be changed anywhere and played again from there.
//
//   since ... │ 5: before │ 8: before │ ... now       a record for each entry that changed the cell
//
// Its states are those of native slices. Of the others it knows all but the state.
class Histories {
 public:
  struct Slice {
    ConvergingSlice slice;
    Place since = 0;  // of the oldest state that is known
    Cell now = {};
    struct Record {
      Place place;
      Cell before;
    };
    std::vector<Record> records = {};
    std::vector<Place> refused = {};  // places of entries that its reducer refused
  };

  explicit Histories(const ActionLimits& limits) : limits_(limits) {}

  // Begins with `cell` at a place.
  void put(ConvergingSlice slice, Place since, Cell cell);
  void remove(const Key& name);
  static void reset(Slice& slice, Place since, Cell cell);
  Slice* find(const Key& name);
  const Slice* find(const Key& name) const;
  const std::vector<Slice>& slices() const { return slices_; }
  std::vector<Slice>& slices() { return slices_; }

  // The cells are as they were after the entry at `place`.
  void rewind(Place place);
  // The next entry: `action` is what this store makes of it, or nothing. Slices fold apart: one
  // that refuses stays as it is.
  void play(Place place, const Entry& entry, const Action* action);
  void playIn(Slice& slice, Place place, const Entry& entry, const Action* action) const;
  // As `play`, for an own action: the first refusal is told, and nothing has changed.
  Status playOwn(Place place, const Entry& entry, const Action* action);
  // Forgets what was before `place`.
  void drop(Place place);
  // After the entry at `place`, which is not before `since`.
  static const Cell& at(const Slice& slice, Place place);

 private:
  HeapError step(Slice& slice, Place place, const Entry& entry, const Action* action) const;
  static void begin(Slice& slice, Place place, const Entry& entry);

  ActionLimits limits_;
  std::vector<Slice> slices_;
};

}  // namespace isthmus
