#pragma once

#include <random>
#include <string>

#include "value/value.h"

namespace isthmus::model {

// Random programs over one state, as JSON text: steps on /free and on /items, an array of
// { sku, q }, and entity steps on five tables. Most steps can apply, some cannot.
class RandomProgram {
 public:
  // `ids` is how many entities there may be: as few as meet often, or as many as fill trees. With
  // many, the lists and objects of the initial state are large, too.
  RandomProgram(unsigned seed, std::size_t ids) : random_(seed), ids_(ids) {}

  std::string initialState();
  std::string steps(std::size_t count, int depth = 1);
  std::string payload();
  std::size_t below(std::size_t end) { return random_() % end; }

 private:
  // Where a table lies and what entities are in it.
  struct Table {
    const char* path;
    const char* options;  // what each step on it says
    const char* payload;  // the part of the payload with entities for it
    const char* selectId;
    bool numbered;
  };
  static const Table kTables[];

  std::string step(int depth);
  std::string plainStep(const std::string& path);
  std::string arrayStep(int depth);
  std::string entityStep();
  std::string entityFields(const std::string& op, const Table& table);
  std::string onMatch(const Table& table);
  std::string given(const std::string& op, const Table& table);
  std::string elementSteps();
  std::string path();
  std::string rule();
  std::string test();
  std::string key();
  std::string sku();
  std::string entityId(const Table& table);
  std::string members(const Table& table, const std::string& id);
  std::string entity(const Table& table);
  std::string update(const Table& table);
  std::string entityPayload(const Table& table);
  std::string list(auto make);
  bool isLarge() const { return ids_ > 50; }
  template <std::size_t N>
  std::string pick(const char* const (&from)[N]) {
    return from[below(N)];
  }

  std::mt19937 random_;
  std::size_t ids_;
};

}  // namespace isthmus::model
