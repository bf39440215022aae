#include "fleetrace/diff.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fleetrace/fleet/metric.hpp"
#include "fleetrace/study.hpp"
#include "sim/api/diff_races.hpp"
#include "sim/api/settings.hpp"
#include "sim/scenario/schema/money_entry.hpp"
#include "sim/study/parallel.hpp"

namespace fleetrace {
namespace {

using Number = std::optional<double>;

Number less(const Number& value, const Number& base) { return value && base ? Number(*value - *base) : Number(); }

bool are_same(const Number& a, const Number& b) {
  return a.has_value() == b.has_value() && (!a || fleet::are_tied(*a, *b));
}

/// All figures of all strategies of both sides.
std::vector<OutcomeChange> all_outcomes(const Raced& a, const Raced& b) {
  std::vector<OutcomeChange> outcomes;
  const auto add = [&outcomes](const std::string& strategy, const std::vector<Figure>& figures) {
    for (const Figure& each : figures) {
      const bool is_known = std::any_of(outcomes.begin(), outcomes.end(), [&](const OutcomeChange& known) {
        return known.strategy == strategy && known.metric == each.metric;
      });
      if (!is_known) outcomes.push_back({strategy, each.metric, each.unit, each.is_date, {}, {}});
    }
  };
  for (const auto& [strategy, figures] : a.strategies) {
    add(strategy, figures);
    if (const std::vector<Figure>* twin = b.of(strategy)) add(strategy, *twin);  // figures that only B has
  }
  for (const auto& [strategy, figures] : b.strategies) add(strategy, figures);
  for (OutcomeChange& each : outcomes) {
    each.before = a.value(each);
    each.after = b.value(each);
  }
  return outcomes;
}

/// Keeps the outcomes that differ or that a change would move, each with the effects on it.
void keep_what_moves(Diff& diff, const Between& between, const Raced& a, const Raced& b,
                     const std::vector<Raced>& from_a, const std::vector<Raced>& from_b) {
  for (OutcomeChange& outcome : all_outcomes(a, b)) {
    bool moves = !are_same(outcome.before, outcome.after);
    std::vector<ChangeEffect> effects;
    for (std::size_t k = 0; outcome.before && outcome.after && k < between.raced_inputs.size(); ++k) {
      const Number with = from_a[k].value(outcome);
      const Number without = from_b[k].value(outcome);
      moves = moves || (with && !are_same(with, outcome.before)) || (without && !are_same(without, outcome.after));
      effects.push_back(
          {between.raced_inputs[k], diff.outcomes.size(), less(with, outcome.before), less(outcome.after, without)});
    }
    if (!moves) continue;
    diff.outcomes.push_back(std::move(outcome));
    diff.effects.insert(diff.effects.end(), effects.begin(), effects.end());
  }
}

Number interaction(const Diff& diff, std::size_t outcome, Number ChangeEffect::*side) {
  Number rest = diff.outcomes.at(outcome).difference();
  if (!rest) return rest;
  for (const ChangeEffect& each : diff.effects) {
    if (each.outcome == outcome) *rest -= (each.*side).value_or(0);
  }
  // What sums leave by rounding is no interaction.
  constexpr double kRounding = 1e-12;
  const OutcomeChange& whole = diff.outcomes[outcome];
  if (std::fabs(*rest) <= kRounding * std::max(std::fabs(*whole.before), std::fabs(*whole.after))) rest = 0;
  return rest;
}

DiffSide side_of(const Scenario& scenario, const DiffDraw& draw) {
  return {scenario.name(),
          scenario.details(),
          {draw.seed, draw.replication.value_or(0),
           draw.replication ? fleet::InputDraw::drawn : fleet::InputDraw::medians}};
}

}  // namespace

Number OutcomeChange::difference() const { return less(after, before); }

Number OutcomeChange::relative() const {
  const Number by = difference();
  return by && !is_date && *before != 0 ? Number(*by / std::fabs(*before)) : Number();
}

Number Diff::interaction_from_a(std::size_t outcome) const {
  return interaction(*this, outcome, &ChangeEffect::from_a);
}

Number Diff::interaction_from_b(std::size_t outcome) const {
  return interaction(*this, outcome, &ChangeEffect::from_b);
}

std::optional<Diff> diff_of(const DiffSide& a, const DiffSide& b, int jobs, const std::atomic<bool>& stop) {
  Between between(a, b);
  Diff diff;
  diff.name_a = a.name;
  diff.name_b = b.name;
  diff.sha256_a = a.scenario.sha256;
  diff.sha256_b = b.scenario.sha256;
  diff.money_a = scenario::money_note(a.scenario.root());
  diff.money_b = scenario::money_note(b.scenario.root());
  const Raced at_a = between.race_a();
  diff.start = core::to_date(at_a.start);
  diff.reference_flop = at_a.reference;
  diff.own_reference_flop = b.scenario.yardstick() ? b.scenario.yardstick()->compute : at_a.reference;
  const Raced at_b = between.inputs.empty() ? at_a : between.race_b(at_a.start);
  const std::size_t count = between.raced_inputs.size();
  std::vector<Raced> from_a(count);
  std::vector<Raced> from_b(count);
  if (count == 1) {
    from_a.front() = at_b;
    from_b.front() = at_a;
  } else {
    const bool is_done = study::run_items(2 * count, jobs, stop, [&](std::size_t, std::size_t item) {
      const std::size_t k = item / 2;
      const bool is_from_a = item % 2 == 0;
      (is_from_a ? from_a : from_b)[k] = between.race_between(between.raced_inputs[k], is_from_a, at_a.start);
    });
    if (!is_done) return std::nullopt;
  }
  for (std::size_t k = 0; k < count; ++k) {
    InputChange& input = between.inputs[between.raced_inputs[k]];
    input.problem_in_a = from_a[k].problem;
    input.problem_in_b = from_b[k].problem;
  }
  for (const auto& [strategy, figures] : at_a.strategies) {
    if (at_b.of(strategy) == nullptr) diff.only_in_a.push_back(strategy);
  }
  for (const auto& [strategy, figures] : at_b.strategies) {
    if (at_a.of(strategy) == nullptr) diff.only_in_b.push_back(strategy);
  }
  diff.inputs = std::move(between.inputs);
  keep_what_moves(diff, between, at_a, at_b, from_a, from_b);
  return diff;
}

Diff diff(const Scenario& a, const Scenario& b, const DiffOptions& options) {
  const StopFlag stop(options.stop);
  std::optional<Diff> found = diff_of(side_of(a, options.a), side_of(b, options.b), options.jobs, stop.flag());
  if (!found) throw Stopped("the difference was stopped");
  return *std::move(found);
}

}  // namespace fleetrace
