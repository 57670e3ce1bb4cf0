// The raw exports about converging slices: a bridge's log (log/log.h), and the states that a store
// has of it.

#include <emscripten/emscripten.h>

#include <limits>

#include "bindings/answers.h"
#include "bindings/arguments.h"
#include "crossing.h"
#include "drops.h"
#include "log/digest.h"
#include "log/saved_books.h"
#include "log_answers.h"
#include "log_descriptions.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

// That a record has of what no reducer takes.
std::size_t idleBytes(bool whole) { return whole ? Log::kAll : 64U << 10U; }

enum class Event : std::uint32_t {
  None,
  Start,
  Tick,
  Receive,
  Wake,
  Sleep,
  Leave,
  Hide,
  Show,
  Granted,
  Lost,
  Forget
};

template <typename Call>
Outcome onLog(std::uint32_t id, const Call& call) {
  return onBridge(id, [&](Bridge& bridge) {
    return bridge.log() == nullptr ? failUnknown("log") : call(bridge, *bridge.log());
  });
}

// present := varint 0 without locks | varint 1, (string id)*
void readPresent(Log& log, std::uint32_t length) {
  Arguments arguments(length);
  log.setUsesLocks(arguments.varint() != 0);
  std::vector<Key> present;
  for (const auto& id : arguments.texts()) present.emplace_back(id);
  log.setPresent(std::move(present));
}

void receive(Log& log, std::uint32_t length, Time now) {
  const auto read = log.frames().add(input(length));
  if (!read.message) return;
  const auto value = decode(*read.message, {.depth = 128, .stringBytes = kFrameBytes});
  if (!value) return;
  const auto message = readMessage(value.value());
  if (message) log.receive(message.value(), now);
}

void happen(Log& log, Event event, std::uint32_t length, Time now) {
  switch (event) {
    case Event::None:
      return;
    case Event::Start:
    case Event::Tick:
      readPresent(log, length);
      return event == Event::Start ? log.start(now) : log.tick(now);
    case Event::Receive:
      return receive(log, length, now);
    case Event::Wake:
      return log.wake(now);
    case Event::Sleep:
      return log.sleep();
    case Event::Leave:
      return log.leave();
    case Event::Hide:
    case Event::Show:
      return log.setHidden(event == Event::Hide);
    case Event::Granted:
      return log.lockGranted(now);
    case Event::Lost:
      return log.lockLost();
    case Event::Forget:
      return log.forget(now);
  }
}

// (string slice, float64 place, value state)*
std::vector<SliceState> readStates(Arguments& arguments) {
  std::vector<SliceState> states;
  while (!arguments.atEnd()) {
    SliceState state{Key(arguments.text()), static_cast<Place>(arguments.float64())};
    state.state = arguments.value();
    states.push_back(std::move(state));
  }
  return states;
}

Outcome prepared(Store& store, Bridge& bridge, bool isOwn, Time time) {
  setPending({&store, store.pendingSerial(), &bridge, isOwn, time});
  return static_cast<Outcome>(store.pendingSerial());
}

// What cannot cross is a local action, which converging slices must not need.
Outcome prepareLocal(Store& store, const Action& action, const Bridge::Outbound& refused) {
  const auto status = store.prepare(action);
  if (!status && status.error().code == ErrorCode::NotCrossing) {
    Error error = status.error();
    error.message += "; it cannot cross: " + refused.message;
    return fail(error);
  }
  if (!status) return fail(status.error());
  Encoder encoder(answer());
  encoder.varint(0);
  encoder.varint(static_cast<std::uint32_t>(refused.reason));
  encoder.text(refused.message);
  return static_cast<Outcome>(store.pendingSerial());
}

void writeOwn(Encoder& encoder, const Bridge::Outbound& decision, bool asBytes) {
  const bool isBytes = asBytes && isWorthBytes(decision);
  encoder.varint(1);
  encoder.varint(isBytes ? 1 : 0);
  isBytes ? encoder.bytes(decision.bytes) : encoder.encoded(decision.bytes);
}

}  // namespace

