#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine_calls/choices.h"
#include "engine_calls/exports.h"
#include "engine_calls/instance.h"
#include "engine_calls/model.h"
#include "engine_calls/views.h"

namespace isthmus::calls {

// Calls of the engine that bytes choose, each compared with the model: what it answers, which
// watches it names, what can be read afterwards.
//
// One of them may be cut off. Then what the engine holds must be what it held before the call or
// what it holds after it, in all stores and bridges alike; another instance takes it over, as
// web/engine does, and the calls go on. Those that `Cut` tells by their numbers are of stores and
// bridges; bytes can choose any.
class Session {
 public:
  struct Cut {
    std::size_t call;  // from 0; a few steps later the session ends
    Trap trap;
  };

  explicit Session(std::span<const std::uint8_t> bytes, const std::optional<Cut>& cut = {});

  void run();
  // How many calls there were, and whether one was cut off.
  std::size_t calls() const { return calls_; }
  bool wasCut() const { return wasCut_; }

 private:
  using Step = void (Session::*)();
  using Slices = StoreModel::Slices;
  static const Step kSteps[];

  // stores: session_stores.cpp
  void createStore();
  void destroyStore();
  void inject();
  void removeSlice();
  void replaceSlice();
  void dispatch();
  void prepare();
  void prepareState();
  void commit();
  void discard();
  void watch();
  void unwatch();
  void removeDefinition();

  // reads: session_reads.cpp
  void read();
  void readWatched();
  void readStates();
  void reduce();
  void collectGarbage();

  // what functions have made: session_functions.cpp
  void edit();
  void give();
  void change();

  // bridges: session_bridges.cpp
  void createBridge();
  void destroyBridge();
  void send();
  void receive();
  void receiveLegacy();
  void settle();
  void expect();
  void release();
  void takeParked();
  void sweep();
  void count();
  void hear();
  void remember();

  // what happens to the instance: session.cpp
  void arm();
  void check();
  void takeOver();

  // Makes the call with the arguments that were written. Nothing when it was cut off; the model is
  // then what came of it: itself or one of `after`. Otherwise the model is for the caller to move.
  template <typename Call>
  std::optional<Outcome> call(const std::vector<Model>& after, const Call& made) {
    return attempt(nextTrap(), after, made);
  }
  // A call that changes nothing.
  template <typename Call>
  std::optional<Outcome> call(const Call& made) {
    return call({}, made);
  }

  // The same without a number.
  template <typename Call>
  std::optional<Outcome> attempt(const Trap& trap, const std::vector<Model>& after,
                                 const Call& made) {
    Outcome outcome = 0;
    if (Instance::run([&] { outcome = made(); }, trap)) return outcome;
    wasCut_ = true;
    recover(after);
    return std::nullopt;
  }

  Trap nextTrap();
  Trap armedTrap();
  void recover(const std::vector<Model>& after);
  void renew();
  void rebuild(std::size_t store);
  void rebuildBridge(std::size_t bridge);
  bool holds(const Model& model) const;

  std::uint32_t length() const { return static_cast<std::uint32_t>(arguments_.size()); }
  Encoder write();
  void put();
  bool define(std::size_t example);
  std::uint32_t number(const std::string& type);

  struct ActionChoice {
    std::string type;
    std::optional<Value> payload;  // nothing for bytes that are none
  };
  std::optional<ActionChoice> writeAction();
  Value chosenValue();
  Path chosenPath(const StoreModel& store);
  StoreModel* chosenStore();
  std::size_t chosenExample();
  std::string chosenKey();
  std::string chosenType();
  bool isExcused(const StoreModel& store, const std::optional<Slices>& after, Outcome outcome);
  std::optional<Slices> expected(const StoreModel& store, const ActionChoice& action);
  void checkChange(const StoreModel& store, const Slices& before, const Slices& after, bool moved,
                   Answer& answer);
  void checkShown(const Value* expected, Outcome outcome);
  std::optional<Value> writeState(std::uint32_t form);
  Result<Value> writeEdits(Encoder& encoder, const Value& state);
  Result<Value> writeRawEdits(const Value& state);
  void writeOperation(Encoder& encoder);
  void writeSource(Encoder& encoder, int depth);
  void writePath(Encoder& encoder);
  struct GivenChoice {
    Slices slices;  // the store's with them
    std::vector<std::string> keys;
    std::vector<Value> states = {};
    bool isRefused = false;  // one of them is of no slice, or cannot be made
    bool isNode = false;     // one of them is told by what was shown
  };
  std::optional<Value> writeMade(Encoder& encoder, const Value* present, GivenChoice& given);
  GivenChoice writeGiven(const StoreModel& store);
  Id idOf(const StoreModel& store) const;
  StoreModel& in(Model& model, const StoreModel& store) const;

  Bridge* chosenBridge();
  Bridge& own(Model& model, const Bridge& bridge) const;
  Id idOf(const Bridge& bridge) const;
  Value chosenAction();
  Bytes chosenMessage();
  std::string chosenSlice();
  void checkDecision(const Bridge::Inbound& decision, Outcome outcome);
  void receiveInto(const Bridge& bridge, bool enabled);
  void checkGap(const Bridge::Inbound& decision, Answer& answer);
  void checkOutbound(const Bridge::Outbound& decision, Outcome outcome);

  Choices choices_;
  std::optional<Cut> cut_;
  Trap armed_ = {};
  std::size_t calls_ = 0;
  bool wasCut_ = false;
  bool isRenewing_ = false;
  Model model_;
  Views views_;
  Bytes arguments_;
  std::vector<std::string> named_;  // action types, each under its place + 1
  std::uint32_t lastWatch_ = 0;
  double now_ = 1'000'000;
  std::uint32_t seq_ = 0;
};

}  // namespace isthmus::calls
