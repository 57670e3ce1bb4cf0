#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "log/action_keys.h"
#include "log/log.h"
#include "native/log/entries.h"

// Tabs on one channel where all that is posted arrives at once, but between those that are apart.
namespace isthmus {

inline const char* const kNotes = R"({ "name": "notes", "initialState": { "n": 0, "list": [] },
    "reducers": {
      "inc": [{ "op": "inc", "path": "/n" }],
      "add": [{ "op": "push", "path": "/list", "value": { "var": "payload" } }],
      "take": [{ "op": "remove", "path": "/list/0" }] } })";

inline ConvergingSlice notesSlice(const char* seed = nullptr) {
  static const auto kProgram =
      std::make_shared<const Program>(Program::compile(json(kNotes)).value());
  const Value& initial = kProgram->initialState();
  const Key name("notes");
  return {
      name,    name, kProgram, seed == nullptr ? initial : json(seed), seed == nullptr ? 1U : 2U,
      initial, 1};
}

inline std::optional<Action> readAction(const Entry& entry) {
  const Value action = *messageOf(entry).find(Key("action"));
  const Value* const payload = action.find(payloadKey());
  return Action{Key(action.find(typeKey())->string()), payload == nullptr ? Value() : *payload, {}};
}

class LogTabs {
 public:
  struct Tab {
    Log log;
    std::uint64_t seq = 0;
    int place = 0;  // those of one place hear each other
    double wallAhead = 0;
    bool isOpen = true;
    bool waitsForLock = false;
    std::vector<LogNews> news = {};
  };

  Tab& open(const char* name, bool hasSlice = true, std::size_t keep = 128) {
    LogOptions options;
    options.self = Key(name);
    options.keep = keep;
    Tab& tab = tabs_.emplace_back(Tab{Log(options, readAction)});
    prepare(tab);
    if (hasSlice) tab.log.inject(notesSlice(), now_);
    tab.log.start(now_);
    follow(tab);
    return tab;
  }

  // An own action, told to nobody where `isMissed`.
  EntryPtr act(Tab& tab, const char* action, bool isMissed = false) {
    prepare(tab);
    auto entry = entryOf(tab.log.options().self.text(), tab.seq + 1, tab.log.nextClock(),
                         json(action), tab.log.causes());
    REQUIRE(tab.log.prepareOwn(entry, now_).ok());
    tab.log.commitOwn(now_);
    ++tab.seq;
    if (!isMissed) {
      for (auto& other : tabs_) {
        if (hears(other, tab)) other.log.learn(entry, now_);
      }
    }
    followAll();
    return entry;
  }

  void pass(Time ms) {
    for (const Time until = now_ + ms; now_ < until;) {
      now_ += 5;
      for (auto& tab : tabs_) {
        prepare(tab);
        if (tab.isOpen && tab.log.deadline() <= now_) tab.log.tick(now_);
        follow(tab);
      }
    }
  }
  void close(Tab& tab) {
    tab.isOpen = false;
    if (holder_ == &tab) holder_ = nullptr;
  }
  // Apart from all others, or back.
  void put(Tab& tab, int place) {
    tab.place = place;
    prepare(tab);
    tab.log.wake(now_);
    follow(tab);
  }
  void prepare(Tab& tab) {
    tab.log.setTimeOfDay(1'000'000 + now_ + tab.wallAhead);
    std::vector<Key> present;
    for (const auto& other : tabs_) {
      if (hears(other, tab)) present.push_back(other.log.options().self);
    }
    tab.log.setPresent(std::move(present));
  }
  void follow(Tab& tab) {
    tab.log.takeRebase();
    tab.log.answer({});
    for (const auto& news : tab.log.takeNews()) tab.news.push_back(news);
    followLock(tab);
    for (const auto& message : tab.log.takeMessages()) post(tab, message);
  }
  Time now() const { return now_; }
  // Of the messages that were posted so far, those of a kind.
  std::size_t count(MessageKind kind) const {
    return static_cast<std::size_t>(std::count(posted_.begin(), posted_.end(), kind));
  }

 private:
  static bool hears(const Tab& tab, const Tab& other) {
    return &tab != &other && tab.isOpen && other.isOpen && tab.place == other.place;
  }
  void post(const Tab& from, const Message& message) {
    posted_.push_back(message.kind);
    const auto read = readMessage(toValue(message));
    REQUIRE(read.ok());
    for (auto& tab : tabs_) {
      if (!hears(tab, from)) continue;
      prepare(tab);
      tab.log.receive(read.value(), now_);
    }
    followAll();
  }
  void followAll() {
    for (auto& tab : tabs_) {
      if (tab.isOpen) follow(tab);
    }
  }
  void followLock(Tab& tab) {
    const auto wish = tab.log.takeLockWish();
    if (wish == LockWish::Request) tab.waitsForLock = true;
    if (wish == LockWish::Release) tab.waitsForLock = false;
    const bool gives = wish == LockWish::Release && holder_ == &tab;
    if (gives || (holder_ != nullptr && holder_->place != tab.place)) holder_ = nullptr;
    if (wish == LockWish::Steal) return grant(tab);
    for (auto& other : tabs_) {
      if (holder_ == nullptr && other.isOpen && other.waitsForLock) grant(other);
    }
  }
  void grant(Tab& tab) {
    holder_ = &tab;
    tab.waitsForLock = false;
    tab.log.lockGranted(now_);
  }

  std::deque<Tab> tabs_;
  std::vector<MessageKind> posted_;
  Tab* holder_ = nullptr;
  Time now_ = 1;
};

inline std::string shown(const LogTabs::Tab& tab) {
  const auto* const slice = tab.log.histories().find(Key("notes"));
  return slice == nullptr ? "none"
                          : toJson(slice->now.state) + (slice->now.isValid ? "" : " alone");
}

}  // namespace isthmus