extern "C" {

// varint keep, entries, bytes, float64 settleAfter, varint settles
EMSCRIPTEN_KEEPALIVE Outcome isthmus_openLog(std::uint32_t bridge, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    LogOptions options;
    options.keep = arguments.varint();
    options.entries = arguments.varint();
    options.bytes = arguments.varint();
    options.settleAfter = arguments.float64();
    options.settles = arguments.varint() != 0;
    if (arguments.failed()) return arguments.failure();
    target.openLog(std::move(options));
    return 0;
  });
}

// The slice under a key of the store converges: string key, string name in the log, varint whether
// it has an upcast, varint whether JavaScript holds its states, and where it does value seed, value
// initial state; where not, value seed if that is not its present state.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_converge(std::uint32_t bridge, std::uint32_t store,
                                              std::uint32_t definition, std::uint32_t length,
                                              double wall, double time) {
  return onLog(bridge, [&](Bridge&, Log& log) {
    return onStore(store, [&](Store& target) {
      Arguments arguments(length);
      ConvergingSlice slice{Key(arguments.text()), Key(arguments.text())};
      slice.hasUpcast = arguments.varint() != 0;
      const bool isHeld = arguments.varint() != 0;
      auto* const source = engine().definitions.find(definition);
      if (!isHeld && source != nullptr) {
        const Value* const present = target.find(slice.key);
        slice.program = source->program;
        slice.initial = source->program->initialState();
        slice.seed = present == nullptr ? slice.initial : *present;
        if (!arguments.atEnd()) slice.seed = arguments.value("state");
        slice.seedDigest = digestOf(slice.seed);
        slice.initialDigest = digestOf(slice.initial);
      } else {
        slice.seedDigest = digestOf(arguments.value("state"));
        slice.initialDigest = digestOf(arguments.value("initialState"));
      }
      if (arguments.failed()) return arguments.failure();
      if (source != nullptr) {
        if (isHeld) source->made.keepLine();
        const auto status = target.setConverging(slice.key, true);
        if (!status) return fail(status.error());
      }
      log.setTimeOfDay(wall);
      log.inject(std::move(slice), time);
      return 0;
    });
  });
}

// It does so no more, and keeps its state: string key, string name.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_unconverge(std::uint32_t bridge, std::uint32_t store,
                                                std::uint32_t length) {
  return onLog(bridge, [&](Bridge&, Log& log) {
    return onStore(store, [&](Store& target) {
      Arguments arguments(length);
      const Key key(arguments.text());
      const Key name(arguments.text());
      if (arguments.failed()) return arguments.failure();
      log.remove(name);
      // JavaScript's slices are not the store's.
      if (target.find(key) == nullptr) return 0;
      const auto status = target.setConverging(key, false);
      return status ? 0 : fail(status.error());
    });
  });
}

// Contracts have come or gone: what is kept is read anew.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_readLogAnew(std::uint32_t bridge) {
  return onLog(bridge, [](Bridge&, Log& log) {
    log.readAnew();
    return 0;
  });
}

// Something has happened to the log: answers with an outcome. Start and tick take
// who is present; receive takes a frame.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_log(std::uint32_t bridge, std::uint32_t event,
                                         std::uint32_t length, double wall, double time) {
  return onLog(bridge, [&](Bridge& source, Log& log) {
    // One whose reducers ended without a word, as where the stack has.
    if (static_cast<Event>(event) != Event::None) source.discardOwn();
    log.setTimeOfDay(wall);
    happen(log, static_cast<Event>(event), length, time);
    return answerOutcome(log, time);
  });
}

