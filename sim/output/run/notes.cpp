#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "sim/output/run/hindsight.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using fleet::Outcome;

constexpr double kSpendApart = 0.03;  ///< what counts as spending different amounts

std::string different_spend(const Run& run) {
  const auto spend = [](const Outcome& outcome) { return outcome.final.spend().usd(); };
  const auto [least, most] = std::minmax_element(
      run.outcomes.begin(), run.outcomes.end(),
      [&](const Outcome& a, const Outcome& b) { return spend(a) < spend(b); });
  if (spend(*most) - spend(*least) <= kSpendApart * spend(*most)) return {};
  return "Not at equal cost: total spend runs from " + format_unit(Scaled::money, spend(*least)) + " (" +
         shown_name(*least) + ") to " + format_unit(Scaled::money, spend(*most)) + " (" + shown_name(*most) + ").";
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
  return text + (all.size() > kMost ? ", and " + std::to_string(all.size() - kMost) + " more in results.json." : ".");
}

/// "label: hare 12, turtle 15." of the first strategies for which there is something to say.
template <class Say>
std::string each_of(const Run& run, const std::string& label, Say say) {
  static constexpr std::size_t kMost = 6;
  std::string text;
  std::size_t found = 0;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const std::string said = say(run.outcomes[i], run.setups[i]);
    if (said.empty() || ++found > kMost) continue;
    text += text.empty() ? label : ",";
    text.append(" ").append(shown_name(run.outcomes[i])).append(" ").append(said);
  }
  if (text.empty()) return text;
  return text + (found > kMost ? ", and " + std::to_string(found - kMost) + " more in results.json." : ".");
}

std::string interruptions(const Run& run) {
  return each_of(
      run, "Interruptions of the job, and its goodput:", [](const Outcome& outcome, const fleet::StrategySetup& setup) {
        const fleet::Summary& final = outcome.final;
        if (!final.interruptions || !final.goodput) return std::string{};
        return grouped(std::llround(*final.interruptions)) +
               (setup.plant.operations.job->drawn ? " drawn (" : " expected (") + fixed(*final.goodput, 3) + ')';
      });
}

std::string cancellations(const Run& run) {
  return each_of(run, "Orders cancelled, in accelerators:", [](const Outcome& outcome, const fleet::StrategySetup&) {
    const auto& cancelled = outcome.final.cancellations;
    if (!cancelled || cancelled->accelerators == 0) return std::string{};
    return grouped(cancelled->accelerators) + " (fees " + format_unit(Scaled::money, cancelled->fees.usd()) + ')';
  });
}

std::string failures(const Run& run) {
  return each_of(run, "Hardware failures drawn:", [](const Outcome& outcome, const fleet::StrategySetup& setup) {
    if (!setup.plant.operations.failures.drawn()) return std::string{};
    return grouped(std::llround(outcome.final.failures)) + " (" + rough(outcome.final.mean_in_repair) +
           " in repair on average)" +
           (outcome.final.outages ? " and " + counted(std::llround(*outcome.final.outages), "outage", "outages") : "");
  });
}

/// What stands there, in a unit that compares fleets of different hardware.
std::string h100_equivalents(const Run& run) {
  return each_of(run, "H100-equivalents in place at the end, in 16-bit and in 8-bit numbers:",
                 [](const Outcome& outcome, const fleet::StrategySetup&) {
                   if (outcome.final.in_place() == 0) return std::string{};
                   return grouped(std::llround(outcome.final.h100e_bf16)) + " and " +
                          grouped(std::llround(outcome.final.h100e_8bit));
                 });
}

/// The trend of the whole field holds part of what adoptions bring.
std::string stacked(const Run& run) {
  const auto stacks = [](const fleet::StrategySetup& setup) {
    const models::ProgressLaw& law = setup.plant.progress;
    return !setup.plant.adoptions.empty() && law.rate != nullptr && law.fund == nullptr && law.expected_growth(0) > 0;
  };
  std::string text;
  for (std::size_t i = 0; i < run.setups.size(); ++i) {
    if (stacks(run.setups[i])) text += (text.empty() ? "" : ", ") + shown_name(run.outcomes[i]);
  }
  if (text.empty()) return text;
  return "Adoptions on top of a rate of progress (" + text +
         "): the rate of the whole field already holds part of them. Lower it, or read the result as an upper bound.";
}

