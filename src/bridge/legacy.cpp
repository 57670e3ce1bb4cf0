#include "bridge/legacy.h"

#include <algorithm>
#include <cassert>

#include "bridge/mark.h"
#include "value/draft.h"

namespace isthmus {
namespace {

constexpr std::string_view kPrefix = "isthmus:";

const Value* findInMeta(const Value& action, std::string_view name) {
  const Value* const meta = action.find(Key("meta"));
  return meta == nullptr ? nullptr : meta->find(Key(name));
}

std::string_view textInMeta(const Value& action, std::string_view name) {
  const Value* const text = findInMeta(action, name);
  return text == nullptr || !text->isString() ? std::string_view() : text->string();
}

std::string copyMark(const Envelope& envelope) {
  return std::string(envelope.sender) + ":" + std::to_string(envelope.seq);
}

// mark := sender ':' digit+; empty where it is none
std::string_view senderOf(std::string_view mark) {
  const auto colon = mark.rfind(':');
  if (colon == std::string_view::npos || colon + 1 == mark.size()) return {};
  const auto digits = mark.substr(colon + 1);
  const bool isNumber =
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return isNumber ? mark.substr(0, colon) : std::string_view();
}

std::string_view senderInOrigin(std::string_view origin) {
  return origin.substr(0, kPrefix.size()) == kPrefix ? senderOf(origin.substr(kPrefix.size()))
                                                     : std::string_view();
}

void setInMeta(Draft& draft, std::string_view name, const Value& value) {
  [[maybe_unused]] const auto status = draft.set({Key("meta"), Key(name)}, value);
  assert(status.ok());
}

}  // namespace

Provenance provenanceOf(const Value& action, std::string_view self) {
  const auto sender = senderInOrigin(textInMeta(action, "origin"));
  if (!sender.empty()) return sender == self ? Provenance::Echo : Provenance::Copy;
  const bool isEcho = isBridged(action) || !senderOf(textInMeta(action, "isthmus")).empty();
  return isEcho ? Provenance::Echo : Provenance::Plain;
}

std::optional<std::uint64_t> plainVersion(const Value& action, std::uint64_t otherwise) {
  const Value* const version = findInMeta(action, "schemaVersion");
  if (version == nullptr) return otherwise;
  if (!isVersion(*version)) return std::nullopt;
  return static_cast<std::uint64_t>(version->number());
}

Value toPlain(const Envelope& envelope) {
  Draft draft(envelope.action);
  const std::string mark = copyMark(envelope);
  setInMeta(draft, "schemaVersion", Value(static_cast<double>(envelope.schemaVersion)));
  setInMeta(draft, "origin", Value(std::string(kPrefix) + mark));
  setInMeta(draft, "isthmus", Value(mark));
  return std::move(draft).take();
}

Value withPlainVersion(const Value& action, std::uint64_t version) {
  if (findInMeta(action, "schemaVersion") == nullptr) return action;
  Draft draft(action);
  setInMeta(draft, "schemaVersion", Value(static_cast<double>(version)));
  return std::move(draft).take();
}

}  // namespace isthmus
