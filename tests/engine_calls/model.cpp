#include "engine_calls/model.h"

#include <algorithm>

#include "engine_calls/examples.h"
#include "native/reducer/model/plain_program.h"

namespace isthmus::calls {

SliceModel* StoreModel::find(const std::string& key) {
  const auto found = std::find_if(slices.begin(), slices.end(),
                                  [&](const SliceModel& slice) { return slice.key == key; });
  return found == slices.end() ? nullptr : &*found;
}

const Value* StoreModel::at(const Slices& slices, const Path& path) {
  for (const auto& slice : slices) {
    if (!(Key(slice.key) == path.front())) continue;
    return isthmus::find(slice.state, Path(path.begin() + 1, path.end()));
  }
  return nullptr;
}

std::optional<StoreModel::Slices> StoreModel::after(const std::string& type,
                                                    const Value& payload) const {
  static auto* const coverage = new model::Coverage;
  Slices next = slices;
  for (auto& slice : next) {
    const auto& example = examples()[slice.example];
    const auto steps = example.steps.find(type);
    if (steps == example.steps.end()) continue;
    model::PlainProgram program(slice.state, example.initialState, payload, *coverage);
    if (!program.run(steps->second)) return std::nullopt;
    slice.state = program.state();
  }
  return next;
}

std::vector<std::string> StoreModel::handling(const std::string& type) const {
  std::vector<std::string> keys;
  for (const auto& slice : slices) {
    if (examples()[slice.example].steps.contains(type)) keys.push_back(slice.key);
  }
  return keys;
}

void StoreModel::commit() {
  serial = nextSerial();
  slices = std::move(*pending);
  pending.reset();
}

}  // namespace isthmus::calls
