#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/frontier.hpp"

/// What closed forms answer without a race: when to buy, how long efficiency alone takes to a loss, and which model a budget of
/// compute trains best. docs/derivations.md derives the formulas; they stand in models/theory/ and fleetrace/models/loss.hpp.
namespace fleetrace {

/// A race in closed form: front-loaded against incremental buying, at constant rates of progress.
struct TheoryRequest {
  double price_performance_rate = 0;    ///< doublings of FLOP/s per USD a year, at least 0
  double algorithm_rate = 0;            ///< doublings of what a FLOP achieves a year, at least 0
  double horizon = 0;                   ///< [yr], above 0
  double lifetime = 0;                  ///< [yr], above 0; may be infinite
  double kappa = 0;                     ///< exponent of the loss, in (0, 1]
  double nu = 0;                        ///< reference computes a year that the budget buys at the start [1/yr], above 0
  double run_length = 0;                ///< [yr], above 0
  double interest = 0;                  ///< that unspent money earns [1/yr], at least 0
  double decay = 0;                     ///< of hardware in service [1/yr], at least 0
  double volatility = 0;                ///< of price-performance [1/sqrt(yr)], at least 0
  double opex = 0;                      ///< running cost [USD per USD of hardware and yr], at least 0
  std::vector<double> fleet_multiples;  ///< of hares that turtles overtake, above 1
};

/// What the request rules out, in words; nullopt for a request that has an answer. Running costs have a closed form without
/// algorithms, decay and interest only, and growth above e^700 within the horizon leaves the range of numbers.
[[nodiscard]] std::optional<std::string> theory_problem(const TheoryRequest& request);

/// A number, or why there is none.
struct TheoryValue {
  std::optional<double> value;
  std::string note;
};

/// Loss of the two classic plans and of the best single purchase, under one accounting, at the horizon.
struct TheoryLosses {
  double front_loaded = 0;
  double uniform = 0;
  double single_purchase = 0;
  std::optional<double> optimum;  ///< of all plans, where it has a closed form that is not the single purchase
  /// Compute of uniform over front-loaded spend; for averaged loss the factor on compute that the ratio of losses is worth.
  double uniform_over_front_loaded = 0;
};

/// What one accounting of the loss makes of the race: when to buy, and up to which horizon front-loaded spend wins.
struct TheoryAccounting {
  std::string_view id;        ///< in data: "cumulative", "mean_loss", "best_run"
  std::string_view name;      ///< for people: "final loss"
  std::string_view section;   ///< of docs/derivations.md
  TheoryValue lead = {};      ///< of the best single purchase before the horizon [yr]
  TheoryValue purchase = {};  ///< date of the best single purchase, from the start [yr]
  /// The last date that does as well, where the optimum is flat [yr]; `purchase` is the first of them, and none of them leads.
  std::optional<double> purchase_latest = {};
  TheoryValue break_even = {};  ///< horizon below which front-loaded beats uniform spend [yr]
  std::optional<TheoryLosses> losses = {};
  std::string losses_note = {};  ///< why there are no losses
};

/// The time until one fleet with all progress has computed as much as `multiple` fleets with less progress [yr].
struct TheoryOvertaking {
  double multiple = 0;
  TheoryValue no_progress;
  TheoryValue hardware_alone;
};

/// One more closed form: "lead with embodied algorithms".
struct TheoryExtra {
  std::string_view id;
  std::string_view name;
  std::string_view section;
  std::string_view unit;  ///< "yr", or empty for pure numbers
  TheoryValue figure;
};

/// When to buy, and up to which horizon spending everything at once beats spending evenly, on each of the three accountings.
struct Theory {
  TheoryRequest request;
  std::vector<TheoryAccounting> accountings;
  double gamma = 0;                ///< progress per USD, hardware and algorithms [doublings/yr]
  double worth_of_all = 0;         ///< fleets without progress that do as much by the horizon
  double worth_of_algorithms = 0;  ///< fleets with the hardware's progress alone that do as much by the horizon
  std::vector<TheoryOvertaking> overtakings;
  std::vector<TheoryExtra> extras;
};

/// Throws std::invalid_argument for a request outside the ranges above or with a theory_problem.
[[nodiscard]] Theory theory(const TheoryRequest& request);

/// One break-even horizon: that of an accounting at a lifetime, a doubling of price-performance and a rate of algorithms.
struct TheoryTableRow {
  std::string_view accounting;            ///< TheoryAccounting::id
  double lifetime = 0;                    ///< [yr]
  double price_performance_doubling = 0;  ///< [yr]
  double algorithm_rate = 0;              ///< [doublings/yr]
  TheoryValue break_even;
};
/// Break-even horizons over lifetimes, doublings of price-performance and rates of algorithms.
struct TheoryTable {
  TheoryRequest request;
  std::vector<double> lifetimes;
  std::vector<double> doublings;
  std::vector<double> algorithm_rates;
  std::vector<TheoryTableRow> rows;  ///< by accounting, lifetime, doubling, algorithm rate
};
/// The table of docs/derivations.md 8.1 for these lifetimes, and for the rates of the request beside those of the table. The
/// request has no volatility and no opex; with decay the table leaves out best_run. Throws std::invalid_argument for any other
/// request.
[[nodiscard]] TheoryTable theory_table(const TheoryRequest& request, const std::vector<double>& lifetimes);

/// Relative losses to reach at constant power, by efficiency gains alone.
struct MilestoneRequest {
  double kappa = 0;            ///< exponent of the loss [1], in (0, 1]
  std::vector<double> gammas;  ///< how often efficiency doubles [doublings/yr]
  std::vector<double> losses;  ///< relative losses to reach [1], in (0, 1]
  /// What stands under `loss` in a scenario, such as "chinchilla" or "{kappa: {uniform: {low: 0.04, high: 0.06}}}", in the place of the
  /// relative law with `kappa`; one of its numbers may be a distribution. Empty for that law.
  std::string law = {};
  double reference_flop = 0;  ///< C0 [FLOP], above 0, of a law with an absolute scale
  double range = 0.8;         ///< probability that years_low and years_high have between them, in (0, 1)
};

/// When one relative loss is reached at one rate of efficiency gains.
struct Milestone {
  double relative_loss = 0;
  double gamma = 0;  ///< [doublings/yr]
  /// Time until the loss is reached [yr], the median where an input is uncertain; infinite where it never is, or not within the range
  /// of a double.
  double years = 0;
  std::optional<double> years_low = {};   ///< as many draws are below as above years_high [yr]; of an uncertain law
  std::optional<double> years_high = {};  ///< [yr]; infinite where some of the range never gets there
  /// How many initial fleets reach the loss in one year without progress; may be infinite.
  double fleet_multiple = 0;
  bool never = false;        ///< whether falling efficiency (gamma < 0) keeps the loss out of reach for good
  bool below_floor = false;  ///< whether no compute reaches the loss by this law
};

/// The table of milestones.
struct Milestones {
  MilestoneRequest request;
  double kappa = 0;  ///< exponent of the relative law, its median where it is uncertain; 0 for other laws
  std::vector<double> gammas;
  std::vector<double> losses;
  std::vector<Milestone> rows = {};  ///< by loss, then by gamma, in the order of the request
  std::string law = {};              ///< name of the law: "relative"
  std::string uncertain = {};        ///< the uncertain number of the law, such as "kappa"; empty where there is none
  double floor = 0;                  ///< irreducible part of relative loss, the median where it is uncertain
  double reference_flop = 0;         ///< C0 [FLOP] of a law with an absolute scale; 0 for others
  std::vector<std::string> warnings = {};  ///< losses that lie below the floor, in words
};

/// How long it takes until a relative loss R is reached, from the mean field in fleetrace/models/loss.hpp:
///   R(t) = (C(t)/C0)^-kappa,  C(t)/C0 = 1 + (2^(gamma t) - 1) / (gamma ln 2 * 1 yr)               Lu 2025, arXiv:2501.02156
/// Another law takes the place of R. Throws core::InputError for a law that cannot be read, and std::invalid_argument for one that
/// lacks its reference or has two uncertain numbers; other values outside the ranges give numbers without meaning.
[[nodiscard]] Milestones milestones(const MilestoneRequest& request);

}  // namespace fleetrace
