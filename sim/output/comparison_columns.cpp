#include "comparison_columns.hpp"

namespace fleetrace::output {
namespace {

using study::StrategyStanding;

constexpr StandingColumn kColumns[] = {
    {"mean", [](const StrategyStanding& each) { return each.objective.mean; }},
    {"ci_low", [](const StrategyStanding& each) { return each.mean.low; }},
    {"ci_high", [](const StrategyStanding& each) { return each.mean.high; }},
    {"sd", [](const StrategyStanding& each) { return each.objective.sd; }},
    {"quantile_05", [](const StrategyStanding& each) { return each.quantile_05; }},
    {"median", [](const StrategyStanding& each) { return each.median; }},
    {"quantile_95", [](const StrategyStanding& each) { return each.quantile_95; }},
    {"p_best", [](const StrategyStanding& each) { return each.p_best; }},
    {"regret_mean", [](const StrategyStanding& each) { return each.regret_mean; }},
    {"regret_cvar95", [](const StrategyStanding& each) { return each.regret_cvar95; }},
    {"target_reached", [](const StrategyStanding& each) { return each.target_reached; }},
    {"mean_spend_usd", [](const StrategyStanding& each) { return each.mean_spend; }},
    {"mean_energy_kwh", [](const StrategyStanding& each) { return each.mean_energy; }},
};

}  // namespace

std::span<const StandingColumn> standing_columns() { return kColumns; }

}  // namespace fleetrace::output
