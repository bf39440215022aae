#include "fleetrace/theory.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "models/theory/best_run.hpp"
#include "models/theory/final_compute.hpp"
#include "models/theory/fleet_worth.hpp"
#include "models/theory/frontier.hpp"
#include "models/theory/kernel.hpp"
#include "models/theory/lead.hpp"
#include "models/theory/mean_loss_optimum.hpp"
#include "models/theory/vintage.hpp"
#include "models/theory/waiting.hpp"
#include "sim/api/theory_values.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace {
namespace {

namespace closed = models::theory;

/// Where the growth of compute within the horizon leaves the range of numbers.
constexpr double kMostGrowth = 700;

constexpr std::string_view kAtOnce = "at once: a dollar never does more by waiting";
constexpr std::string_view kAlways = "always: at any horizon a dollar does most when spent at once";
constexpr std::string_view kVolatile =
    "no closed form under volatility: spread spending averages over the price path (expected compute is as without it)";
constexpr std::string_view kVolatileMean = "no closed form under volatility for averaged loss";
constexpr std::string_view kRunning =
    "no closed form with running costs but for the best single purchase on final loss";
constexpr std::string_view kDecayingRun = "no closed form for the best run of decaying hardware";

TheoryValue no_value(std::string_view why) { return {std::nullopt, std::string(why)}; }

/// Sets the first and the last date of the best single purchase.
void set_purchase(TheoryAccounting& answer, double first, double last) {
  answer.purchase = {first, {}};
  if (last <= first) return;
  answer.purchase_latest = last;
  answer.lead = no_value("flat: every date from the first to the last does as well");
}

TheoryValue finite(double value, std::string_view otherwise) {
  return std::isfinite(value) ? TheoryValue{value, {}} : no_value(otherwise);
}

/// Price-performance as a single purchase sees it: dearer money, and less growth where it is uncertain.
closed::GrowthRates single_purchase_growth_rates(const TheoryRequest& request) {
  return closed::with_volatility(theory_growth_rates(request), request.volatility, request.kappa);
}

double log_loss(const TheoryRequest& request, double loss) { return core::log(loss) / request.kappa; }

TheoryAccounting cumulative(const TheoryRequest& request) {
  TheoryAccounting answer{.id = "cumulative", .name = "final loss", .section = "8.1"};
  const closed::GrowthRates growth_rates = single_purchase_growth_rates(request);
  double lead = closed::best_lead(growth_rates);
  if (request.opex > 0) lead = std::min(request.lifetime, closed::lead_with_opex(growth_rates.eta, request.opex));
  if (request.opex > 0 && growth_rates.eta <= 0) lead = closed::kInfinity;
  const double purchase = std::max(0.0, request.horizon - lead);
  answer.lead = finite(lead, kAtOnce);
  set_purchase(answer, purchase,
               request.opex > 0 ? purchase : closed::latest_best_purchase(growth_rates, request.horizon));
  answer.break_even = theory_break_even(request, answer.id);
  if (request.volatility > 0 || request.opex > 0) {
    answer.losses_note = request.opex > 0 ? kRunning : kVolatile;
    return answer;
  }
  const closed::LossScale scale{request.kappa, request.nu};
  answer.losses = TheoryLosses{
      .front_loaded = closed::relative_loss_at(scale, closed::front_loaded_compute(growth_rates, request.horizon)),
      .uniform = closed::relative_loss_at(scale, closed::uniform_compute(growth_rates, request.horizon)),
      .single_purchase = closed::relative_loss_at(scale, closed::kernel(growth_rates, purchase, request.horizon)),
      .optimum = std::nullopt,
      .uniform_over_front_loaded = core::exp(closed::uniform_advantage(growth_rates, request.horizon)),
  };
  return answer;
}

TheoryAccounting mean_loss(const TheoryRequest& request) {
  TheoryAccounting answer{.id = "mean_loss", .name = "average loss", .section = "8.3"};
  answer.break_even = theory_break_even(request, answer.id);
  if (request.volatility > 0 || request.opex > 0) {
    answer.losses_note = request.opex > 0 ? kRunning : kVolatileMean;
    answer.lead = answer.purchase = no_value(answer.losses_note);
    return answer;
  }
  const closed::GrowthRates growth_rates = theory_growth_rates(request);
  const closed::LossScale scale{request.kappa, request.nu};
  const closed::SinglePurchase single = closed::best_single_purchase(growth_rates, scale, request.horizon);
  answer.purchase = {single.at, {}};
  answer.lead = {request.horizon - single.at, {}};
  TheoryLosses losses;
  losses.front_loaded = closed::front_loaded_loss(growth_rates, scale, request.horizon) / request.horizon;
  losses.uniform = closed::uniform_loss(growth_rates, scale, request.horizon) / request.horizon;
  losses.single_purchase = single.loss / request.horizon;
  losses.uniform_over_front_loaded = core::exp(log_loss(request, losses.front_loaded) -
                                               log_loss(request, losses.uniform));
  if (growth_rates.alpha == 0 && growth_rates.decay == 0 && growth_rates.lifetime >= request.horizon &&
      growth_rates.eta > 0) {
    if (const auto plan = closed::optimal_plan(growth_rates.eta, scale, request.horizon)) {
      losses.optimum = plan->loss / request.horizon;
    }
  }
  answer.losses = losses;
  return answer;
}

TheoryAccounting best_run(const TheoryRequest& request) {
  TheoryAccounting answer{.id = "best_run", .name = "best run", .section = "11"};
  answer.break_even = theory_break_even(request, answer.id);
  if (request.opex > 0 || request.horizon < request.run_length) {
    answer.losses_note = request.opex > 0 ? kRunning : "no run ends within the horizon";
    answer.lead = answer.purchase = no_value(answer.losses_note);
    return answer;
  }
  const closed::GrowthRates growth_rates = single_purchase_growth_rates(request);
  if (growth_rates.eta < 0 && growth_rates.decay > 0) {
    answer.losses_note = kDecayingRun;
    answer.lead = answer.purchase = no_value(kDecayingRun);
    return answer;
  }
  const closed::PurchaseDates dates = closed::best_run_purchases(growth_rates, request.run_length, request.horizon);
  const double purchase = dates.last;  // the one whose best run is the last
  answer.lead = finite(closed::best_run_lead(growth_rates, request.run_length), kAtOnce);
  set_purchase(answer, dates.first, dates.last);
  if (request.volatility > 0 || request.decay > 0) {
    answer.losses_note = request.volatility > 0 ? kVolatile : kDecayingRun;
    return answer;
  }
  const auto loss = [&](double compute) {
    return core::exp(-request.kappa * std::max(0.0, core::log(request.nu * compute)));
  };
  const double front_loaded = closed::front_loaded_run(growth_rates, request.run_length, request.horizon);
  const double uniform = closed::uniform_run(growth_rates, request.run_length, request.horizon);
  answer.losses = TheoryLosses{
      .front_loaded = loss(front_loaded),
      .uniform = loss(uniform),
      .single_purchase = loss(closed::single_purchase_run(growth_rates, request.run_length, request.horizon, purchase)),
      .optimum = std::nullopt,
      .uniform_over_front_loaded = uniform / front_loaded,
  };
  return answer;
}

TheoryValue overtaking(double multiple, double slow, double fast) {
  if (slow == fast) return no_value("never: both progress at the same rate");
  return finite(closed::overtaking(multiple, slow, fast), "never");
}

std::vector<TheoryExtra> extras(const TheoryRequest& request) {
  const closed::GrowthRates growth_rates = theory_growth_rates(request);
  const double staggered = std::isfinite(request.lifetime)
                               ? closed::staggered_refresh_factor(growth_rates.eta, request.lifetime)
                               : closed::kInfinity;
  const double hardware = request.price_performance_rate * core::kLn2;
  return {
      {"embodied_lead_years", "lead if algorithms were frozen into hardware, of unlimited life", "3", "yr",
       finite(closed::embodied_lead(growth_rates.eta, growth_rates.alpha), kAtOnce)},
      {"worth_waiting_above_years", "jobs longer than this on today's hardware are worth a wait", "1", "yr",
       finite(growth_rates.eta > 0 ? 1 / growth_rates.eta : closed::kInfinity, "never: hardware gets no cheaper")},
      {"wait_years",
       "best wait before a job of one run length",
       "1",
       "yr",
       {closed::wait_before_job(growth_rates.eta, growth_rates.alpha, request.run_length), {}}},
      {"longest_run_years", "longest training run before a later one overtakes it", "9", "yr",
       finite(closed::longest_training_run(hardware, growth_rates.alpha, 0), "any: nothing improves")},
      {"staggered_refresh_factor", "FLOP/s of a fleet refreshed at the end of life, over an all-new one", "0", "",
       finite(staggered, "life is unlimited")},
  };
}

}  // namespace

