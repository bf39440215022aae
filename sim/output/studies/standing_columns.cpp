#include "sim/output/studies/standing_columns.hpp"

#include <limits>

#include "sim/core/units/written_unit.hpp"

namespace fleetrace::output {
namespace {

using study::Interval;
using study::Moments;
using study::StrategyStanding;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

enum class Sweeps { without, with };
enum class In { unit_of_objective, own_unit };

/// A column of the number that the members lead to, one within the other.
template <auto... members>
constexpr StandingColumn column(std::string_view name, Sweeps sweeps, In in, double missing = kInfinity) {
  return {name,
          [](const StrategyStanding& each) { return (each.*....*members); },
          [](StrategyStanding& each, double number) { (each.*....*members) = number; },
          missing,
          sweeps == Sweeps::with,
          in == In::unit_of_objective};
}

/// A column of a count of replications, which sweeps have, too.
template <auto... members>
constexpr StandingColumn count(std::string_view name) {
  return {name,
          [](const StrategyStanding& each) { return static_cast<double>((each.*....*members)); },
          [](StrategyStanding& each, double number) { (each.*....*members) = static_cast<std::size_t>(number); },
          0,
          true,
          false};
}

constexpr StandingColumn kColumns[] = {
    column<&StrategyStanding::objective, &Moments::mean>("mean", Sweeps::with, In::unit_of_objective, kNoNumber),
    column<&StrategyStanding::mean, &Interval::low>("ci_low", Sweeps::with, In::unit_of_objective, -kInfinity),
    column<&StrategyStanding::mean, &Interval::high>("ci_high", Sweeps::with, In::unit_of_objective),
    count<&StrategyStanding::objective, &Moments::n>("mean_replications"),
    count<&StrategyStanding::valued>("valued_replications"),
    column<&StrategyStanding::objective, &Moments::sd>("sd", Sweeps::without, In::unit_of_objective),
    column<&StrategyStanding::quantile_05>("quantile_05", Sweeps::without, In::unit_of_objective),
    column<&StrategyStanding::quantile_10>("quantile_10", Sweeps::with, In::unit_of_objective),
    column<&StrategyStanding::median>("median", Sweeps::with, In::unit_of_objective),
    column<&StrategyStanding::quantile_90>("quantile_90", Sweeps::with, In::unit_of_objective),
    column<&StrategyStanding::quantile_95>("quantile_95", Sweeps::without, In::unit_of_objective),
    column<&StrategyStanding::p_best>("p_best", Sweeps::with, In::own_unit),
    column<&StrategyStanding::p_best_interval, &Interval::low>("p_best_ci_low", Sweeps::with, In::own_unit),
    column<&StrategyStanding::p_best_interval, &Interval::high>("p_best_ci_high", Sweeps::with, In::own_unit),
    column<&StrategyStanding::regret_mean>("regret_mean", Sweeps::with, In::unit_of_objective, kNoNumber),
    column<&StrategyStanding::regret_mean_interval, &Interval::low>("regret_mean_ci_low", Sweeps::without,
                                                                    In::unit_of_objective, -kInfinity),
    column<&StrategyStanding::regret_mean_interval, &Interval::high>("regret_mean_ci_high", Sweeps::without,
                                                                     In::unit_of_objective),
    column<&StrategyStanding::regret_cvar95>("regret_cvar95", Sweeps::without, In::unit_of_objective, kNoNumber),
    column<&StrategyStanding::regret_cvar95_interval, &Interval::low>("regret_cvar95_ci_low", Sweeps::without,
                                                                      In::unit_of_objective, -kInfinity),
    column<&StrategyStanding::regret_cvar95_interval, &Interval::high>("regret_cvar95_ci_high", Sweeps::without,
                                                                       In::unit_of_objective),
    count<&StrategyStanding::regret_replications>("regret_replications"),
    column<&StrategyStanding::target_reached>("target_reached", Sweeps::with, In::own_unit),
    column<&StrategyStanding::mean_with_initial_fleet>("mean_cost_with_initial_fleet_usd_per_pf_day", Sweeps::without,
                                                       In::own_unit, kNoNumber),
    column<&StrategyStanding::mean_spend>("mean_spend_usd", Sweeps::with, In::own_unit),
    column<&StrategyStanding::mean_energy>("mean_energy_kwh", Sweeps::with, In::own_unit, kNoNumber),
};

}  // namespace

std::string StandingColumn::name_in(fleet::Metric objective) const {
  return core::column_name(name, is_of_objective ? fleet::info(objective).unit : std::string_view{});
}

std::span<const StandingColumn> standing_columns() { return kColumns; }

}  // namespace fleetrace::output
