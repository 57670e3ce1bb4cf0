#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/two_copies.h"
#include "log/frames.h"
#include "log/histories.h"
#include "log/message.h"
#include "log/order.h"

namespace isthmus {

using Time = double;  // ms, of a clock that never goes back
inline constexpr Time kNever = std::numeric_limits<Time>::infinity();

struct LogOptions {
  Key self;                               // the sender of the store's envelopes
  std::size_t keep = 128;                 // settled entries that are kept whatever is stable
  std::size_t entries = 1024;             // beyond these, at most kMostListed / 2, and
  std::size_t bytes = 1U << 20U;          // these bytes, settled ones go whatever is not
  std::size_t messageBytes = 16U << 20U;  // of one message of another log
  bool settles = true;                    // whether this replica may be keeper
  bool usesLocks = true;                  // whether there are locks to ask for
  ActionLimits work = {};
  Time settleAfter = 100;  // how old a tentative entry is when the keeper settles it
  Time lockAfter = 300;    // how long something is unsettled before a keeper is wanted
  Time stealAfter = 2500;  // how long without a keeper's word before its lock is stolen
  Time resendAfter = 500;
  Time helloEvery = 250;
  Time joinFor = 500;  // how long a joiner waits for an answer
  Time giveUpAfter =
      3000;  // how long for an entry that nobody has; eight times where its sender sleeps
  Time wantEvery = 300;
  Time heardWithin = 10'000;
  Time idleAfter = 2000;     // how long the keeper has nothing to do before it gives the lock back
  std::size_t batch = 1024;  // entries of one cut
};

// What the keeper's lock is to do.
enum class LockWish : std::uint8_t { None, Request, Steal, Release };

// What is told to listeners.
struct LogNews {
  enum class Kind : std::uint8_t {
    Lost,      // numbers of a sender that were given up
    Fork,      // settled entries of another history that could not be kept, `count` of them
    Clock,     // a sender's clock is not followed
    Early,     // settled entries that were dropped before everyone had them, `count` of them
    Diverged,  // a slice's state is not the keeper's, `run.sender`, at place `run.first`
    Release    // a peer, `run.sender`, has another release's slice under a key of ours
  };
  Kind kind;
  Run run = {};
  std::uint64_t count = 0;
  Key slice = {};
};

// How the line was changed since it was asked last, for those who hold states of their own. Nothing
// behind `kept` is dropped before it is taken.
struct Rebase {
  Place kept = 0;                       // of the last entry before the change
  std::uint64_t moved = 0;              // entries that were played anew
  bool isFork = false;                  // settled entries became tentative
  bool isSnapshot = false;              // all came from another replica
  std::vector<SliceState> starts = {};  // slices whose history begins anew, with these states
  std::vector<EntryId> refused = {};    // own ones that a reducer refuses now, and did not before
};

// One that the store has committed, and what it has changed there.
struct Rebased {
  Rebase rebase;
  std::vector<Key> slices;  // keys of native ones
};

// One replica of the log, without input or output: what comes is a call with the time, what goes
// out is waited for in a box. It decides the order of all crossing actions (DESIGN: convergence):
//
//   log.cpp             life, messages, time
//   log_own.cpp         own actions, entries that come, what is played
//   log_settling.cpp    keeper and cuts
//   log_joining.cpp     hello and its answers
//   log_slices.cpp      beginnings, wants, states of slices
//   log_states.cpp      states that are asked for, by others and by itself
//   log_checks.cpp      whether the states are those of all
//   log_record.cpp      what a storage keeps of it
//   log_releases.cpp    slices of other releases
//
// What it may not lose is in `books`, whole at every instruction (base/two_copies.h); all else is
// found anew.
class Log {
 public:
  // What this store makes of an entry: the action as its reducers see it, or nothing.
  using Reading = std::function<std::optional<Action>(const Entry&)>;

  // The state of a slice where its history begins, for a recovery.
  struct Start {
    Key slice;
    Place since = 0;
    Cell cell = {};
  };
  // What a slice begins with here, and since when it is here.
  struct Seed {
    Key slice;
    Value state = {};  // none of a slice whose states JavaScript holds
    std::uint64_t digest = 0;
    double clock = 0;  // when the slice came here
  };
  struct Books {
    Order order;
    std::vector<Start> starts;
    std::vector<Seed> seeds;
    std::uint64_t made = 0;        // the number of the latest own action
    std::uint64_t beginnings = 0;  // own ones, made so far
    std::vector<EntryId> learnt;   // the latest of each row from the own entry before on
    std::uint64_t epoch = 0;       // of the latest own cut
    double clock = 0;              // the hybrid one, ms since 1970
  };