std::string accounting(const Run& run) {
  const fleet::StrategySetup& setup = run.setups.front();
  const core::Value& reference = run.scenario.root().section("loss")->value("reference");
  std::string text = "Loss counts ";
  if (is_cumulative(run)) {
    text += "all useful compute since the start (cumulative)";
  } else {
    text += "the best training run completed so far (best_run: " +
            core::format_quantity(core::Dimension::duration,
                                  static_cast<double>(setup.loss.run_length.milliseconds())) +
            " on " + rough(100 * setup.loss.run_share) + " % of the training fleet" +
            (setup.loss.run_inherits > 0
                 ? ", inheriting " + rough(100 * setup.loss.run_inherits) + " % of the one before"
                 : "") +
            ")";
  }
  const std::string compute = rough(setup.loss.reference.compute) + " FLOP";
  if (!setup.loss.reference.is_stated) {
    const bool is_drawn = run.draw.inputs == fleet::InputDraw::drawn && !input_values(run).empty();
    const auto* word = std::get_if<std::string>(&reference.data);
    const bool is_own = word != nullptr && *word == "own";
    const std::string_view how = !is_drawn ? "" : is_own ? " as it is drawn" : ", inputs at their medians,";
    return text + "; C0 = one year of the initial fleet" + std::string(how) + " = " + compute + '.';
  }
  const std::string written = core::printable(reference.source_text);
  return text + "; C0 = " + (written == compute ? "" : written + " = ") + compute + '.';
}

std::string absolute(const Run& run) {
  const models::LossLaw& law = run.setups.front().loss.law;
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
  const models::LossLaw& law = run.setups.front().loss.law;
  if (law.test_time_worth == 1 && law.latency == 1) return {};
  return "Test-time compute stands for " + rough(law.test_time_worth) +
         " times the training compute; an answer takes " + rough(law.latency) + " times as long.";
}

std::string at_scale(const Run& run) {
  return each_of(
      run, "MFU at the scale of the run, on average:", [](const Outcome& outcome, const fleet::StrategySetup& setup) {
        if (!setup.plant.operations.throughput.active() || !outcome.final.mfu) return std::string{};
        return fixed(*outcome.final.mfu, 3) + " (stated " + fixed(setup.plant.operations.mfu, 3) + ')';
      });
}

std::string race(const Run& run) {
  const fleet::Horizon& horizon = run.setups.front().horizon;
  const bool has_power = std::any_of(run.outcomes.begin(), run.outcomes.end(),
                                     [](const Outcome& outcome) { return outcome.final.has_power; });
  return core::printable(run.scenario.name()) + ": " + core::to_date(horizon.start) + " to " +
         core::to_date(horizon.end) + ". " + accounting(run) +
         (is_cumulative(run) ? "" : " The doublings by cause are those of all useful compute, not of one run.") +
         " Gamma is realised growth in doublings a year." + (has_power ? " The peak is of nameplate power." : "");
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
  return text +
         (inputs.size() > kMost ? ", and " + std::to_string(inputs.size() - kMost) + " more in results.json." : ".");
}

std::string unverified(const Run& run) {
  static constexpr std::size_t kMost = 6;
  const std::vector<std::string> inputs = unverified_inputs(run);
  if (inputs.empty()) return {};
  std::string text = "These inputs have not been checked against their source: ";
  for (std::size_t i = 0; i < inputs.size() && i < kMost; ++i) text += (i > 0 ? ", " : "") + core::printable(inputs[i]);
  return text +
         (inputs.size() > kMost ? ", and " + std::to_string(inputs.size() - kMost) + " more in results.json." : ".");
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
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    for (std::string& note : idle_notes(run.outcomes[i])) each.push_back(std::move(note));
    for (std::string& note : move_notes(run.setups[i], run.outcomes[i])) each.push_back(std::move(note));
  }
  for (std::size_t i = 0; i < each.size() && i < kMost; ++i) add(each[i]);
  if (each.size() > kMost)
    add("Unspent money and waiting or undelivered accelerators of more strategies are in results.json.");
  for (std::string& note : bought_notes(run)) add(std::move(note));
  add(what_npv_counts(run));
  std::vector<std::string> returned = return_notes(run);
  for (std::size_t i = 0; i < returned.size() && i < kMost; ++i) add(std::move(returned[i]));
  if (returned.size() > kMost) add("Rates of return of more strategies are in results.json.");
  add(old_chips(run));
  add(h100_equivalents(run));
  add(build_outs(run));
  add(absolute(run));
  add(test_time(run));
  add(uncertain(run));
  add(hindsight_note(run));
  add(stacked(run));
  add(cancellations(run));
  add(failures(run));
  add(interruptions(run));
  add(at_scale(run));
  add(emission_defaults(run));
  add(unverified(run));
  add(race(run));
  return result;
}

}  // namespace fleetrace::output
