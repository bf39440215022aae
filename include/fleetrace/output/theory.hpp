#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The closed forms of front-loaded against incremental buying as one answer: when to buy, and up to which horizon spending
/// everything at once beats spending evenly, on each of the three accountings. The formulas are in
/// fleetrace/models/theory/; MODELS.md names their sections.
namespace fleetrace::output {

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
struct TheoryFigure {
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

struct TheoryAccounting {
  std::string_view id;           ///< in data: "cumulative", "mean_loss", "best_run"
  std::string_view name;         ///< for people: "final loss"
  std::string_view section;      ///< of MODELS.md
  TheoryFigure lead = {};        ///< of the best single purchase before the horizon [yr]
  TheoryFigure purchase = {};    ///< its date from the start [yr]
  TheoryFigure break_even = {};  ///< horizon below which front-loaded beats uniform spend [yr]
  std::optional<TheoryLosses> losses = {};
  std::string losses_note = {};  ///< why there are none
};

/// The date at which one fleet with all progress overtakes `multiple` fleets with less [yr].
struct TheoryOvertaking {
  double multiple = 0;
  TheoryFigure no_progress;
  TheoryFigure hardware_alone;
};

/// One more closed form: "lead with embodied algorithms".
struct TheoryExtra {
  std::string_view id;
  std::string_view name;
  std::string_view section;
  std::string_view unit;  ///< "yr", or empty for pure numbers
  TheoryFigure figure;
};

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

/// Break-even horizons over lifetimes, doublings of price-performance and rates of algorithms.
struct TheoryTableRow {
  std::string_view accounting;
  double lifetime = 0;
  double price_performance_doubling = 0;  ///< [yr]
  double algorithm_rate = 0;              ///< [doublings/yr]
  TheoryFigure break_even;
};
struct TheoryTable {
  TheoryRequest request;
  std::vector<double> lifetimes;
  std::vector<double> doublings;
  std::vector<double> algorithm_rates;
  std::vector<TheoryTableRow> rows;  ///< by accounting, lifetime, doubling, algorithm rate
};
/// The rows and columns of MODELS.md section 8.1 and those of the request. Volatility and opex must be 0; decay leaves out
/// best_run. Throws std::invalid_argument.
[[nodiscard]] TheoryTable theory_table(const TheoryRequest& request, const std::vector<double>& lifetimes);

/// For people, at most `width` columns where that is 80 or more.
[[nodiscard]] std::string theory_text(const Theory& theory, std::size_t width);
[[nodiscard]] std::string theory_markdown(const Theory& theory);
/// {"fleetrace", "format", "request", "cumulative": {"lead_years", "optimal_purchase_years", "break_even_years", ...},
/// "mean_loss", "best_run", "fleet_worth", "more"}; a figure that is null has a sibling of its name with _note.
[[nodiscard]] std::string theory_json(const Theory& theory);
/// A row a figure: section, figure, value, unit, formula, note.
[[nodiscard]] std::string theory_csv(const Theory& theory);

[[nodiscard]] std::string theory_table_text(const TheoryTable& table, std::size_t width);
[[nodiscard]] std::string theory_table_markdown(const TheoryTable& table);
[[nodiscard]] std::string theory_table_json(const TheoryTable& table);
[[nodiscard]] std::string theory_table_csv(const TheoryTable& table);

enum class TheoryPlot {
  purchase,  ///< the losses that one purchase of everything leads to, by its date
  horizon,   ///< compute of even spending over that of buying all at once, by the horizon
};
/// A chart as an SVG file of its own, with a line for each accounting. Throws std::invalid_argument for a request with a
/// theory_plot_problem.
[[nodiscard]] std::string theory_svg(const TheoryRequest& request, TheoryPlot plot);
/// What the request rules out, in words; nullopt where it can be drawn.
[[nodiscard]] std::optional<std::string> theory_plot_problem(const TheoryRequest& request);

}  // namespace fleetrace::output