closed::GrowthRates theory_growth_rates(const TheoryRequest& request) {
  const closed::GrowthRates growth_rates{.eta = request.price_performance_rate * core::kLn2,
                                         .alpha = request.algorithm_rate * core::kLn2,
                                         .lifetime = request.lifetime,
                                         .decay = request.decay};
  return closed::with_interest(growth_rates, request.interest);
}

TheoryValue theory_break_even(const TheoryRequest& request, std::string_view accounting) {
  if (request.opex > 0) return no_value(kRunning);
  if (request.volatility > 0) return no_value(accounting == "mean_loss" ? kVolatileMean : kVolatile);
  const closed::GrowthRates growth_rates = theory_growth_rates(request);
  if (accounting == "cumulative") {
    return finite(closed::final_break_even(growth_rates), kAlways);
  }
  if (accounting == "mean_loss") {
    return finite(closed::mean_loss_break_even(growth_rates, {request.kappa, request.nu}),
                  std::isinf(closed::final_break_even(growth_rates))
                      ? kAlways
                      : "always: even spending wins at no horizon up to 10,000 times its break-even on final loss");
  }
  if (request.decay > 0) return no_value(kDecayingRun);
  const double years = closed::best_run_break_even(growth_rates, request.run_length);
  if (years == 0) return no_value("never: even spending wins as soon as a run can end");
  return finite(years, kAlways);
}

