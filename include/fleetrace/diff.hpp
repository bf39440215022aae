#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "fleetrace/scenario.hpp"

/// What changed between two scenarios: in the inputs, in the outcomes, and how much each change of the inputs brought.
namespace fleetrace {

/// The random numbers of one side of a difference, as RunOptions has them.
struct DiffDraw {
  std::uint32_t seed = 1;                         ///< all random numbers come from it
  std::optional<std::uint32_t> replication = {};  ///< without it uncertain inputs are at their medians
};

struct DiffOptions {
  DiffDraw a = {};
  DiffDraw b = {};
  int jobs = 0;  ///< threads; 0 for one on every core that the process may use
  std::stop_token stop = {};
};

/// A place of the scenario at which the two sides differ. A section of another model, an entry that only one side has, and a list
/// of another length are one change.
struct InputChange {
  std::string path;          ///< as `--set` takes it: "strategies.turtle.budget"
  std::string before;        ///< value of A as its author wrote it, a default as text; empty where A has none
  std::string after;         ///< value of B as its author wrote it, a default as text; empty where B has none
  bool is_raced = true;      ///< false for names, descriptions, cases and settings of studies, which no race reads
  std::string problem_in_a;  ///< why A with this change alone cannot be raced; empty where it can
  std::string problem_in_b;  ///< why B without this change alone cannot be raced; empty where it can
};

/// A figure of one strategy that differs between the sides, or that a single change would move.
struct OutcomeChange {
  std::string strategy;
  std::string metric;  ///< a column of the JSON result: "relative_loss"; or "reached_0.8" for the date of a target
  /// Unit of the values; empty for pure numbers and counts. Dates of targets are in years after the start of A.
  std::string unit;
  bool is_date = false;
  std::optional<double> before;  ///< none where A has no such strategy or figure
  std::optional<double> after;   ///< none where B has no such strategy or figure

  /// B less A; none where either has none.
  [[nodiscard]] std::optional<double> difference() const;
  /// The difference over the value of A, such as -0.03; none without either, for dates, and where A has 0.
  [[nodiscard]] std::optional<double> relative() const;
};

/// How much one change of the inputs brought to one outcome, one at a time from either end. Without interaction both are equal.
struct ChangeEffect {
  std::size_t input = 0;         ///< index of Diff::inputs
  std::size_t outcome = 0;       ///< index of Diff::outcomes
  std::optional<double> from_a;  ///< A with this change alone, less A; none where that cannot be raced
  std::optional<double> from_b;  ///< B less B without this change alone; none where that cannot be raced
};

struct Diff {
  std::string name_a;
  std::string name_b;
  std::string sha256_a;
  std::string sha256_b;
  std::string money_a;  ///< a note on what money of A is written in; empty where that is USD without more
  std::string money_b;
  /// Both sides are measured against the C0 [FLOP] of A.
  double reference_flop = 0;
  /// C0 [FLOP] of B by itself, to which its own results are relative.
  double own_reference_flop = 0;
  std::string start;                    ///< of the horizon of A: "2026-01-01"
  std::vector<InputChange> inputs;      ///< in the order of the format
  std::vector<OutcomeChange> outcomes;  ///< by strategy, those of A first
  std::vector<ChangeEffect>
      effects;  ///< of each outcome that both sides have, by outcome and input; raced inputs alone
  std::vector<std::string> only_in_a;  ///< names of strategies that B does not have
  std::vector<std::string> only_in_b;  ///< names of strategies that A does not have

  /// Whether the two are the same.
  [[nodiscard]] bool empty() const { return inputs.empty() && outcomes.empty(); }
  /// What the changes bring to an outcome together beyond the sum of what they bring alone, from either end: the difference less
  /// all from_a, and less all from_b. None where the outcome has no difference; what cannot be raced alone counts as 0 alone.
  [[nodiscard]] std::optional<double> interaction_from_a(std::size_t outcome) const;
  [[nodiscard]] std::optional<double> interaction_from_b(std::size_t outcome) const;
};

/// Compares two scenarios, and races A with each change alone and B without each change alone. Uncertain inputs are at their
/// medians unless a replication is asked for. Throws RunError where A or B cannot be raced, and Stopped where the stop token ended
/// it.
[[nodiscard]] Diff diff(const Scenario& a, const Scenario& b, const DiffOptions& options = {});

}  // namespace fleetrace
