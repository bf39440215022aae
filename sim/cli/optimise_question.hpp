#pragma once

#include <string_view>
#include <vector>

#include "fleetrace/optimize.hpp"
#include "sim/cli/options.hpp"
#include "sim/scenario/scenario.hpp"

/// What `optimize` is asked: the options that say which plan is the best.
namespace fleetrace::cli {

std::vector<std::string_view> plan_objectives();
std::vector<std::string_view> plan_date_rules();
std::vector<std::string_view> plan_tie_breaks();

inline constexpr Option kPlanOptions[] = {
    {"strategy", "STRATEGY",
     "In whose place the plan stands: its budget, its sites and its changes. Default: the only one."},
    {"objective", "NAME",
     "{}: what is to be least, or of npv most. Under loss.compute: best_run the loss is that of the best run. Default: final_loss.",
     false, plan_objectives},
    {"target", "LOSS",
     "The relative loss that time_to_target and cost_to_target are about. Default: study.target, or the first of loss.targets."},
    {"at-most", "final_loss=L",
     "Only plans that come to that final loss: the one with the highest npv, or, without --objective, cost_to_target."},
    {"every", "DURATION", "Interval between the dates of orders. Default: that of the strategy, else 3 months."},
    {"dates", "RULE",
     "{}: at that interval alone, or besides when something is released or allotted, and so that it arrives when a site "
     "opens or a life ends. Default: calendar.",
     false, plan_date_rules},
    {"yearly-spend", "MONEY", "The most that is spent on hardware in each year of the horizon. Default: no limit."},
    {"smallest-order", "MONEY", "The least hardware that one order buys. Default: a lot, or one accelerator."},
    {"nodes", "N",
     "How far the search for whole orders goes, where lots, the cost of an order or --smallest-order are to be kept to. What it "
     "has not seen lies between the plan and the bound. Default: 2000."},
    {"within", "SHARE[,SHARE]...",
     "Also say the least and the most that plans spend in each year whose loss is above the best by no more than that, such as "
     "0.1%,1%. The first share is that of --then and --alternatives."},
    {"alternatives", "N",
     "Also show so many plans within --within that look as different as can be: each spends least in the years, on the accelerators "
     "and at the sites where the best plan and those before it spend. Default: 0."},
    {"then", "RULE",
     "{}: which plan is taken of those whose final loss is the least, or that are within --within of it: the one with the "
     "least mean loss or spending. Default: any, the best.",
     false, plan_tie_breaks},
    {"retire", "",
     "Also take hardware out of service before its life ends, where what leaves makes room for better or saves energy."},
    {"gap", "G",
     "The search for mean_loss, for the best run or for cost_to_target ends where no plan can be better by more. Default: 1e-6."},
};

/// The scenario may state the target. Throws UsageError.
[[nodiscard]] OptimizeOptions plan_options(const Options& options, const scenario::Scenario& scenario);

}  // namespace fleetrace::cli
