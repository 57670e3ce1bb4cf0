#include "contract/never_path.h"

#include <algorithm>
#include <cassert>

#include "value/draft.h"

namespace isthmus {
namespace {

constexpr std::string_view kForm =
    "must be a JSON Pointer into the payload, or { path, then: 'remove' or 'refuse' }";

bool holds(const Value& payload, const NeverPath& never) {
  const Value* const found = find(payload, never.path);
  return found != nullptr && !found->isNull();
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
    if (draft.find(path) != nullptr) takeOut(draft, path);
  }
  return std::move(draft).take();
}

bool holdsNever(const Value& payload, const NeverPaths& never) {
  return std::any_of(never.begin(), never.end(),
                     [&](const NeverPath& part) { return holds(payload, part); });
}

bool holdsRefusing(const Value& payload, const NeverPaths& never) {
  return std::any_of(never.begin(), never.end(),
                     [&](const NeverPath& part) { return part.refuses && holds(payload, part); });
}

}  // namespace isthmus
