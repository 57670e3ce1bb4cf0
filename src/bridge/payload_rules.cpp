#include "bridge/payload_rules.h"

#include <algorithm>
#include <cassert>

#include "contract/credential.h"
#include "log/action_keys.h"
#include "value/draft.h"

namespace isthmus {
namespace {

using Payload = std::optional<Value>;

const Value& orNull(const Payload& payload) {
  static const Value kNull;
  return payload ? *payload : kNull;
}

Payload payloadOf(const Value& action) {
  const Value* const payload = action.find(payloadKey());
  return payload == nullptr ? std::nullopt : Payload(*payload);
}

Value withPayload(const Value& action, const Payload& payload) {
  const Path path{payloadKey()};
  const Value* const own = action.find(path.front());
  if (own == nullptr ? !payload : payload && own->identical(*payload)) return action;
  Draft draft(action);
  [[maybe_unused]] const auto status = payload ? draft.set(path, *payload) : draft.remove(path);
  assert(status.ok());
  return std::move(draft).take();
}

// The schema's place is told, not the payload's: keys of the payload are part of it.
std::optional<Refusal> mismatch(const Contract& contract, const Payload& payload) {
  if (!contract.payload) return std::nullopt;
  const auto error = contract.payload->check(orNull(payload));
  if (!error) return std::nullopt;
  return Refusal{DropReason::Schema, "the payload, or a part of it, " + error->message + ": see '" +
                                         error->schema + "' in the contract's schema"};
}

Refusal neverPart() { return {DropReason::Secret, "the payload has a part that must never cross"}; }

bool isActionKey(const Key& key) {
  return key == typeKey() || key == payloadKey() || key == metaKey();
}

// A place in an action as far as it may be told: its own fields, positions in arrays, and keys that
// the contract's schema names. Every other key is the payload's, and stands as '*'.
std::string tellable(const Path& path, const Value& action, const Contract& contract) {
  Path told;
  const Value* at = &action;
  for (const auto& key : path) {
    const bool isKnown = at->isArray() || (told.empty() && isActionKey(key)) ||
                         (contract.payload && contract.payload->names(key));
    told.push_back(isKnown ? key : Key("*"));
    at = at->find(key);
  }
  return toPointer(told);
}

std::optional<Refusal> credentialIn(const Value& action, const Contract& contract,
                                    const Value& innocent = {}) {
  const auto credential = findCredential(action, innocent);
  if (!credential) return std::nullopt;
  return Refusal{DropReason::Secret, "the action holds, at '" +
                                         tellable(credential->path, action, contract) +
                                         "', what looks like " + std::string(credential->kind) +
                                         "; if it is none, let the contract say credentials: "
                                         "'allow'"};
}

// An absent payload stays absent where the steps make nothing of it.
Result<Payload> cast(const Contract& contract, const Envelope& envelope, const Payload& payload,
                     std::uint64_t from, std::uint64_t to, const Limits& limits,
                     const ActionLimits& work) {
  const Value* const meta = envelope.action.find(metaKey());
  auto result = contract.casters.cast(orNull(payload), meta == nullptr ? Value() : *meta, from, to,
                                      limits, work);
  if (!result) return std::move(result.error());
  if (!payload && result.value().isNull()) return payload;
  return Payload(std::move(result).value());
}

// What casters made may hold a part that never leaves.
std::optional<Refusal> takeNever(const Contract& contract, Payload& payload) {
  if (!payload) return std::nullopt;
  if (holdsRefusing(*payload, contract.never)) return neverPart();
  payload = withoutNever(*payload, contract.never);
  return std::nullopt;
}

Refusal uncast(const Error& error) { return {reasonOf(error, DropReason::Version), error.message}; }

std::optional<Refusal> addShape(Envelope& envelope, const Contract& contract,
                                const Payload& payload, std::uint32_t version, const Limits& limits,
                                const ActionLimits& work) {
  auto shape = cast(contract, envelope, payload, contract.schemaVersion, version, limits, work);
  if (!shape) return uncast(shape.error());
  if (auto refusal = takeNever(contract, shape.value())) return refusal;
  envelope.shapes.push_back({version, std::move(shape).value()});
  return std::nullopt;
}

// In the action or in any of the shapes that leave beside it.
std::optional<Refusal> credentialIn(const Envelope& envelope, const Contract& contract) {
  if (auto refusal = credentialIn(envelope.action, contract)) return refusal;
  for (const auto& shape : envelope.shapes) {
    const Value action = withPayload(envelope.action, shape.payload);
    if (auto refusal = credentialIn(action, contract, envelope.action)) return refusal;
  }
  return std::nullopt;
}

// The first of the shapes becomes the action's own.
void adoptFirstShape(Envelope& envelope) {
  const Shape first = std::move(envelope.shapes.front());
  envelope.shapes.erase(envelope.shapes.begin());
  envelope.schemaVersion = first.schemaVersion;
  envelope.action = withPayload(envelope.action, first.payload);
}

// Lower is better: the very version, the versions before it from the nearest, those after it.
std::uint64_t distance(std::uint64_t version, std::uint64_t own) {
  return version <= own ? own - version : version;
}

std::optional<Shape> nearestShape(const Envelope& envelope, const Contract& contract) {
  Shape own{envelope.schemaVersion, payloadOf(envelope.action)};
  if (own.schemaVersion == contract.schemaVersion) return own;
  auto shapes = envelope.shapes;
  shapes.push_back(std::move(own));
  std::erase_if(shapes, [&](const Shape& shape) {
    return !contract.casters.reach(shape.schemaVersion, contract.schemaVersion);
  });
  if (shapes.empty()) return std::nullopt;
  return *std::min_element(shapes.begin(), shapes.end(), [&](const Shape& a, const Shape& b) {
    return distance(a.schemaVersion, contract.schemaVersion) <
           distance(b.schemaVersion, contract.schemaVersion);
  });
}

bool holdsNever(const Contract& contract, const Payload& payload) {
  return payload && isthmus::holdsNever(*payload, contract.never);
}

Refusal unknownVersion(const Envelope& envelope, const Contract& contract) {
  return {DropReason::Version,
          "the contract has schemaVersion " + std::to_string(contract.schemaVersion) + ", not " +
              std::to_string(envelope.schemaVersion) + ", and no casters between them"};
}

}  // namespace

std::optional<Refusal> prepareToLeave(Envelope& envelope, const Contract& contract,
                                      std::span<const std::uint32_t> versions, const Limits& limits,
                                      const ActionLimits& work) {
  Payload payload = payloadOf(envelope.action);
  if (auto refusal = takeNever(contract, payload)) return refusal;
  if (auto refusal = mismatch(contract, payload)) return refusal;
  for (const auto version : versions) {
    if (!contract.casters.reach(contract.schemaVersion, version)) {
      return Refusal{DropReason::Version,
                     "the contract has no casters to version " + std::to_string(version)};
    }
    if (auto refusal = addShape(envelope, contract, payload, version, limits, work)) return refusal;
  }
  adoptFirstShape(envelope);
  return contract.allowsCredentials ? std::nullopt : credentialIn(envelope, contract);
}

std::optional<Refusal> prepareToArrive(Envelope& envelope, const Contract& contract,
                                       const Limits& limits, const ActionLimits& work,
                                       const Value& innocent) {
  const auto shape = nearestShape(envelope, contract);
  if (!shape) return unknownVersion(envelope, contract);
  auto payload = cast(contract, envelope, shape->payload, shape->schemaVersion,
                      contract.schemaVersion, limits, work);
  if (!payload) return uncast(payload.error());
  if (auto refusal = mismatch(contract, payload.value())) return refusal;
  if (holdsNever(contract, shape->payload) || holdsNever(contract, payload.value())) {
    return neverPart();
  }
  const Value sent = withPayload(envelope.action, shape->payload);
  envelope.action = withPayload(envelope.action, payload.value());
  envelope.shapes.clear();
  if (contract.allowsCredentials) return std::nullopt;
  if (auto refusal = credentialIn(sent, contract, innocent)) return refusal;
  return sent.identical(envelope.action) ? std::nullopt : credentialIn(envelope.action, contract);
}

}  // namespace isthmus
