#include "fleetrace/output/theory.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "fleetrace/core/math.hpp"
#include "fleetrace/models/theory/best_run.hpp"
#include "fleetrace/models/theory/final_compute.hpp"
#include "fleetrace/models/theory/fleet_worth.hpp"
#include "fleetrace/models/theory/frontier.hpp"
#include "fleetrace/models/theory/kernel.hpp"
#include "fleetrace/models/theory/lead.hpp"
#include "fleetrace/models/theory/mean_loss_optimum.hpp"
#include "fleetrace/models/theory/vintage.hpp"
#include "fleetrace/models/theory/waiting.hpp"
#include "theory_figures.hpp"

namespace fleetrace::output {
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

TheoryFigure no_figure(std::string_view why) { return {std::nullopt, std::string(why)}; }

TheoryFigure finite(double value, std::string_view otherwise) {
  return std::isfinite(value) ? TheoryFigure{value, {}} : no_figure(otherwise);
}

/// Price-performance as a single purchase sees it: dearer money, and less growth where it is uncertain.
closed::Terms single_purchase_terms(const TheoryRequest& request) {
  return closed::with_volatility(theory_terms(request), request.volatility, request.kappa);
}

double log_loss(const TheoryRequest& request, double loss) { return core::log(loss) / request.kappa; }

TheoryAccounting cumulative(const TheoryRequest& request) {
  TheoryAccounting answer{.id = "cumulative", .name = "final loss", .section = "8.1"};
  const closed::Terms terms = single_purchase_terms(request);
  double lead = closed::best_lead(terms);
  if (request.opex > 0) lead = std::min(request.lifetime, closed::lead_with_opex(terms.eta, request.opex));
  if (request.opex > 0 && terms.eta <= 0) lead = closed::kInfinity;
  const double purchase = std::max(0.0, request.horizon - lead);
  answer.lead = finite(lead, kAtOnce);
  answer.purchase = {purchase, {}};
  answer.break_even = theory_break_even(request, answer.id);
  if (request.volatility > 0 || request.opex > 0) {
    answer.losses_note = request.opex > 0 ? kRunning : kVolatile;
    return answer;
  }
  const closed::LossScale scale{request.kappa, request.nu};
  answer.losses = TheoryLosses{
      .front_loaded = closed::relative_loss_at(scale, closed::front_loaded_compute(terms, request.horizon)),
      .uniform = closed::relative_loss_at(scale, closed::uniform_compute(terms, request.horizon)),
      .single_purchase = closed::relative_loss_at(scale, closed::kernel(terms, purchase, request.horizon)),
      .optimum = std::nullopt,
      .uniform_over_front_loaded = core::exp(closed::uniform_advantage(terms, request.horizon)),
  };
  return answer;
}

TheoryAccounting mean_loss(const TheoryRequest& request) {
  TheoryAccounting answer{.id = "mean_loss", .name = "average loss", .section = "8.3"};
  answer.break_even = theory_break_even(request, answer.id);
  if (request.volatility > 0 || request.opex > 0) {
    answer.losses_note = request.opex > 0 ? kRunning : kVolatileMean;
    answer.lead = answer.purchase = no_figure(answer.losses_note);
    return answer;
  }
  const closed::Terms terms = theory_terms(request);
  const closed::LossScale scale{request.kappa, request.nu};
  const closed::SinglePurchase single = closed::best_single_purchase(terms, scale, request.horizon);
  answer.purchase = {single.at, {}};
  answer.lead = {request.horizon - single.at, {}};
  TheoryLosses losses;
  losses.front_loaded = closed::front_loaded_loss(terms, scale, request.horizon) / request.horizon;
  losses.uniform = closed::uniform_loss(terms, scale, request.horizon) / request.horizon;
  losses.single_purchase = single.loss / request.horizon;
  losses.uniform_over_front_loaded = core::exp(log_loss(request, losses.front_loaded) -
                                               log_loss(request, losses.uniform));
  if (terms.alpha == 0 && terms.decay == 0 && terms.lifetime >= request.horizon && terms.eta > 0) {
    if (const auto plan = closed::optimal_plan(terms.eta, scale, request.horizon)) {
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
    answer.lead = answer.purchase = no_figure(answer.losses_note);
    return answer;
  }
  const closed::Terms terms = single_purchase_terms(request);
  if (terms.eta < 0 && terms.decay > 0) {
    answer.losses_note = kDecayingRun;
    answer.lead = answer.purchase = no_figure(kDecayingRun);
    return answer;
  }
  // Without price progress any date before the run does as well; a hare would say so.
  const bool any_date = terms.eta == 0 && terms.lifetime >= request.horizon;
  const double lead = any_date ? closed::kInfinity : closed::best_run_lead(terms, request.run_length);
  const double purchase = std::max(0.0, request.horizon - lead);
  answer.lead = finite(lead, kAtOnce);
  answer.purchase = {purchase, {}};
  if (request.volatility > 0 || request.decay > 0) {
    answer.losses_note = request.volatility > 0 ? kVolatile : kDecayingRun;
    return answer;
  }
  const auto loss = [&](double compute) {
    return core::exp(-request.kappa * std::max(0.0, core::log(request.nu * compute)));
  };
  const double front_loaded = closed::front_loaded_run(terms, request.run_length, request.horizon);
  const double uniform = closed::uniform_run(terms, request.run_length, request.horizon);
  answer.losses = TheoryLosses{
      .front_loaded = loss(front_loaded),
      .uniform = loss(uniform),
      .single_purchase = loss(closed::single_purchase_run(terms, request.run_length, request.horizon, purchase)),
      .optimum = std::nullopt,
      .uniform_over_front_loaded = uniform / front_loaded,
  };
  return answer;
}

TheoryFigure overtaking(double multiple, double slow, double fast) {
  if (slow == fast) return no_figure("never: both progress at the same rate");
  return finite(closed::overtaking(multiple, slow, fast), "never");
}

std::vector<TheoryExtra> extras(const TheoryRequest& request) {
  const closed::Terms terms = theory_terms(request);
  const double staggered = std::isfinite(request.lifetime)
                               ? closed::staggered_refresh_factor(terms.eta, request.lifetime)
                               : closed::kInfinity;
  const double hardware = request.price_performance_rate * core::kLn2;
  return {
      {"embodied_lead_years", "lead if algorithms were frozen into hardware, of unlimited life", "3", "yr",
       finite(closed::embodied_lead(terms.eta, terms.alpha), kAtOnce)},
      {"worth_waiting_above_years", "jobs longer than this on today's hardware are worth a wait", "1", "yr",
       finite(terms.eta > 0 ? 1 / terms.eta : closed::kInfinity, "never: hardware gets no cheaper")},
      {"wait_years",
       "best wait before a job of one run length",
       "1",
       "yr",
       {closed::wait_before_job(terms.eta, terms.alpha, request.run_length), {}}},
      {"longest_run_years", "longest training run before a later one overtakes it", "9", "yr",
       finite(closed::longest_training_run(hardware, terms.alpha, 0), "any: nothing improves")},
      {"staggered_refresh_factor", "FLOP/s of a fleet refreshed at the end of life, over an all-new one", "0", "",
       finite(staggered, "life is unlimited")},
  };
}

}  // namespace

closed::Terms theory_terms(const TheoryRequest& request) {
  const closed::Terms terms{.eta = request.price_performance_rate * core::kLn2,
                            .alpha = request.algorithm_rate * core::kLn2,
                            .lifetime = request.lifetime,
                            .decay = request.decay};
  return closed::with_interest(terms, request.interest);
}

TheoryFigure theory_break_even(const TheoryRequest& request, std::string_view accounting) {
  if (request.opex > 0) return no_figure(kRunning);
  if (request.volatility > 0) return no_figure(accounting == "mean_loss" ? kVolatileMean : kVolatile);
  const closed::Terms terms = theory_terms(request);
  if (accounting == "cumulative") {
    return finite(closed::final_break_even(terms), kAlways);
  }
  if (accounting == "mean_loss") {
    return finite(closed::mean_loss_break_even(terms, {request.kappa, request.nu}),
                  std::isinf(closed::final_break_even(terms))
                      ? kAlways
                      : "always: even spending wins at no horizon up to 10,000 times its break-even on final loss");
  }
  if (request.decay > 0) return no_figure(kDecayingRun);
  const double years = closed::best_run_break_even(terms, request.run_length);
  if (years == 0) return no_figure("never: even spending wins as soon as a run can end");
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

}  // namespace fleetrace::output