// When the log wants to be called, where there is nothing else to an outcome; NaN where there is.
EMSCRIPTEN_KEEPALIVE double isthmus_logPulse(std::uint32_t bridge, double time) {
  const Bridge* const source = crossing().bridges.find(bridge);
  const Log* const log = source == nullptr ? nullptr : source->log();
  if (log == nullptr) return failUnknown("log");
  const bool isAll = log->isQuiet() && log->waiting(time).empty();
  return isAll ? log->deadline() : std::numeric_limits<double>::quiet_NaN();
}

// How many entries are not settled.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_unsettled(std::uint32_t bridge) {
  return onLog(bridge, [](Bridge&, const Log& log) {
    return static_cast<Outcome>(log.order().tentative().size());
  });
}

// Whether the states of converging slices are to be shown anew.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_isLogMoved(std::uint32_t bridge) {
  return onLog(bridge, [](Bridge&, const Log& log) { return log.rebase() ? 1 : 0; });
}

// (string slice, float64 place, value state)*; answers with an outcome
EMSCRIPTEN_KEEPALIVE Outcome isthmus_giveStates(std::uint32_t bridge, std::uint32_t length,
                                                double time) {
  return onLog(bridge, [&](Bridge&, Log& log) {
    Arguments arguments(length);
    const auto states = readStates(arguments);
    if (arguments.failed()) return arguments.failure();
    log.answer(states);
    return answerOutcome(log, time);
  });
}

// What a state of another release is in this one: string slice, float64 place, then value state, or
// nothing where it cannot be; answers with an outcome.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_carry(std::uint32_t bridge, std::uint32_t length, double wall,
                                           double time) {
  return onLog(bridge, [&](Bridge&, Log& log) {
    Arguments arguments(length);
    const Key slice(arguments.text());
    const auto place = static_cast<Place>(arguments.float64());
    std::optional<Value> state;
    if (!arguments.atEnd()) state = arguments.value();
    if (arguments.failed()) return arguments.failure();
    log.setTimeOfDay(wall);
    log.carry(slice, place, std::move(state), time);
    return answerOutcome(log, time);
  });
}

// An own action that is to cross, before its reducers: to be committed or discarded under the
// serial number that it answers with. Answers varint 0, varint reason, string message when it
// cannot cross and is a local one; else varint 1, varint 1 and bytes or varint 0 and value of the
// envelope, replay.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_prepareOwn(std::uint32_t bridge, std::uint32_t store,
                                                std::uint32_t length, bool enabled, bool asBytes,
                                                double wall, double time) {
  return onLog(bridge, [&](Bridge& source, Log& log) {
    return onStore(store, [&](Store& target) {
      Arguments arguments(length);
      const auto action = arguments.value();
      if (arguments.failed()) return arguments.failure();
      const auto decision = source.prepareOwn(action, enabled, wall, time);
      if (!decision) return fail(decision.error());
      const Action local = toAction(action);
      if (decision.value().verdict == Bridge::Outbound::Verdict::Refused) {
        return prepareLocal(target, local, decision.value());
      }
      const auto status = target.prepareCrossing(&local, statesOf(log, target));
      if (!status) {
        source.discardOwn();
        return fail(status.error());
      }
      Encoder encoder(answer());
      writeOwn(encoder, decision.value(), asBytes);
      const Place kept = log.rebase() ? std::min(log.rebase()->kept, log.ownKept()) : log.ownKept();
      writeReplay(encoder, log, log.booksAfterOwn().order, kept);
      return prepared(target, source, true, time);
    });
  });
}

// As prepareOwn, at once and of the log alone: for an action that the store took before there was a
// log. What it makes of the states is to be shown afterwards.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_recordOwn(std::uint32_t bridge, std::uint32_t length,
                                               bool enabled, bool asBytes, double wall,
                                               double time) {
  return onLog(bridge, [&](Bridge& source, Log& log) {
    Arguments arguments(length);
    const auto action = arguments.value();
    if (arguments.failed()) return arguments.failure();
    const auto decision = source.prepareOwn(action, enabled, wall, time);
    if (!decision) return fail(decision.error());
    Encoder encoder(answer());
    if (decision.value().verdict == Bridge::Outbound::Verdict::Refused) {
      encoder.varint(0);
      encoder.varint(static_cast<std::uint32_t>(decision.value().reason));
      encoder.text(decision.value().message);
      return 0;
    }
    writeOwn(encoder, decision.value(), asBytes);
    const Place kept = log.rebase() ? std::min(log.rebase()->kept, log.ownKept()) : log.ownKept();
    writeReplay(encoder, log, log.booksAfterOwn().order, kept);
    source.prepareCommitOwn();
    source.commitOwn(time);
    return 0;
  });
}

