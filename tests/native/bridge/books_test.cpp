#include "bridge/books.h"

#include <random>
#include <string>

#include "native/bridge/bridge_fixture.h"
#include "native/capture.h"
#include "native/rounds.h"
#include "value/json.h"

using namespace isthmus;

namespace {

BridgeOptions smallOptions() {
  BridgeOptions options;
  options.sender = "self";
  options.store = "shared";
  options.senders = 3;
  options.window = 10;
  options.types = 2;
  options.rejects = 1;
  options.legacy = true;
  options.legacyVersion = 1;
  options.park = {.bytes = 2000, .messages = 2, .ms = 500};
  return options;
}

void addContracts(Bridge& bridge) {
  REQUIRE(bridge.addContract("cart/add", parseJson(kCartContract).value(), "cart").ok());
  REQUIRE(bridge.addContract("log/add", R"({ "payload": { "type": "string" } })"_json, "h").ok());
  REQUIRE(bridge.addContract("theme", R"({ "lastWins": true })"_json, "h").ok());
}

Bytes saved(const Bridge& bridge) {
  Bytes bytes;
  Encoder encoder(bytes);
  save(encoder, bridge.books());
  return bytes;
}

// As after a failure: a new bridge, which is given contracts and books.
Bridge recovered(const Bridge& bridge) {
  const Bytes bytes = saved(bridge);
  Decoder decoder(bytes, {});
  auto books = load(decoder, bridge.options());
  REQUIRE(books.ok());
  REQUIRE(decoder.atEnd());
  Bridge next(bridge.options());
  addContracts(next);
  next.restore(books.value());
  REQUIRE(saved(next) == bytes);
  return next;
}

bool isDuplicate(const Bridge::Inbound& inbound) {
  return !inbound.accepted && inbound.reason == DropReason::Duplicate;
}

std::string shown(const Bridge::Inbound& inbound) {
  std::string text = inbound.accepted ? "accepted" : inbound.parked ? "parked" : "dropped";
  if (inbound.limited) text = "limited";
  if (!inbound.accepted && !inbound.parked) text += " " + std::string(toString(inbound.reason));
  text += " " + inbound.type + " " + inbound.message + " " + std::string(inbound.sender.view());
  if (inbound.gap) {
    text += " gap " + std::to_string(inbound.gap->from) + ".." + std::to_string(inbound.gap->to);
  }
  return text + (inbound.accepted ? toJson(inbound.action) : "");
}

std::string shown(const Bridge::Outbound& outbound) {
  return std::string(toString(outbound.reason)) + outbound.message + toJson(outbound.envelope);
}

// Calls at random, the same for the same seed; each tells what came of it.
class Session {
 public:
  explicit Session(std::uint32_t seed) : random_(seed) {}

  std::string step(Bridge& bridge) {
    now_ += below(200);
    switch (below(12)) {
      case 0:
        return sent(bridge);
      case 1:
        bridge.expect(key(), "app " + std::to_string(below(2)), types());
        return toJson(bridge.describeParked());
      case 2:
        bridge.unexpect("app " + std::to_string(below(2)));
        return toJson(bridge.describeParked());
      case 3:
        return bridge.releaseParked(key(), now_) ? "released" : "nothing waits";
      case 4:
      case 5:
        return parked(bridge);
      case 6:
        return expired(bridge);
      case 7:
        bridge.settle(below(4) > 0);
        return "settled";
      case 8:
        return legacy(bridge);
      default:
        return received(bridge);
    }
  }

  // What is accepted goes to JavaScript now and then: otherwise it is settled at once.
  bool handsOver() { return below(3) == 0; }
  bool applies() { return below(4) > 0; }

 private:
  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }
  std::string key() { return below(2) == 0 ? "cart" : "log"; }
  std::vector<std::string> types() {
    return below(2) == 0 ? std::vector<std::string>{} : std::vector<std::string>{"theme"};
  }
  std::string type() {
    static constexpr const char* kTypes[] = {"cart/add", "log/add",  "theme",    "theme",
                                             "strange",  "stranger", "strangest"};
    return kTypes[below(7)];
  }
  Value marked() {
    Draft draft(R"({ "payload": { "sku": "a" }, "meta": { "crossApp": true } })"_json);
    REQUIRE(draft.set(parsePointer("/type").value(), Value(type())).ok());
    return std::move(draft).take();
  }
  Value plain() {
    Draft draft(R"({ "payload": { "sku": "a" } })"_json);
    REQUIRE(draft.set(parsePointer("/type").value(), Value(type())).ok());
    return std::move(draft).take();
  }
  Value envelope() {
    const std::string sender = "\"s" + std::to_string(below(5)) + "\"";
    const std::string seq = std::to_string(below(4) == 0 ? below(40) : ++seq_);
    const std::string clock =
        std::to_string(static_cast<int>(now_) - 3000 + static_cast<int>(below(6000)));
    const std::string type = "\"" + this->type() + "\"";
    const std::string version = type == "\"cart/add\"" ? "2" : "1";
    return message({{"/sender", sender.c_str()},
                    {"/seq", seq.c_str()},
                    {"/clock", clock.c_str()},
                    {"/schemaVersion", version.c_str()},
                    {"/action/type", type.c_str()},
                    {"/action/payload", below(3) == 0 ? "\"text\"" : R"({"sku":"b"})"}});
  }
  std::string received(Bridge& bridge) {
    const Value message = envelope();
    return shown(bridge.inbound(encode(message), below(9) > 0, now_));
  }
  std::string legacy(Bridge& bridge) {
    const Value action = plain();
    return shown(bridge.inboundLegacy(encode(action), below(9) > 0, now_));
  }
  std::string sent(Bridge& bridge) {
    const Value action = marked();
    std::string text = shown(bridge.outbound(action, below(9) > 0, now_));
    return text + shown(bridge.takePlain());
  }
  std::string parked(Bridge& bridge) {
    const auto next = bridge.nextParked(key(), below(9) > 0, now_);
    return next ? shown(*next) : "none";
  }
  std::string expired(Bridge& bridge) {
    const auto next = bridge.expireParked(now_);
    std::string text = next ? std::to_string(*next) : "nothing waits";
    for (const auto& [key, messages, cause] : bridge.takeDiscardedParks()) {
      text += " " + key + " " + std::to_string(messages) + " cause " +
              std::to_string(static_cast<int>(cause));
    }
    return text;
  }