  struct Peer {
    Key id;
    Point head = {};
    Time at = 0;
    std::vector<Key> names = {};  // of its slices, as far as it has told them
  };

  Log(LogOptions options, Reading reading);

  const LogOptions& options() const { return options_; }
  const Order& order() const { return books().order; }
  const Histories& histories() const { return histories_; }
  const std::vector<Peer>& peers() const { return peers_; }
  bool isJoining() const { return isJoining_; }
  bool isKeeper() const { return isKeeper_; }
  const Point& head() const { return order().head(); }
  Place stable() const { return stable_; }

  // ── life ──
  // Told before any of the other calls: ms since 1970.
  void setTimeOfDay(double wall) { wall_ = wall; }
  // Those who hold presence, asleep or not, oneself aside.
  void setPresent(std::vector<Key> present) { present_ = std::move(present); }
  // Whether there are locks to tell and to ask for.
  void setUsesLocks(bool usesLocks) { options_.usesLocks = usesLocks; }
  // What was stored of an earlier life, told before `start`: nothing where it does not hold.
  bool begin(const Message& stored, Time now);
  void start(Time now);
  // Back from sleep, from the page cache, from being off.
  void wake(Time now);
  // Off, or into the page cache: keeper no more.
  void sleep();
  void leave();
  // Timers may not run: what is asked is answered at once.
  void setHidden(bool isHidden);
  // Settles what is ready, and drops all that everyone has.
  void forget(Time now);
  void lockGranted(Time now);
  void lockLost();

  // ── slices ──
  void inject(ConvergingSlice slice, Time now);
  void remove(const Key& name);
  // `reading` may give another action for what is kept.
  void readAnew();
  // Those that may yet get the state of all, for a moment after they came.
  std::vector<Key> waiting(Time now) const;
  // Names of the same key with other fingerprints that peers have.
  std::vector<Key> otherReleasesOf(const Key& name) const;
  // Whether a slice's state is that of all.
  bool isShared(const Key& name) const;

  // ── own actions ──
  // The clock of the next one, and its causes.
  double nextClock() const;
  std::vector<EntryId> causes() const { return causesOf(options_.self); }
  // Its reducers take it, or it is refused and nothing has changed. Then one of the two, before
  // any other call.
  Status prepareOwn(EntryPtr entry, Time now);
  void commitOwn(Time now);
  void discardOwn();
  const Books& books() const { return books_.current(); }
  const Books& booksAfterOwn() const { return books_.next(); }
  // What another log remembered, with the slices of that one injected before: the engine had ended.
  void restore(const Books& books, Time now);

  // ── others ──
  // An entry that came as an envelope.
  void learn(const EntryPtr& entry, Time now);
  void receive(const Message& message, Time now);

  // ── time ──
  Time deadline() const;
  void tick(Time now);

  // ── what goes out ──
  // Whether there is nothing of it, and the store shows all.
  bool isQuiet() const {
    return outbox_.empty() && news_.empty() && wish_ == LockWish::None && !rebase_ &&
           rebased_.empty() && wanted_.empty() && elders_.empty() && !isJoining_;
  }
  std::vector<Message> takeMessages() { return std::exchange(outbox_, {}); }
  LockWish takeLockWish() { return std::exchange(wish_, LockWish::None); }
  std::vector<LogNews> takeNews() { return std::exchange(news_, {}); }
  const std::optional<Rebase>& rebase() const { return rebase_; }
  std::optional<Rebase> takeRebase() { return std::exchange(rebase_, {}); }
  // Whether listeners are to hear of it.
  bool isRebaseTold() const { return rebase_ && (rebase_->isSnapshot || rebase_->moved > 0); }
  // The store shows it.
  void committed(std::vector<Key> slices);
  std::vector<Rebased> takeRebased() { return std::exchange(rebased_, {}); }
  // Of the own action that is prepared: the place of the entry before it.
  Place ownKept() const { return ownKept_; }
  // The store has made other nodes of the same states.
  void shown(const Key& name, const Value& state);
  // How messages travel.
  std::vector<Bytes> toFrames(const Message& message);
  FrameReader& frames() { return frames_; }
  // What a state is asked for.
  enum class Use : std::uint8_t {
    Snapshot,
    Slice,
    Seed,    // to begin with: the slice's seed is that from now on
    Digests  // what it comes to
  };
  // States that JavaScript is to give before an answer can go out; each at a place.
  struct StateWish {
    Key slice;
    Place place;
    Use use = Use::Snapshot;
  };
  std::vector<StateWish> stateWishes() const;
  void answer(std::span<const SliceState> states);
  // States of other releases, to be carried to ours: then `carry`, without one where that is not
  // possible.
  struct Elder {
    Key slice;
    SliceState state;
  };
  std::vector<Elder> takeElders() { return std::exchange(elders_, {}); }
  void carry(const Key& slice, Place place, std::optional<Value> state, Time now);
  // What a storage keeps, with the states of JavaScript that it wishes for. Of entries that no
  // reducer here takes, it leaves out what is more than so many bytes, of the settled ones and of
  // the others.
  struct Record {
    Message snapshot;
    bool isWhole = true;  // whether it has all that are not settled
  };
  static constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
  std::vector<StateWish> wishesOfAll(std::size_t idleBytes = kAll);
  Record record(std::span<const SliceState> states, std::size_t idleBytes = kAll);