// What the log has changed, with the action that has crossed, or without one (length 0): to be
// committed or discarded likewise. Answers with replay.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_prepareShown(std::uint32_t bridge, std::uint32_t store,
                                                  std::uint32_t length) {
  return onLog(bridge, [&](Bridge& source, Log& log) {
    return onStore(store, [&](Store& target) {
      std::optional<Action> action;
      if (length > 0) {
        Arguments arguments(length);
        const auto crossed = arguments.value();
        if (arguments.failed()) return arguments.failure();
        action = toAction(crossed);
      }
      const auto status =
          target.prepareCrossing(action ? &*action : nullptr, statesOf(log, target));
      if (!status) return fail(status.error());
      const auto& rebase = log.rebase();
      const Place kept = rebase ? rebase->kept : log.order().end();
      Encoder encoder(answer());
      writeReplay(encoder, log, log.order(), kept);
      return prepared(target, source, false, 0);
    });
  });
}

// Answers with the entries that are kept, or with all else that is to be seen of the log.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_describeLog(std::uint32_t bridge, bool entries, double time) {
  return onLog(bridge, [&](Bridge&, const Log& log) {
    Encoder(answer()).value(entries ? describeEntries(log) : describe(log, time));
    return 1;
  });
}

// The states that a record of the log needs of JavaScript: varint count, (string slice, float64
// place)*.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_recordWishes(std::uint32_t bridge, bool whole) {
  return onLog(bridge, [&](Bridge& source, Log& log) {
    source.discardOwn();
    Encoder encoder(answer());
    writeWishes(encoder, log.wishesOfAll(idleBytes(whole)));
    return 0;
  });
}

// (string slice, float64 place, value state)*; answers with value record, for a storage: 1 where it
// is whole, 0 where it leaves out some that is not settled
EMSCRIPTEN_KEEPALIVE Outcome isthmus_recordLog(std::uint32_t bridge, bool whole,
                                               std::uint32_t length) {
  return onLog(bridge, [&](Bridge&, Log& log) {
    Arguments arguments(length);
    const auto states = readStates(arguments);
    if (arguments.failed()) return arguments.failure();
    const auto record = log.record(states, idleBytes(whole));
    Encoder(answer()).value(isthmus::toValue(record.snapshot));
    return record.isWhole ? 1 : 0;
  });
}

// value record: 1 where it holds, and the log begins with it
EMSCRIPTEN_KEEPALIVE Outcome isthmus_beginLog(std::uint32_t bridge, std::uint32_t length,
                                              double wall, double time) {
  return onLog(bridge, [&](Bridge&, Log& log) {
    Arguments arguments(length);
    const auto record = arguments.value();
    if (arguments.failed()) return arguments.failure();
    const auto message = readMessage(record);
    log.setTimeOfDay(wall);
    return message && log.begin(message.value(), time) ? 1 : 0;
  });
}

// What a failed instance's log remembered, as isthmus_salvageLog has written it; 0 where it cannot
// be read, and the log begins anew.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_restoreLog(std::uint32_t bridge, std::uint32_t length,
                                                double wall, double time) {
  return onLog(bridge, [&](Bridge&, Log& log) {
    Decoder decoder(input(length), {});
    const auto books = load(decoder);
    if (!books) return fail(books.error());
    log.setTimeOfDay(wall);
    log.restore(books.value(), time);
    return 1;
  });
}
}
