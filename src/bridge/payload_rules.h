#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/action_budget.h"
#include "base/limits.h"
#include "bridge/drop_reason.h"
#include "contract/contract.h"
#include "log/envelope.h"

namespace isthmus {

// Why an action does not cross. The message holds nothing of the payload.
struct Refusal {
  DropReason reason;
  std::string message;
};

// Makes the action that leaves of the one in `envelope`: without its `never` parts, checked, and in
// each of `versions`, of which there is at least one.
std::optional<Refusal> prepareToLeave(Envelope& envelope, const Contract& contract,
                                      std::span<const std::uint32_t> versions, const Limits& limits,
                                      const ActionLimits& work);

// Makes the action that arrives of the one in `envelope`: the shape nearest to the contract's
// version, carried to it and checked. `innocent` is an action without credentials that is likely
// much like it.
std::optional<Refusal> prepareToArrive(Envelope& envelope, const Contract& contract,
                                       const Limits& limits, const ActionLimits& work,
                                       const Value& innocent = {});

}  // namespace isthmus