std::optional<std::string> theory_problem(const TheoryRequest& request) {
  if (request.opex > 0 && (request.algorithm_rate > 0 || request.decay > 0 || request.interest > 0)) {
    return "running costs have a closed form only without algorithmic progress, decay and interest";
  }
  const double growth = (request.price_performance_rate + request.algorithm_rate) * core::kLn2 + request.interest;
  if (growth * request.horizon > kMostGrowth || request.decay * request.horizon > kMostGrowth) {
    return "compute would grow or decay by more than e^700 within the horizon, beyond the range of numbers";
  }
  return std::nullopt;
}

Theory theory(const TheoryRequest& request) {
  if (const auto problem = theory_problem(request)) throw std::invalid_argument(*problem);
  Theory result;
  result.request = request;
  result.accountings = {cumulative(request), mean_loss(request), best_run(request)};
  const double hardware = request.price_performance_rate;
  result.gamma = hardware + request.algorithm_rate;
  result.worth_of_all = closed::fleet_worth(result.gamma, 0, request.horizon);
  result.worth_of_algorithms = closed::fleet_worth(result.gamma, hardware, request.horizon);
  for (const double multiple : request.fleet_multiples) {
    result.overtakings.push_back(
        {multiple, overtaking(multiple, 0, result.gamma), overtaking(multiple, hardware, result.gamma)});
  }
  result.extras = extras(request);
  return result;
}

}  // namespace fleetrace
