#include "contract/contract.h"

#include <algorithm>
#include <cmath>

#include "base/nearest_name.h"

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

// 0 for what is none.
std::uint32_t versionOf(const Value& argument) {
  const double version = argument.isNumber() ? argument.number() : 0;
  const bool isVersion = version >= 1 && version <= 0xFFFF'FFFF && version == std::trunc(version);
  return isVersion ? static_cast<std::uint32_t>(version) : 0;
}

Status readVersion(const Value& argument, Contract& contract) {
  contract.schemaVersion = versionOf(argument);
  if (contract.schemaVersion == 0) return invalidDefinition("must be a whole number, 1 or more");
  return Done{};
}

Status readNever(const Value& argument, Contract& contract) {
  auto never = readNeverPaths(argument);
  if (!never) return std::move(never.error());
  contract.never = std::move(never).value();
  return Done{};
}

Status readUpcast(const Value& argument, Contract& contract) {
  return contract.casters.addUp(argument);
}

Status readDowncast(const Value& argument, Contract& contract) {
  return contract.casters.addDown(argument);
}

Status readEmit(const Value& argument, Contract& contract) {
  const std::size_t count = argument.isArray() ? argument.items().size() : 0;
  if (count == 0 || count > kMostEmitted) {
    return invalidDefinition("must be an array of 1 to " + std::to_string(kMostEmitted) +
                             " versions");
  }
  for (const auto& item : argument.items()) {
    auto& emit = contract.emit;
    const auto version = versionOf(item);
    if (version == 0 || std::find(emit.begin(), emit.end(), version) != emit.end()) {
      return invalidDefinition("must be a whole number, 1 or more, and listed once",
                               "/" + std::to_string(emit.size()));
    }
    emit.push_back(version);
  }
  return Done{};
}

Status readCredentials(const Value& argument, Contract& contract) {
  if (!argument.isString() || (argument.string() != "allow" && argument.string() != "refuse")) {
    return invalidDefinition("must be 'allow' or 'refuse'");
  }
  contract.allowsCredentials = argument.string() == "allow";
  return Done{};
}

Status readLastWins(const Value& argument, Contract& contract) {
  if (!argument.isBoolean()) return invalidDefinition("must be true or false");
  contract.lastWins = argument.boolean();
  return Done{};
}

// The formats that are annotations, of { annotations: [name] }.
Result<SchemaOptions> readAnnotations(const Value& argument) {
  const Value* const names = argument.find(Key("annotations"));
  if (names == nullptr || argument.members().size() != 1 || !names->isArray()) {
    return invalidDefinition("must be true, false or { annotations: [names of formats] }");
  }
  SchemaOptions options{.assertFormats = true};
  for (const auto& name : names->items()) {
    if (!name.isString()) {
      return invalidDefinition("must be the name of a format",
                               "/annotations/" + std::to_string(options.annotations.size()));
    }
    options.annotations.emplace_back(name.string());
  }
  return options;
}

Result<SchemaOptions> readSchemaOptions(const Value* asserts) {
  if (asserts == nullptr) return SchemaOptions{};
  if (asserts->isBoolean()) return SchemaOptions{.assertFormats = asserts->boolean()};
  return readAnnotations(*asserts);
}

Status readAssertFormats(const Value& argument, Contract&) {
  auto options = readSchemaOptions(&argument);
  return options ? Status(Done{}) : Status(std::move(options.error()));
}

// What is wrong with the options is told by the field that has them.
Status readPayload(const Value& argument, Contract& contract) {
  auto options = readSchemaOptions(contract.definition.find(Key("assertFormats")));
  auto schema = Schema::compile(argument, options ? options.value() : SchemaOptions{});
  if (!schema) return std::move(schema.error());
  contract.payload = std::move(schema).value();
  return Done{};
}

struct Field {
  std::string_view name;
  Status (*read)(const Value& argument, Contract& contract);
};

constexpr Field kFields[] = {
    {"from", readFrom},
    {"to", readTo},
    {"schemaVersion", readVersion},
    {"never", readNever},
    {"payload", readPayload},
    {"upcast", readUpcast},
    {"downcast", readDowncast},
    {"emit", readEmit},
    {"credentials", readCredentials},
    {"lastWins", readLastWins},
    {"assertFormats", readAssertFormats},
};

HeapError unknownField(std::string_view name) {
  NearestName nearest(name);
  std::string known;
  for (const auto& field : kFields) {
    nearest.offer(field.name);
    known += " " + std::string(field.name);
  }
  return invalidDefinition("is not a field of a contract" + nearest.question() +
                           (nearest.found().empty() ? "." : "") + " There are" + known);
}

Status readField(const Value::Member& member, Contract& contract) {
  const auto* const found =
      std::find_if(std::begin(kFields), std::end(kFields),
                   [&](const Field& field) { return field.name == member.key.text(); });
  if (found == std::end(kFields)) {
    return unknownField(member.key.text());
  }
  return found->read(member.value, contract);
}

Status checkNever(const Contract& contract) {
  for (std::size_t i = 0; contract.payload && i < contract.never.size(); ++i) {
    const auto& path = contract.never[i].path;
    const auto place = "/never/" + std::to_string(i);
    if (contract.payload->demands(path)) {
      return invalidDefinition(
          "is required by the payload's schema, so the action could never leave", place);
    }
    if (const auto misnamed = contract.payload->misnamed(path)) {
      return invalidDefinition("names nothing in the payload's schema: " + *misnamed, place);
    }
  }
  return Done{};
}

// The contract's own version leads, where it is emitted, since it needs no caster.
Status checkEmit(Contract& contract) {
  auto& emit = contract.emit;
  if (emit.empty()) emit.push_back(contract.schemaVersion);
  for (std::size_t i = 0; i < emit.size(); ++i) {
    if (contract.casters.reach(contract.schemaVersion, emit[i])) continue;
    return invalidDefinition("is a version that no casters lead to", "/emit/" + std::to_string(i));
  }
  const auto own = std::find(emit.begin(), emit.end(), contract.schemaVersion);
  if (own != emit.end()) std::rotate(emit.begin(), own, own + 1);
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
  if (auto status = checkEmit(contract); !status) return std::move(status.error());
  return contract;
}

Result<Contract> compileContractOf(std::string_view type, const Value& definition) {
  auto contract = compileContract(definition);
  if (contract) return contract;
  auto& message = contract.error().message;
  message = "the contract of '" + std::string(type) + "' is wrong: " + message;
  return std::move(contract.error());
}

}  // namespace isthmus
