#include "contract/contract.h"

#include <algorithm>
#include <cmath>

namespace isthmus {
namespace {

Status readAudience(const Value& argument, Audience& audience) {
  if (argument.isString() && argument.string() == "*") return Done{};
  if (!argument.isArray()) return invalidDefinition("must be '*' or an array of store names");
  audience.everyone = false;
  for (const auto& name : argument.items()) {
    if (!name.isString() || name.string().empty() || name.string() == "*") {
      return invalidDefinition("must be '*' alone or an array of store names");
    }
    audience.stores.emplace_back(name.string());
  }
  return Done{};
}

Status readFrom(const Value& argument, Contract& contract) {
  return readAudience(argument, contract.from);
}

Status readTo(const Value& argument, Contract& contract) {
  return readAudience(argument, contract.to);
}

Status readVersion(const Value& argument, Contract& contract) {
  const double version = argument.isNumber() ? argument.number() : 0;
  if (version < 1 || version > 0xFFFF'FFFF || version != std::trunc(version)) {
    return invalidDefinition("must be a whole number, 1 or more");
  }
  contract.schemaVersion = static_cast<std::uint32_t>(version);
  return Done{};
}

Status readNever(const Value& argument, Contract& contract) {
  if (!argument.isArray())
    return invalidDefinition("must be an array of JSON Pointers into the payload");
  for (const auto& pointer : argument.items()) {
    const auto where = "/" + std::to_string(contract.never.size());
    if (!pointer.isString())
      return invalidDefinition("must be a JSON Pointer into the payload", where);
    auto path = parsePointer(pointer.string());
    if (!path) return invalidDefinition(std::move(path.error().message), where);
    if (path.value().empty()) {
      return invalidDefinition(
          "must name a part of the payload; an action without one needs no contract", where);
    }
    contract.never.push_back(std::move(path).value());
  }
  return Done{};
}

Status readAssertFormats(const Value& argument, Contract&) {
  return argument.isBoolean() ? Status(Done{}) : invalidDefinition("must be true or false");
}

Status readPayload(const Value& argument, Contract& contract) {
  const Value* const asserts = contract.definition.find(Key("assertFormats"));
  const bool assertFormats = asserts != nullptr && asserts->isBoolean() && asserts->boolean();
  auto schema = Schema::compile(argument, {.assertFormats = assertFormats});
  if (!schema) return std::move(schema.error());
  contract.payload = std::move(schema).value();
  return Done{};
}

struct Field {
  std::string_view name;
  Status (*read)(const Value& argument, Contract& contract);
};

constexpr Field kFields[] = {
    {"from", readFrom},   {"to", readTo},           {"schemaVersion", readVersion},
    {"never", readNever}, {"payload", readPayload}, {"assertFormats", readAssertFormats},
};

Status readField(const Value::Member& member, Contract& contract) {
  const auto* const found =
      std::find_if(std::begin(kFields), std::end(kFields),
                   [&](const Field& field) { return field.name == member.key.text(); });
  if (found == std::end(kFields)) {
    return invalidDefinition(
        "is not a field of a contract; use from, to, schemaVersion, never, payload or "
        "assertFormats");
  }
  return found->read(member.value, contract);
}

Status checkNever(const Contract& contract) {
  for (std::size_t i = 0; i < contract.never.size(); ++i) {
    if (contract.payload && contract.payload->demands(contract.never[i])) {
      return invalidDefinition(
          "is required by the payload's schema, so the action could never leave",
          "/never/" + std::to_string(i));
    }
  }
  return Done{};
}

}  // namespace

bool Audience::includes(std::string_view store) const {
  return everyone || std::find(stores.begin(), stores.end(), store) != stores.end();
}

Result<Contract> compileContract(const Value& definition) {
  if (!definition.isObject()) return invalidDefinition("a contract must be an object");
  Contract contract;
  contract.definition = definition;
  for (const auto& member : definition.members()) {
    auto status = readField(member, contract);
    if (!status) {
      status.error().where = toPointer({member.key}) + status.error().where;
      return std::move(status.error());
    }
  }
  if (auto status = checkNever(contract); !status) return std::move(status.error());
  return contract;
}

}  // namespace isthmus
