#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "bridge/payload_rules.h"

namespace isthmus {

// One contract's rules for payloads that travel without an envelope, such as a snapshot, which is a
// message to a later page. What passes is what passes in the action of an envelope, and so are the
// refusals.
//
//   shape := { schemaVersion?: 1, 2, ..., payload? }    schemaVersion is 1 when absent
class PayloadGate {
 public:
  struct Passage {
    std::optional<Refusal> refusal = {};
    Shape shape = {};  // unless refused
  };

  // Errors as of compileContractOf. `limits.stringBytes` bounds all texts of a payload together.
  static Result<PayloadGate> compile(std::string_view type, const Value& definition,
                                     const Limits& limits);

  // For the bytes of one shape, whose payload leaves in the first version that the contract emits.
  Passage outbound(std::span<const std::uint8_t> bytes) const;
  // For the bytes of one from outside, which is carried to the contract's version.
  Passage inbound(std::span<const std::uint8_t> bytes) const;

 private:
  PayloadGate(Contract contract, const Limits& limits)
      : contract_(std::move(contract)), limits_(limits) {}

  std::optional<Refusal> read(std::span<const std::uint8_t> bytes, Envelope& envelope) const;

  Contract contract_;
  Limits limits_;
};

}  // namespace isthmus
