#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contract/contract.h"

namespace isthmus {

// The contracts of one store by action type, each with the apps that defined it. Several apps may
// define a type alike; the contract stays until the last of them leaves.
class ContractTable {
 public:
  // The same definition again is fine. Another one replaces its owner's own; when another app
  // defines the type too, that is InvalidDefinition and the contract stays as it was.
  Status add(std::string_view type, const Value& definition, std::string_view owner);
  void removeOwner(std::string_view owner);

  // The contract of that type, or nullptr; valid until the table changes.
  const Contract* find(std::string_view type) const;

  // All of them: [{ type, owners: [owner], contract: as defined }].
  Value toValue() const;

 private:
  struct Entry {
    Key type;
    Contract contract;
    std::vector<std::string> owners;
  };
  using Entries = std::vector<Entry>;

  static Status claim(std::string_view type, const Entry& entry, std::string_view owner);
  Entries::const_iterator entryOf(std::string_view type) const;

  Entries entries_;  // some dozens, and keys compare by address
};

}  // namespace isthmus
