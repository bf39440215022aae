#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"
#include "input_values.hpp"
#include "report.hpp"

namespace fleetrace::output {
namespace {

using fleet::Constraint;
using fleet::Outcome;

constexpr double kSpendApart = 0.03;     ///< what counts as spending different amounts
constexpr double kUnspentShare = 0.005;  ///< less is change

std::string different_spend(const Run& run) {
  const auto spend = [](const Outcome& outcome) { return outcome.final.spend().usd(); };
  const auto [least, most] = std::minmax_element(
      run.outcomes.begin(), run.outcomes.end(),
      [&](const Outcome& a, const Outcome& b) { return spend(a) < spend(b); });
  if (spend(*most) - spend(*least) <= kSpendApart * spend(*most)) return {};
  return "Not at equal cost: total spend runs from " + human(Scaled::money, spend(*least)) + " (" + shown_name(*least) +
         ") to " + human(Scaled::money, spend(*most)) + " (" + shown_name(*most) + ").";
}

std::string overtaking(const Run& run) {
  static constexpr std::size_t kMost = 5;
  const std::vector<Overtake> all = overtakes(run);
  if (all.empty()) return {};
  std::string text = "Overtakings in compute: ";
  for (std::size_t i = 0; i < all.size() && i < kMost; ++i) {
    if (i > 0) text += ", ";
    text += shown_name(run.outcomes[all[i].leader]) + " passes " + shown_name(run.outcomes[all[i].behind]) + " on " +
            core::to_date(all[i].time);
  }
  return text + (all.size() > kMost ? ", and " + std::to_string(all.size() - kMost) + " more in json." : ".");
}

std::string held_back(const Outcome& outcome) {
  struct Reason {
    Constraint obstacle;
    std::string_view text;
  };
  static constexpr Reason kReasons[] = {
      {Constraint::power, "site power held back"},
      {Constraint::supply, "the supply limit held back"},
      {Constraint::price, "the price of one accelerator held back"},
      {Constraint::nothing_on_sale, "nothing on sale held back"},
  };
  std::string text;
  for (const Reason& reason : kReasons) {
    const std::int64_t times = outcome.obstacles[static_cast<std::size_t>(reason.obstacle)];
    if (times == 0) continue;
    text += (text.empty() ? "" : ", ") + std::string(reason.text) + ' ' + grouped(times) + " of " +
            counted(outcome.reviews, "purchase", "purchases");
  }
  return text.empty() ? "no purchase was held back" : text;
}

std::string unspent(const Outcome& outcome) {
  const fleet::Final& final = outcome.final;
  const double left = final.unspent.usd();
  if (left <= kUnspentShare * (left + final.capex.usd() + final.research.usd())) return {};
  return shown_name(outcome) + ": " + human(Scaled::money, left) + " unspent; " + held_back(outcome) + '.';
}

std::string waiting(const Outcome& outcome) {
  constexpr auto kWaiting = static_cast<std::size_t>(fleet::State::waiting_for_power);
  const std::int64_t at_end = outcome.final.accelerators[kWaiting];
  std::int64_t most = at_end;
  for (const fleet::Sample& sample : outcome.series) most = std::max(most, sample.accelerators[kWaiting]);
  if (most == 0) return {};
  const std::string number = at_end > 0 ? grouped(at_end) : "up to " + grouped(most);
  return shown_name(outcome) + ": " + number + (most == 1 ? " accelerator" : " accelerators") +
         (at_end == 0   ? " waited for power, none at the end."
          : at_end == 1 ? " waits for power at the end."
                        : " wait for power at the end.");
}

/// "label: hare 12, turtle 15." of the first strategies for which there is something to say.
template <class Say>
std::string each_of(const Run& run, const std::string& label, Say say) {
  static constexpr std::size_t kMost = 6;
  std::string text;
  std::size_t found = 0;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const std::string said = say(run.outcomes[i], run.cases[i]);
    if (said.empty() || ++found > kMost) continue;
    text += text.empty() ? label : ",";
    text.append(" ").append(shown_name(run.outcomes[i])).append(" ").append(said);
  }
  if (text.empty()) return text;
  return text + (found > kMost ? ", and " + std::to_string(found - kMost) + " more in json." : ".");
}

std::string interruptions(const Run& run) {
  return each_of(
      run, "Interruptions of the job, and its goodput:", [](const Outcome& outcome, const fleet::Case& plan) {
        const fleet::Final& final = outcome.final;
        if (!final.interruptions || !final.goodput) return std::string{};
        return grouped(std::llround(*final.interruptions)) +
               (plan.plant.operations.job->drawn ? " drawn (" : " expected (") + fixed(*final.goodput, 3) + ')';
      });
}

std::string cancellations(const Run& run) {
  return each_of(run, "Orders cancelled, in accelerators:", [](const Outcome& outcome, const fleet::Case&) {
    const auto& cancelled = outcome.final.cancellations;
    if (!cancelled || cancelled->accelerators == 0) return std::string{};
    return grouped(cancelled->accelerators) + " (fees " + human(Scaled::money, cancelled->fees.usd()) + ')';
  });
}

std::string failures(const Run& run) {
  return each_of(run, "Hardware failures drawn:", [](const Outcome& outcome, const fleet::Case& plan) {
    if (!plan.plant.operations.failures.drawn()) return std::string{};
    constexpr auto kInRepair = static_cast<std::size_t>(fleet::State::in_repair);
    std::int64_t most = 0;
    for (const fleet::Sample& sample : outcome.series) most = std::max(most, sample.accelerators[kInRepair]);
    return grouped(std::llround(outcome.final.failures)) + " (up to " + grouped(most) + " in repair)" +
           (outcome.final.outages ? " and " + counted(std::llround(*outcome.final.outages), "outage", "outages") : "");
  });
}

/// The trend of the whole field holds part of what adoptions bring.
std::string stacked(const Run& run) {
  const auto stacks = [](const fleet::Case& plan) {
    const models::ProgressLaw& law = plan.plant.progress;
    return !plan.plant.adoptions.empty() && law.rate != nullptr && law.fund == nullptr && law.expected_growth(0) > 0;
  };
  std::string text;
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    if (stacks(run.cases[i])) text += (text.empty() ? "" : ", ") + shown_name(run.outcomes[i]);
  }
  if (text.empty()) return text;
  return "Adoptions on top of a rate of progress (" + text +
         "): the rate of the whole field already holds part of them. Lower it, or read the result as an upper bound.";
}

