// What must hold in a tab after every call (DESIGN: convergence, invariants).

#include <map>
#include <set>

#include "native/log/campaign/failure.h"
#include "native/log/campaign/simulated_tab.h"

namespace isthmus::campaign {
namespace {

void checkTentative(const Order& order) {
  const Tentative* before = nullptr;
  std::set<Id> ids;
  for (const auto& each : order.tentative()) {
    demand(before == nullptr || isBefore(*before->entry, *each.entry), "tentative out of order");
    demand(!order.covered().covers(each.entry->id), "an entry is tentative and settled");
    demand(ids.insert(idOf(each.entry->id)).second, "an entry is tentative twice");
    before = &each;
  }
}

bool equalRows(const Covered& a, const Covered& b) {
  for (const auto& row : a.rows()) {
    if (b.highest(row.sender) != row.highest) return false;
    for (const auto& hole : row.holes) {
      for (auto seq = hole.first; seq <= hole.last; ++seq) {
        if (!b.isHole({row.sender, seq})) return false;
      }
    }
  }
  return a.rows().size() == b.rows().size();
}

void checkCovered(const Order& order) {
  Covered covered = order.coveredAtBase();
  auto mark = order.marks().begin();
  for (Place place = order.base().n + 1; place <= order.head().n; ++place) {
    for (; mark != order.marks().end() && mark->place <= place; ++mark) {
      covered.giveUp(mark->run.sender, mark->run.last);
    }
    demand(covered.takes(order.at(place)->id), "settled out of its row's order");
    covered.add(order.at(place)->id, place);
  }
  demand(mark == order.marks().end(), "a mark stands behind the head");
  demand(equalRows(covered, order.covered()), "covered is not base, marks and settled");
}

void checkCopies(const Log::Books& a, const Log::Books& b) {
  demand(a.order.head() == b.order.head() && a.order.base() == b.order.base() &&
             a.order.tentative().size() == b.order.tentative().size() && a.clock == b.clock &&
             a.learnt == b.learnt && a.starts.size() == b.starts.size(),
         "the copies of the books differ");
}

// The action of an entry, read once of the same bytes.
const Action& readAction(const Entry& entry) {
  constexpr std::size_t kMostKept = 10'000;
  static std::map<Bytes, Action> read;
  if (read.size() > kMostKept) read.clear();
  const auto found = read.find(entry.message);
  if (found != read.end()) return found->second;
  const Value action = *messageOf(entry).find(Key("action"));
  return read.emplace(entry.message, actionOf(action)).first->second;
}

}  // namespace

void SimulatedTab::check() const {
  const Order& order = log_->order();
  demand(order.head().n == order.base().n + order.settled().size(),
         "head is base and what is kept");
  demand(order.head() == head_ || isLonger(order.head(), head_) || wasJoining_,
         "a head became shorter");
  demand(order.settled().size() <= options_.log.entries + options_.log.batch + 64,
         "too much is kept");
  demand(log_->stable() <= order.head().n, "what is stable is settled");
  checkTentative(order);
  if (!(order.head() == head_)) {
    checkCovered(order);
    chains_.check(order);
    checkCopies(log_->books(), log_->booksAfterOwn());
  }
}

void SimulatedTab::checkFolds() const {
  const Order& order = log_->order();
  for (const auto& slice : log_->histories().slices()) {
    const int number = slice.slice.name.text().back() - '0';
    Cell cell = Histories::at(slice, slice.since);
    if (number == kScripted) cell.state = scripted_.at(slice.since);
    for (Place place = slice.since + 1; place <= order.end(); ++place) {
      const Entry& entry = *order.at(place);
      if (!entry.beginning) {
        cell.state = reduced(number, cell.state, readAction(entry));
        continue;
      }
      const auto& [name, replaces, digest] = *entry.beginning;
      const bool begins = name == slice.slice.name && (!cell.lineage || cell.lineage == replaces);
      if (!begins) continue;
      const bool isKnown = digest == slice.slice.seedDigest || digest == slice.slice.initialDigest;
      cell = {isKnown || number == kScripted ? seedState(isKnown ? digest : slice.slice.seedDigest)
                                             : slice.slice.seed,
              entry.id, isKnown};
    }
    demand(equal(cell.state, shown(number)), "what is shown is not what the line gives");
    demand(cell.isValid == slice.now.isValid && cell.lineage == slice.now.lineage,
           "the lineage is not what the line gives");
  }
}

}  // namespace isthmus::campaign
