#include "contract/contract_table.h"

#include <algorithm>

#include "contract/json_equality.h"

namespace isthmus {
namespace {

bool lists(const std::vector<std::string>& owners, std::string_view owner) {
  return std::find(owners.begin(), owners.end(), owner) != owners.end();
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace

Status ContractTable::claim(std::string_view type, const Entry& entry, std::string_view owner) {
  const auto other = std::find_if(entry.owners.begin(), entry.owners.end(),
                                  [&](const auto& candidate) { return candidate != owner; });
  if (other == entry.owners.end()) return Done{};
  return Error{ErrorCode::InvalidDefinition, "the contract of " + quoted(type) + " is defined by " +
                                                 quoted(*other) + " in another way than " +
                                                 quoted(owner) + " defines it; make them equal"};
}

Status ContractTable::add(std::string_view type, const Value& definition, std::string_view owner) {
  const auto found = entries_.find(type);
  const bool known = found != entries_.end();
  if (known && sameJson(found->second.contract.definition, definition)) {
    auto& owners = found->second.owners;
    if (!lists(owners, owner)) owners.emplace_back(owner);
    return Done{};
  }
  if (known) {
    if (auto status = claim(type, found->second, owner); !status) return status;
  }
  auto contract = compileContract(definition);
  if (!contract) {
    contract.error().message =
        "the contract of " + quoted(type) + " is wrong: " + contract.error().message;
    return std::move(contract.error());
  }
  entries_.insert_or_assign(std::string(type),
                            Entry{std::move(contract).value(), {std::string(owner)}});
  return Done{};
}

void ContractTable::removeOwner(std::string_view owner) {
  for (auto at = entries_.begin(); at != entries_.end();) {
    auto& owners = at->second.owners;
    owners.erase(std::remove(owners.begin(), owners.end(), owner), owners.end());
    at = owners.empty() ? entries_.erase(at) : std::next(at);
  }
}

const Contract* ContractTable::find(std::string_view type) const {
  const auto found = entries_.find(type);
  return found == entries_.end() ? nullptr : &found->second.contract;
}

}  // namespace isthmus
