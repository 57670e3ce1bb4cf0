#pragma once

#include <random>
#include <string>

#include "value/value.h"

namespace isthmus::model {

// Random programs over one state, as JSON text: steps on /free and on /items, an array of
// { sku, q }, and entity steps on three tables. Most steps can apply, some cannot.
class RandomProgram {
 public:
  // `ids` is how many entities there may be: as few as meet often, or as many as fill trees.
  RandomProgram(unsigned seed, std::size_t ids) : random_(seed), ids_(ids) {}

  static const char* initialState();
  std::string steps(std::size_t count, int depth = 1);
  std::string payload();
  std::size_t below(std::size_t end) { return random_() % end; }

 private:
  std::string step(int depth);
  std::string plainStep(const std::string& path);
  std::string arrayStep(int depth);
  std::string entityStep();
  std::string entityFields(const std::string& op, const std::string& of);
  std::string elementSteps();
  std::string path();
  std::string rule();
  std::string test();
  std::string entity(bool numbered);
  std::string entityId(bool numbered);
  std::string changes(bool numbered);
  std::string update(bool numbered);
  std::string entityPayload(bool numbered);
  std::string list(const std::string& open, const std::string& close, auto make);
  template <std::size_t N>
  std::string pick(const char* const (&from)[N]) {
    return from[below(N)];
  }

  std::mt19937 random_;
  std::size_t ids_;
};

}  // namespace isthmus::model
