#include "contract/contract_table.h"

#include <algorithm>

#include "contract/json_equality.h"
#include "value/object_builder.h"

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
  return invalidDefinition("the contract of " + quoted(type) + " is defined by " + quoted(*other) +
                           " in another way than " + quoted(owner) +
                           " defines it; make them equal");
}

Status ContractTable::add(std::string_view type, const Value& definition, std::string_view owner) {
  const auto position = entryOf(type) - entries_.begin();
  const auto found = entries_.begin() + position;
  const bool known = found != entries_.end();
  if (known && sameJson(found->contract.definition, definition)) {
    if (!lists(found->owners, owner)) found->owners.emplace_back(owner);
    return Done{};
  }
  if (known) {
    if (auto status = claim(type, *found, owner); !status) return status;
  }
  auto contract = compileContractOf(type, definition);
  if (!contract) return std::move(contract.error());
  if (known) {
    found->contract = std::move(contract).value();
  } else {
    entries_.push_back({Key(type), std::move(contract).value(), {std::string(owner)}});
  }
  return Done{};
}

void ContractTable::removeOwner(std::string_view owner) {
  std::erase_if(entries_, [&](Entry& entry) {
    std::erase(entry.owners, owner);
    return entry.owners.empty();
  });
}

const Contract* ContractTable::find(std::string_view type) const {
  const auto found = entryOf(type);
  return found == entries_.end() ? nullptr : &found->contract;
}

Value ContractTable::toValue() const {
  Value::Items all;
  for (const auto& [type, contract, owners] : entries_) {
    ObjectBuilder entry;
    entry.set("type", Value(type.text()));
    entry.set("owners", Value(Value::Items(owners.begin(), owners.end())));
    entry.set("contract", contract.definition);
    all.push_back(std::move(entry).build());
  }
  return Value(std::move(all));
}

ContractTable::Entries::const_iterator ContractTable::entryOf(std::string_view type) const {
  const Key key(type);
  return std::find_if(entries_.begin(), entries_.end(),
                      [&](const Entry& entry) { return entry.type == key; });
}

}  // namespace isthmus