  std::mt19937 random_;
  double now_ = kNow;
  std::uint32_t seq_ = 0;
};

// One step, and for what was accepted what becomes of it.
std::string run(Session& session, Bridge& bridge) {
  std::string text = session.step(bridge);
  if (!text.starts_with("accepted")) return text;
  session.handsOver() ? bridge.handOver() : bridge.settle(session.applies());
  return text;
}

}  // namespace

TEST_CASE("a bridge whose books were saved and loaded after every step goes on as if nothing was") {
  const auto seed = std::random_device{}();
  MESSAGE("seed ", seed);
  std::string all;
  for (std::uint32_t i = 0; i < rounds(60U); ++i) {
    Bridge steady(smallOptions());
    addContracts(steady);
    Bridge restored = recovered(steady);
    Session first(seed + i);
    Session second(seed + i);
    for (int n = 0; n < 150; ++n) {
      CAPTURE(seed);
      CAPTURE(n);
      const std::string expected = run(first, steady);
      REQUIRE(run(second, restored) == expected);
      all += expected;
      restored = recovered(restored);
      REQUIRE(countersOf(restored) == countersOf(steady));
      REQUIRE(toJson(restored.describeParked()) == toJson(steady.describeParked()));
    }
  }
  if (kSanitized) return;  // too few rounds to meet everything
  for (const std::string met :
       {"accepted", "parked", "released", "limited", "gap", "duplicate", "stale", "schema",
        "not for the legacy channel", " cause 0", " cause 1", " cause 2"}) {
    CAPTURE(met);
    CHECK(all.find(met) != std::string::npos);
  }
}

TEST_CASE(
    "what was not settled when the bridge failed is as if it never came, unless handed over") {
  Bridge lost(smallOptions());
  addContracts(lost);
  REQUIRE(lost.inbound(encode(message({{"/seq", "3"}})), true, kNow).accepted);
  lost = recovered(lost);
  lost.settle(true);
  CHECK(counted(lost, "/accepted") == 0);
  const auto again = lost.inbound(encode(message({{"/seq", "3"}})), true, kNow);
  CHECK(again.accepted);
  REQUIRE(again.gap);
  CHECK(again.gap->to == 2);

  lost.handOver();
  lost = recovered(lost);
  CHECK(isDuplicate(lost.inbound(encode(message({{"/seq", "3"}})), true, kNow)));
  lost.settle(true);
  CHECK(counted(lost, "/accepted") == 1);
  CHECK_FALSE(lost.inbound(encode(message({{"/seq", "4"}})), true, kNow).gap);
}

TEST_CASE("a parked message that was taken when the bridge failed still waits") {
  Bridge bridge(smallOptions());
  addContracts(bridge);
  bridge.expect("cart", "app", {});
  REQUIRE(bridge.inbound(encode(message()), true, kNow).parked);
  REQUIRE(bridge.releaseParked("cart", kNow));
  REQUIRE(bridge.nextParked("cart", true, kNow)->accepted);
  bridge = recovered(bridge);
  SUBCASE("and is taken again") {
    REQUIRE(bridge.nextParked("cart", true, kNow)->accepted);
    bridge.settle(true);
    CHECK(counted(bridge, "/accepted") == 1);
  }
  SUBCASE("unless it is given up") {
    bridge.dropParked("cart");
    bridge.dropParked("cart");
    CHECK(counted(bridge, "/byType/cart~1add/reducer") == 1);
  }
  CHECK_FALSE(bridge.nextParked("cart", true, kNow));
}

TEST_CASE("a settlement in two halves counts with the second one, all at once") {
  Bridge bridge(smallOptions());
  addContracts(bridge);
  CHECK_FALSE(bridge.prepareSettle(true));
  REQUIRE(bridge.inbound(encode(message()), true, kNow).accepted);
  REQUIRE(bridge.prepareSettle(true));
  const Bytes before = saved(bridge);
  CHECK(counted(bridge, "/accepted") == 0);
  bridge.commitSettle();
  CHECK(counted(bridge, "/accepted") == 1);
  CHECK(saved(bridge) != before);
  CHECK(isDuplicate(bridge.inbound(encode(message()), true, kNow)));
}

TEST_CASE("books that are cut off or altered are refused or are others, and never read beyond") {
  Bridge bridge(smallOptions());
  addContracts(bridge);
  Session session(7);
  for (int n = 0; n < 300; ++n) run(session, bridge);
  const Bytes whole = saved(bridge);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    Decoder decoder(part, {});
    CHECK_FALSE(load(decoder, bridge.options()).ok());
  }
  std::mt19937 random(7);
  for (int n = 0; n < 2000; ++n) {
    Bytes altered = whole;
    altered[random() % altered.size()] = static_cast<std::uint8_t>(random());
    Decoder decoder(altered, {});
    auto books = load(decoder, bridge.options());
    if (books) bridge.restore(books.value());
  }
}