std::string accounting(const Run& run) {
  const fleet::Case& plan = run.cases.front();
  const core::Value& reference = run.scenario.root.section("loss")->value("reference");
  const bool is_year = std::holds_alternative<std::string>(reference.data);
  std::string text = "Loss counts ";
  if (is_cumulative(run)) {
    text += "all useful compute since the start (cumulative)";
  } else {
    text += "the best training run completed so far (best_run: " +
            core::format_quantity(core::Dimension::duration, static_cast<double>(plan.loss.run_length.milliseconds())) +
            " on " + rough(100 * plan.loss.run_share) + " % of the training fleet" +
            (plan.loss.run_inherits > 0 ? ", inheriting " + rough(100 * plan.loss.run_inherits) + " % of the one before"
                                        : "") +
            ")";
  }
  const std::string compute = rough(plan.loss.reference.compute) + " FLOP";
  if (is_year) return text + "; C0 = one year of the initial fleet = " + compute + '.';
  const std::string written = core::printable(reference.written);
  return text + "; C0 = " + (written == compute ? "" : written + " = ") + compute + '.';
}

std::string absolute(const Run& run) {
  const models::LossLaw& law = run.cases.front().loss.law;
  if (law.reference_loss == 0) return {};
  std::string text = "Absolute loss: " + fixed(law.reference_loss, 4) + " at C0";
  for (const Outcome& outcome : run.outcomes)
    text += ", " + fixed(*outcome.final.absolute_loss, 4) + " (" + shown_name(outcome) + ')';
  if (law.floor > 0) {
    text += "; " + fixed(law.floor * law.reference_loss, 4) +
            " of it is irreducible, so that relative losses do not compare with those of laws without a floor";
  }
  return text + '.';
}

