// What a bridge decides about the legacy channel: plain actions in both directions.

#include <algorithm>
#include <utility>

#include "bridge/bridge.h"
#include "bridge/legacy.h"
#include "bridge/mark.h"
#include "log/action_keys.h"
#include "value/codec.h"

namespace isthmus {
namespace {

constexpr std::string_view kAnyone = "";  // the one sender of the legacy channel's limit

}  // namespace

// A type is on from `otherwise` where the channel has no version of its own.
std::uint32_t Bridge::legacyVersion(const Contract& contract, std::uint32_t otherwise) const {
  const std::uint32_t known = options_.legacyVersion == 0 ? otherwise : options_.legacyVersion;
  return std::min(known, contract.schemaVersion);
}

// `prepare` has found the action fit to leave.
Bridge::Outbound Bridge::makePlain(const Value& action, std::string type, std::uint64_t seq) const {
  const Contract& contract = *contracts_.find(type);
  const std::uint32_t versions[] = {legacyVersion(contract, contract.schemaVersion)};
  Envelope envelope{self_, store_, seq, 0, {}, 1, action};
  auto refusal = prepareToLeave(envelope, contract, versions, options_.limits, options_.work);
  auto plain = pack(std::move(refusal), toPlain(envelope), std::move(type));
  if (plain.verdict == Outbound::Verdict::Refused) {
    plain.message.insert(0, "not for the legacy channel: ");
  }
  return plain;
}

Bridge::Outbound Bridge::takePlain() { return std::exchange(plain_, {}); }

Bridge::Inbound Bridge::inboundLegacy(std::span<const std::uint8_t> bytes, bool enabled,
                                      double now) {
  handOver();
  if (bytes.size() > options_.bytes) return drop(tooLarge(), {});
  if (isLegacyLimited(now)) return {.limited = true};
  auto message = decode(bytes, options_.limits);
  if (!message) return drop({reasonOf(message.error()), message.error().message}, {});
  if (!isAction(message.value())) {
    return drop({DropReason::Protocol, "the message is not a plain action with a type"}, {});
  }
  Envelope envelope{{}, {}, 0, 0, {}, 1, std::move(message).value()};
  const Provenance provenance = provenanceOf(envelope.action, options_.sender);
  if (provenance == Provenance::Copy) return {.passedOver = true};
  if (provenance == Provenance::Echo) {
    return drop({DropReason::Echo, "the action came over a bridge before"},
                std::string(envelope.type()));
  }
  if (auto refusal = judgeLegacy(envelope, enabled)) {
    return rejectLegacy(envelope, std::move(*refusal), now);
  }
  admitted_ = {{{}, Text(*envelope.action.find(typeKey())), false}, {}};
  return {
      .accepted = true, .type = std::string(envelope.type()), .action = std::move(envelope.action)};
}

// As `reject` sees it, though hand-written bridges keep no rules.
Bridge::Inbound Bridge::rejectLegacy(const Envelope& envelope, Refusal refusal, double now) {
  const bool isBad = refusal.reason == DropReason::Schema || refusal.reason == DropReason::Secret;
  books_.change([&](Books& books) {
    if (isBad) books.legacyRejects.rejected(kAnyone, now);
    books.counters.countDrop(refusal.reason, envelope.type());
  });
  return dropped(std::move(refusal), std::string(envelope.type()));
}

std::optional<Refusal> Bridge::judgeLegacy(Envelope& envelope, bool enabled) const {
  if (!enabled) return Refusal{DropReason::Off, "the bridge is switched off"};
  const Contract* const contract = contracts_.find(envelope.type());
  if (contract == nullptr) return unlisted(envelope.type(), false);
  const bool hasSenders = contract->from.everyone || !contract->from.stores.empty();
  if (!contract->to.includes(options_.store) || !hasSenders) {
    return Refusal{DropReason::Sender, "the contract lets no store send to this one"};
  }
  const auto version = plainVersion(envelope.action, legacyVersion(*contract, 1));
  if (!version) {
    return Refusal{DropReason::Version, "meta.schemaVersion must be a whole number, 1 or more"};
  }
  envelope.schemaVersion = *version;
  if (auto refusal = prepareToArrive(envelope, *contract, options_.limits, options_.work))
    return refusal;
  envelope.action = withPlainVersion(envelope.action, contract->schemaVersion);
  return std::nullopt;
}

bool Bridge::isLegacyLimited(double now) {
  const bool limited = books().legacyRejects.isLimited(kAnyone, now);
  if (limited) countLimited();
  return limited;
}

}  // namespace isthmus