 private:
  struct Held {
    Key slice;
    Time since = 0;
    double clock = 0;       // when it came here: own actions after it are for it
    bool hasBegun = false;  // whether it was begun or asked for since it is held
    Time wantAt = kNever;
    Time wantSince = 0;
    std::vector<Key> without = {};  // who said that they have it not
    Key elder = {};  // another release's slice that it waits for, to begin with its state
    bool isElderAsked = false;
    bool isCarried = false;  // it shows what became of such a one
    bool isDoubted = false;  // its state is not the keeper's
  };
  struct Answer {
    Time at;
    Message hello;
  };
  struct Wanted {
    Use use;
    Key to = {};
    Key slice = {};
    Point point = {};  // of digests
  };

  // life and messages
  Message message(MessageKind kind, const Key& to = {}) const;
  void post(Message message);
  void sign(Message& message) const;
  void postEntries(const Key& to, std::vector<EntryPtr> entries);
  void hear(const Message& message, Time now);
  void take(const Message& message, Time now);
  void checkSlept(Time now);
  void seeEpoch(std::uint64_t epoch);
  bool isHeard(const Key& id, Time now) const;
  bool isLongerKnown(Time now) const;
  void greet(Time now);
  void greetWithin(Time delay, Time now);
  Time random(std::uint32_t below);
  void becomeKeeper(Time now);
  void giveLockBack();
  void tell(const LogNews& news);

  // entries
  std::vector<EntryId> causesOf(const Key& row) const;
  static void learn(Books& books, const EntryId& id);
  static void make(Books& books, const EntryPtr& entry);
  bool isOwnToCome(const EntryId& id) const;
  void note(const EntryPtr& entry, Time now);
  void beUnsettled(Time now);
  bool follows(const Entry& entry);
  void changed(Place kept);
  void playAll();
  void noteRefusal(const Entry& entry, Place place);
  const Action* actionOf(const Entry& entry);
  void noteGaps(std::span<const EntryPtr> entries, Time now);
  void pullGaps(Time now);
  void pull(const Message& message);

  // settling
  void tickUnsettled(Time now);
  void wantLock(Time now);
  void resend(Time now);
  void findOldest();
  bool isGivenUp(const Tentative& tentative, const Key& sender, Time now) const;
  bool isReady(const Tentative& tentative, const Covered& covered, Time now,
               std::vector<Run>& holes) const;
  void cut(Time now);
  void postCut(Message cut, Time now);
  void renewStable(Time now);
  void takeCut(const Message& message, Time now);
  void tryPending(Time now);
  void pullPending(Time now);
  bool adopt(const Message& message, std::span<const EntryId> ids, Time now);
  void settle(std::span<const EntryPtr> entries, const Stretch& stretch, Time now);
  void goOnForgetting(Time now);
  bool isOver() const;
  bool isCrowded() const;
  void makeRoom(Time now);
  void drop();
  void dropTo(Place place);
  void shorten(Place place, Time now);

  // joining
  void finishJoining(Time now);
  bool isFirstToAnswer(const Key& asker, Time now) const;
  void takeHello(const Message& message, Time now);
  void cancelAnswers(const Message& message);
  void sendAnswers(Time now);
  void answerHello(const Message& hello);
  std::optional<Place> common(const Message& hello) const;
  void takeSnapshot(const Message& message, Time now);
  bool install(const Message& message, Time now);
  Start startIn(const Message& snapshot, const Order& order, const ConvergingSlice& slice) const;
  Message snapshotOf(const Order& all, std::span<const SliceState> states) const;

