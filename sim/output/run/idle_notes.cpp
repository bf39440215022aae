#include <algorithm>
#include <iterator>
#include <string_view>

#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using fleet::Constraint;
using fleet::Outcome;

constexpr double kUnspentShare = 0.005;  ///< less is change

std::string held_back(const Outcome& outcome) {
  struct Reason {
    Constraint constraint;
    std::string_view text;
  };
  static constexpr Reason kReasons[] = {
      {Constraint::power, "site power held back"},
      {Constraint::cooling, "cooling held back"},
      {Constraint::space, "space held back"},
      {Constraint::supply, "the supply limit held back"},
      {Constraint::price, "the price of one accelerator held back"},
      {Constraint::nothing_on_sale, "nothing on sale held back"},
  };
  static_assert(std::size(kReasons) == fleet::kPurchaseConstraints.size());
  std::string text;
  for (const Reason& reason : kReasons) {
    const std::int64_t times = outcome.constraint_counts[static_cast<std::size_t>(reason.constraint)];
    if (times == 0) continue;
    text += (text.empty() ? "" : ", ") + std::string(reason.text) + ' ' + grouped(times) + " of " +
            counted(outcome.reviews, "purchase", "purchases");
  }
  if (!text.empty()) return text;
  const bool wants_no_more = !outcome.bindings.empty() &&
                             outcome.bindings.back().binding.constraint == Constraint::demand;
  return wants_no_more ? "no purchase was held back, it wanted no more" : "no purchase was held back";
}

std::string unspent(const Outcome& outcome) {
  const fleet::Summary& final = outcome.final;
  const double left = final.unspent.usd();
  if (left <= kUnspentShare * (left + final.capex.usd() + final.research.usd())) return {};
  return shown_name(outcome) + ": " + format_unit(Scaled::money, left) + " unspent; " + held_back(outcome) + '.';
}

/// What keeps accelerators that wait at the end from entering service.
std::string_view waits_for(const Outcome& outcome) {
  const Constraint last = outcome.bindings.empty() ? Constraint::power : outcome.bindings.back().binding.constraint;
  return last == Constraint::space || last == Constraint::cooling ? fleet::info(last).title : "power";
}

std::string waiting(const Outcome& outcome) {
  constexpr auto kWaiting = static_cast<std::size_t>(fleet::State::waiting_for_power);
  const std::int64_t at_end = outcome.final.accelerators[kWaiting];
  const std::int64_t most = outcome.final.most_waiting;
  if (most == 0) return {};
  const std::string number = at_end > 0 ? grouped(at_end) : "up to " + grouped(most);
  const std::string text = shown_name(outcome) + ": " + number + (most == 1 ? " accelerator" : " accelerators");
  if (at_end == 0) return text + " waited for power, none at the end.";
  const fleet::IdleReport& idle = outcome.final.idle;
  const std::string_view title = waits_for(outcome);
  return text + (at_end == 1 ? " waits for " : " wait for ") + std::string(title) +
         " at the end: " + format_unit(Scaled::money, idle.waiting_usd) + " of hardware" +
         (idle.waiting_usd_per_year > 0 ? ", " + format_unit(Scaled::money, idle.waiting_usd_per_year) + " a year."
                                        : ".");
}

/// Money that was paid for nothing.
std::string undelivered(const Outcome& outcome) {
  const fleet::IdleReport& idle = outcome.final.idle;
  if (idle.undelivered_usd == 0) return {};
  return shown_name(outcome) + ": " +
         (idle.undelivered > 0 ? counted(idle.undelivered, "accelerator", "accelerators") : "capacity") + " for " +
         format_unit(Scaled::money, idle.undelivered_usd) + " had been ordered and not delivered by the end.";
}

}  // namespace

std::vector<std::string> idle_notes(const Outcome& outcome) {
  std::vector<std::string> notes;
  for (std::string note : {unspent(outcome), waiting(outcome), undelivered(outcome)}) {
    if (!note.empty()) notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace fleetrace::output
