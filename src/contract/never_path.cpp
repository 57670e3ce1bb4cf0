#include "contract/never_path.h"

#include <algorithm>
#include <cassert>
#include <span>
#include <string>

#include "contract/place.h"
#include "value/draft.h"

namespace isthmus {
namespace {

constexpr std::string_view kForm =
    "must be a JSON Pointer into the payload, or { path, then: 'remove' or 'refuse' }";

using Rest = std::span<const Key>;

bool holds(const Value& value, Rest path) {
  if (path.empty()) return !value.isNull();
  return anyChild(value, path.front(),
                  [&](const Value& child, const Key&) { return holds(child, path.subspan(1)); });
}

// The places that a path names, each without a '*'.
void collect(const Value& value, Rest path, Path& place, std::vector<Path>& places) {
  if (path.empty()) return places.push_back(place);
  anyChild(value, path.front(), [&](const Value& child, const Key& key) {
    place.push_back(key);
    collect(child, path.subspan(1), place, places);
    place.pop_back();
    return false;
  });
}

void takeOut(Draft& draft, const Path& path) {
  const Value* const parent = draft.find(Path(path.begin(), path.end() - 1));
  [[maybe_unused]] const auto status =
      parent->isArray() ? draft.set(path, Value()) : draft.remove(path);
  assert(status.ok());
}

Status readThen(const Value& then, NeverPath& never) {
  if (!then.isString() || (then.string() != "remove" && then.string() != "refuse")) {
    return invalidDefinition("must be 'remove' or 'refuse'", "/then");
  }
  never.refuses = then.string() == "refuse";
  return Done{};
}

// The members of the long form, or the pointer of the short one.
Status readForm(const Value& definition, const Value*& pointer, NeverPath& never) {
  pointer = &definition;
  if (!definition.isObject()) return Done{};
  pointer = definition.find(Key("path"));
  const Value* const then = definition.find(Key("then"));
  const std::size_t known = then == nullptr ? 1 : 2;
  if (pointer == nullptr || known != definition.members().size()) return invalidDefinition(kForm);
  return then == nullptr ? Status(Done{}) : readThen(*then, never);
}

Result<NeverPath> readNeverPath(const Value& definition) {
  NeverPath never;
  const Value* pointer = nullptr;
  if (auto status = readForm(definition, pointer, never); !status) return std::move(status.error());
  if (!pointer->isString()) return invalidDefinition(kForm);
  auto path = parsePointer(pointer->string());
  if (!path) return invalidDefinition(path.error().message);
  if (path.value().empty()) {
    return invalidDefinition(
        "must name a part of the payload; an action without one needs no contract");
  }
  never.path = std::move(path).value();
  return never;
}

}  // namespace

Result<NeverPaths> readNeverPaths(const Value& definition) {
  if (!definition.isArray()) {
    return invalidDefinition("must be an array of JSON Pointers into the payload");
  }
  NeverPaths all;
  for (const auto& item : definition.items()) {
    auto never = readNeverPath(item);
    if (!never) return below(Key(std::to_string(all.size())), std::move(never.error()));
    all.push_back(std::move(never).value());
  }
  return all;
}

Value withoutNever(const Value& payload, const NeverPaths& never) {
  Draft draft(payload);
  for (const auto& [path, refuses] : never) {
    Path place;
    std::vector<Path> places;
    collect(draft.root(), path, place, places);
    for (const auto& each : places) takeOut(draft, each);
  }
  return std::move(draft).take();
}

bool holdsNever(const Value& payload, const NeverPaths& never) {
  return std::any_of(never.begin(), never.end(),
                     [&](const NeverPath& part) { return holds(payload, part.path); });
}

bool holdsRefusing(const Value& payload, const NeverPaths& never) {
  return std::any_of(never.begin(), never.end(), [&](const NeverPath& part) {
    return part.refuses && holds(payload, part.path);
  });
}

}  // namespace isthmus