  // slices
  void decide(Held& held, Time now);
  void beginSlice(const Histories::Slice& slice, const EntryId& replaces, Time now,
                  std::optional<double> clock = {});
  bool isBegunTooLate(const Held& held) const;
  bool isOwnSettled(const Held& held) const;
  void review(Time now);
  void tickSlices(Time now);
  void noteWithout(const Key& slice, const Key& sender);
  bool isWithoutAll(const Held& held) const;
  void takeWant(const Message& message, Time now);
  void takeSlice(const Message& message);
  std::vector<Key> names() const;

  // states
  static std::optional<SliceState> stateAt(const Histories::Slice& slice, Place place,
                                           std::span<const SliceState> states);
  static constexpr Place kNowhere = std::numeric_limits<Place>::max();
  static Place earliest(const Histories::Slice& slice, Place base, Place end);
  void want(const Wanted& wanted);
  Place placeFor(const Wanted& wanted, const Histories::Slice& slice) const;
  void answerOne(const Wanted& wanted, std::span<const SliceState> states);
  bool isBegunBy(const Entry& entry, Place place) const;
  std::vector<EntryPtr> begunHere(std::vector<Mark>& marks) const;
  Order orderToKeep();
  Place baseToKeep(std::size_t idleBytes) const;
  void postSlice(const Key& to, const Key& name, std::span<const SliceState> states);

  // checks
  void checkStates();
  void takeDigests(const Message& message);
  std::vector<StateDigest> digestsAt(Place place, std::span<const SliceState> states) const;
  void answerDigests(const Wanted& wanted, std::span<const SliceState> states);
  void compareDigests(const Wanted& wanted, std::span<const StateDigest> ours);
  void doubt(const Lineage& lineage, const Wanted& wanted);

  // releases
  void hearNames(Peer& peer, const Message& message);
  void noteReleases();
  Key elderOf(const Key& name) const;
  bool awaitElder(Held& held, const ConvergingSlice& slice, Time now);
  void tickElder(Held& held, Time now);
  void offerElders(const Message& snapshot);
  void offerElder(const Message& answer);
  void beginCarried(const Held& held);
  void beginWith(const Key& name, const Value& seed, std::uint64_t digest);
  static void put(Books& books, const Start& start);
  void startAnew(const Start& start, Time askAt);
  Held* heldOf(const Key& slice);

  LogOptions options_;
  Reading reading_;
  TwoCopies<Books> books_;
  Histories histories_;
  Place played_ = 0;  // up to where the histories are

  EntryPtr own_;       // while it is prepared
  Place ownKept_ = 0;  // where it goes

  FrameReader frames_;
  std::uint32_t framed_ = 0;  // messages that went out
  std::vector<Message> outbox_;
  std::vector<LogNews> news_;
  std::optional<Rebase> rebase_;
  std::vector<Rebased> rebased_;
  LockWish wish_ = LockWish::None;
  std::vector<Wanted> wanted_;
  std::vector<Elder> elders_;
  Point digested_ = {};               // where the states were last told in digests
  std::vector<StateDigest> digests_;  // the keeper's, while ours are asked for
  std::vector<Key> toldReleases_;     // names
  bool areNamesNew_ = false;

  std::vector<Key> present_;
  std::vector<Peer> peers_;
  std::vector<Held> held_;
  std::vector<Answer> answers_;
  std::optional<Message> pending_;  // a cut or delta whose entries are not all here
  std::uint64_t random_ = 0x9E37'79B9'7F4A'7C15U;
  std::vector<Key> aheadClocks_;  // senders whose clock is not followed
  std::uint64_t epochSeen_ = 0;
  Place stable_ = 0;
  Place forgotten_ = 0;  // up to where it is to be dropped once it is stable
  bool isJoining_ = true;
  bool isKeeper_ = false;
  bool isLockAsked_ = false;
  bool isHidden_ = false;
  bool hasChanged_ = false;
  bool isGapKnown_ = false;
  int greetings_ = 0;  // to be made whatever is known
  int beacons_ = 0;
  int resends_ = 0;
  double wall_ = 0;
  Time pendingAt_ = kNever;
  Time oldest_ = kNever;  // when the tentative entry came that is here the longest
  Time unsettledSince_ = 0;
  Time resendAt_ = 0;
  Time keeperSince_ = 0;
  Time awakeSince_ = 0;
  Time quietUntil_ = 0;
  Time nextCutAt_ = 0;
  Time crowdedAt_ = 0;  // when too many may be settled again
  Time nextLockAt_ = 0;
  Time idleSince_ = 0;
  Time keeperHeardAt_ = -1e9;
  Time greetAt_ = kNever;
  Time joinUntil_ = 0;
  Time lastRun_ = -1;
  Time beaconAt_ = kNever;
  Time gapAt_ = kNever;
};

}  // namespace isthmus