std::string test_time(const Run& run) {
  const models::LossLaw& law = run.cases.front().loss.law;
  if (law.test_time_worth == 1 && law.latency == 1) return {};
  return "Test-time compute stands for " + rough(law.test_time_worth) +
         " times the training compute; an answer takes " + rough(law.latency) + " times as long.";
}

std::string at_scale(const Run& run) {
  return each_of(run, "MFU at the scale of the run, on average:", [](const Outcome& outcome, const fleet::Case& plan) {
    if (!plan.plant.operations.throughput.active() || !outcome.final.mfu) return std::string{};
    return fixed(*outcome.final.mfu, 3) + " (stated " + fixed(plan.plant.operations.mfu, 3) + ')';
  });
}

std::string race(const Run& run) {
  const fleet::Horizon& horizon = run.cases.front().horizon;
  return core::printable(run.scenario.name()) + ": " + core::to_date(horizon.start) + " to " +
         core::to_date(horizon.end) + ". " + accounting(run) +
         (is_cumulative(run) ? "" : " The split of log2 C/C0 is that of all useful compute, not of one run.") +
         " Gamma is realised growth in doublings a year.";
}

std::string uncertain(const Run& run) {
  static constexpr std::size_t kMost = 6;
  const std::vector<InputValue> inputs = input_values(run);
  if (inputs.empty()) return {};
  const bool is_drawn = run.draw.inputs == fleet::InputDraw::drawn;
  std::string text = is_drawn ? "Uncertain inputs, drawn for replication " + std::to_string(run.draw.replication) + ": "
                              : "Uncertain inputs at their medians (--replication K draws them): ";
  for (std::size_t i = 0; i < inputs.size() && i < kMost; ++i) {
    text += (i > 0 ? ", " : "") + core::printable(inputs[i].input.path) + ' ' +
            value_text(inputs[i].input, inputs[i].value, 4);
  }
  return text + (inputs.size() > kMost ? ", and " + std::to_string(inputs.size() - kMost) + " more in json." : ".");
}

std::string unverified(const Run& run) {
  static constexpr std::size_t kMost = 6;
  const std::vector<std::string> inputs = unverified_inputs(run);
  if (inputs.empty()) return {};
  std::string text = "Unverified inputs: ";
  for (std::size_t i = 0; i < inputs.size() && i < kMost; ++i) text += (i > 0 ? ", " : "") + core::printable(inputs[i]);
  return text + (inputs.size() > kMost ? ", and " + std::to_string(inputs.size() - kMost) + " more in json." : ".");
}

}  // namespace

std::vector<std::string> notes(const Run& run) {
  static constexpr std::size_t kMost = 8;
  std::vector<std::string> result;
  const auto add = [&result](std::string note) {
    if (!note.empty()) result.push_back(std::move(note));
  };
  add(different_spend(run));
  add(overtaking(run));
  std::vector<std::string> each;
  for (const Outcome& outcome : run.outcomes) {
    for (std::string note : {unspent(outcome), waiting(outcome)}) {
      if (!note.empty()) each.push_back(std::move(note));
    }
  }
  for (std::size_t i = 0; i < each.size() && i < kMost; ++i) add(each[i]);
  if (each.size() > kMost) add("Unspent money or waiting accelerators of more strategies are in json.");
  add(build_outs(run));
  add(absolute(run));
  add(test_time(run));
  add(uncertain(run));
  add(stacked(run));
  add(cancellations(run));
  add(failures(run));
  add(interruptions(run));
  add(at_scale(run));
  add(unverified(run));
  add(race(run));
  return result;
}

}  // namespace fleetrace::output
