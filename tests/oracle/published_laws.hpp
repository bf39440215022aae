#pragma once

#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/models/loss.hpp"
#include "models/finance/finance.hpp"
#include "models/theory/best_run.hpp"
#include "models/theory/final_compute.hpp"
#include "models/theory/fleet_worth.hpp"
#include "models/theory/frontier.hpp"
#include "models/theory/kernel.hpp"
#include "models/theory/lead.hpp"
#include "models/theory/mean_loss.hpp"
#include "models/theory/mean_loss_optimum.hpp"
#include "models/theory/real_option.hpp"
#include "models/theory/refresh.hpp"
#include "models/theory/vintage.hpp"
#include "models/theory/waiting.hpp"
#include "tests/oracle/published.hpp"
#include "tests/oracle/race.hpp"
#include "tests/unit/spec_of.hpp"

/// Published numbers of loss laws and of when to buy.
namespace fleetrace::test {

namespace theory = models::theory;

inline theory::GrowthRates growth_rates(double doubling, double rate, double lifetime = theory::kInfinity) {
  return {kLn2 / doubling, rate * kLn2, lifetime};
}

inline models::LossLaw loss_law(const char* name, const std::vector<std::pair<std::string, std::string>>& values,
                                double flop) {
  return models::resolve_loss(spec_of(*models::loss_family().find(name), values), flop);
}

inline double first_above(double low, double high, const std::function<bool(double)>& is_above) {
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (is_above(middle) ? high : low) = middle;
  }
  return high;
}

inline PublishedSection loss_rows() {
  const models::Chinchilla hoffmann{1.69, 406.4, 410.7, 0.34, 0.28};
  const models::Chinchilla refit{1.8172, 482.01, 2085.43, 0.3478, 0.3658};
  // Both growth_rates alike, so that D/N = (B/A)^2 = 20 at every scale.
  const models::Chinchilla even{0, 1, std::sqrt(20.0), 0.5, 0.5};
  const auto tokens = [](const models::Chinchilla& law, double flop) {
    const double n = law.optimal_parameters(flop);
    return flop / 6 / n;
  };
  const auto ratio = [&](const models::Chinchilla& law, double flop) {
    return tokens(law, flop) / law.optimal_parameters(flop);
  };
  const auto frontier = [&](const models::Chinchilla& law, double flop) {
    return law.loss(law.optimal_parameters(flop), tokens(law, flop));
  };
  const auto reducible_slope = [&](const models::Chinchilla& law) {
    return std::log((frontier(law, 1e24) - law.floor) / (frontier(law, 1e26) - law.floor)) / std::log(100.0);
  };
  const auto total_slope = [&](const models::Chinchilla& law, double flop) {
    return std::log(frontier(law, flop / 1.01) / frontier(law, flop * 1.01)) / (2 * std::log(1.01));
  };
  const auto kaplan = [](double pf_days) { return loss_law("kaplan", {}, pf_days * 8.64e19).reference_loss; };
  const auto parsed = core::parse_quantity(core::Dimension::compute, "1 PF-days");
  const double pf_day = std::get<double>(parsed);
  const models::RepeatedData repeated = models::muennighoff();
  const auto worth = [&](double epochs) { return repeated.effective_tokens(epochs * 1e9, 1e9) / 1e9; };
  const char* muennighoff = "Muennighoff et al. 2023, the authors' fit";
  const char* hoffmann3 = "Hoffmann et al. 2022, approach 3 as printed";
  const char* besiroglu = "Besiroglu et al. 2024, refit";
  return {
      "Loss",
      {
          {"1 PF-day [FLOP]", "Kaplan et al. 2020", 8.64e19, pf_day, 1e-12},
          {"GPT-3 training compute, 3.14e23 FLOP [PF-days]", "Brown et al. 2020, table D.1", 3640, 3.14e23 / pf_day,
           3e-3},
          {"Kaplan's loss at 1 PF-day [nats]", "Brown et al. 2020, figure 3.1: 2.57 C^-0.048", 2.57, kaplan(1), 0.05},
          {"Kaplan's loss at GPT-3's compute [nats]", "the same fit at 3,640 PF-days", 2.57 * std::pow(3640, -0.048),
           kaplan(3640), 0.05},
          {"Chinchilla's optimal N at 1e24 FLOP", hoffmann3, 4.13e10, hoffmann.optimal_parameters(1e24), 2e-3},
          {"its tokens per parameter", hoffmann3, 97.7, ratio(hoffmann, 1e24), 2e-3},
          {"its loss [nats]", hoffmann3, 1.9112, frontier(hoffmann, 1e24), 5e-5},
          {"tokens per parameter at Chinchilla's own 5.76e23 FLOP", hoffmann3, 92.6, ratio(hoffmann, 5.76e23), 2e-3},
          {"optimal N at 1e26 FLOP", hoffmann3, 3.3e11, hoffmann.optimal_parameters(1e26), 5e-3},
          {"compute that 20 tokens for each of 1e12 parameters take [FLOP]", "Hoffmann et al. 2022, table 3", 1.27e26,
           first_above(1e25, 1e27, [&](double flop) { return even.optimal_parameters(flop) > 1e12; }), 0.1},
          {"exponent of optimal N, the refit", besiroglu, 0.513,
           std::log(refit.optimal_parameters(1e26) / refit.optimal_parameters(1e24)) / std::log(100.0), 2e-3},
          {"optimal N at 5.76e23 FLOP, the refit", besiroglu, 7.225e10, refit.optimal_parameters(5.76e23), 1e-3},
          {"tokens per parameter at 5.76e23 FLOP, the refit", besiroglu, 18.4, ratio(refit, 5.76e23), 3e-3},
          {"loss at 5.76e23 FLOP, the refit [nats]", "closed form with the refit's constants", 1.97444,
           frontier(refit, 5.76e23), 1e-5},
          {"tokens per parameter from 1e26 FLOP on", "Besiroglu et al. 2024: 20, 4 to 40 at 80 %", 20,
           ratio(refit, 1e26), 0.3},
          {"loss at 1e28 FLOP, the refit [nats]", besiroglu, 1.8448, frontier(refit, 1e28), 5e-5},
          {"exponent of reducible loss", hoffmann3, 0.1535, reducible_slope(hoffmann), 1e-3},
          {"exponent of reducible loss, the refit", besiroglu, 0.1783, reducible_slope(refit), 1e-3},
          {"local exponent of total loss at 5e25 FLOP", hoffmann3, 0.0103, total_slope(hoffmann, 5e25), 0.01},
          {"local exponent of total loss at 5e25 FLOP, the refit", besiroglu, 0.0067, total_slope(refit, 5e25), 0.01},
          {"worth of each token over 4 epochs, of a fresh one", muennighoff, 0.931, worth(4) / 4, 1e-3},
          {"over 16 epochs", muennighoff, 0.661, worth(16) / 16, 1e-3},
          {"the most that repeating is worth [epochs]", muennighoff, 16.39, worth(1e4), 1e-3},
          {"parameters for each unique token", muennighoff, 0.051, repeated.optimal_parameters(1e9) / 1e9, 0.01},
          {"their loss on fresh data at 1e24 FLOP [nats]", muennighoff, 2.0107, frontier(repeated.fit, 1e24), 5e-5},
          {"training worth of 39.8-fold inference by tree search, 1 to 1.6", "Villalobos and Atkinson 2023, Epoch AI",
           10, models::test_time_worth(std::pow(10, 1.6), 1.6, 3), 1e-9},
      }};
}

inline PublishedSection paper_rows() {
  const char* source = "closed form of Lu 2025, arXiv:2501.02156";
  const auto years = [](double loss, double gamma) {
    return models::mean_field_years(gamma, models::relative_loss(0.05).ratio(loss));
  };
  return {"The paper's law",
          {
              {"years to half the loss without efficiency gains", source, 1'048'575, years(0.5, 0), 1e-9},
              {"at 0.5 doublings a year", source, 36.94, years(0.5, 0.5), 5e-4},
              {"at 1", source, 19.47, years(0.5, 1), 5e-4},
              {"at 2", source, 10.24, years(0.5, 2), 5e-4},
              {"at 3", source, 7.02, years(0.5, 3), 1e-3},
              {"years to a relative loss of 0.8 without gains", source, 85.74, years(0.8, 0), 1e-4},
              {"at 1 doubling a year", source, 5.92, years(0.8, 1), 1e-3},
              {"ten fleets without gains are overtaken by one at 2 doublings a year [yr]", "root of 10 t = f(2, t)",
               2.607636, theory::overtaking(10, 0, 2), 2e-7},
              {"share of chips in a budget, returns to research 1.25", "Davidson 2023: r = 1.25", 1 / 2.25,
               theory::best_chip_share(1.25), 1e-12},
          }};
}

inline PublishedSection purchase_rows() {
  const char* source = "closed form, checked by quadrature outside the program";
  const auto job = [](double work) { return theory::wait_before_job(kLn2 / 1.5, 0, work) > 0; };
  const std::vector<double> refresh = theory::refresh_intervals(kLn2 / 2, 12, 4);
  const auto loss = [](double horizon, double nu) { return theory::optimal_plan(kLn2 / 2, {0.05, nu}, horizon)->loss; };
  const theory::GrowthRates frozen = growth_rates(2.07, 0);
  // An H100 server at 0.0826 USD/kWh, over its price with server and interconnect [1/yr].
  const double opex = 1.275 * 0.75 * 1.1 * 8766 * 0.0826 / (23'238 * 1.64 / 0.81);
  return {
      "When to buy",
      {
          {"shortest job for which waiting pays, doubling in 18 months [months]", "Gottbrath et al. 1999: 26 months",
           26, 12 * first_above(0.1, 10, job), 5e-3},
          {"hare against turtle, final loss: horizon of equality [doublings]", "root of e^x = 1 + x + x^2 over ln 2",
           1.7932821 / kLn2, theory::final_break_even(growth_rates(1, 0)), 1e-7},
          {"the same at a doubling in 2.07 yr [yr]", source, 5.36, theory::final_break_even(frozen), 2e-3},
          {"with algorithms at 1.5 doublings a year [yr]", source, 2.55,
           theory::final_break_even(growth_rates(2.07, 1.5)), 2e-3},
          {"with a life of 3 yr and frozen algorithms [yr]", source, 3.85,
           theory::final_break_even(growth_rates(2.07, 0, 3)), 2e-3},
          {"the same for average loss, nu = 1 [yr]", source, 16.10, theory::mean_loss_break_even(frozen, {0.05, 1}),
           1e-3},
          {"average loss, life 5 yr, 1.5 doublings a year [yr]", source, 7.07,
           theory::mean_loss_break_even(growth_rates(2.07, 1.5, 5), {0.05, 1}), 1e-3},
          {"best run of 3 months: horizon of equality [yr]", source, 0.946, theory::best_run_break_even(frozen, 0.25),
           1e-3},
          {"best run of 6 months [yr]", source, 1.383, theory::best_run_break_even(frozen, 0.5), 1e-3},
          {"best run of 12 months [yr]", source, 2.042, theory::best_run_break_even(frozen, 1), 1e-3},
          {"best single purchase before the end, frozen algorithms [yr]", source, 2.99, theory::best_lead(frozen),
           2e-3},
          {"with 0.5 doublings a year [yr]", source, 2.05, theory::best_lead(growth_rates(2.07, 0.5)), 2e-3},
          {"with 1.5 doublings a year [yr]", source, 1.36, theory::best_lead(growth_rates(2.07, 1.5)), 2e-3},
          {"with a volatility of 0.3, doubling in 2 yr [yr]", source, 3.341,
           theory::best_lead(theory::with_volatility(growth_rates(2, 0), 0.3, 0.05)), 1e-3},
          {"with running costs of 1.6 % a year [yr]", source, 2.85, theory::lead_with_opex(kLn2 / 2.07, opex), 2e-3},
          {"least average loss, H = 30 yr, nu = 0.4 [yr]", "numerical optimum, duality gap 3e-6", 25.49173,
           loss(30, 0.4), 1e-5},
          {"least average loss, H = 30 yr, nu = 5 [yr]", "numerical optimum, duality gap 3e-6", 22.98816, loss(30, 5),
           1e-5},
          {"first of four refresh intervals in 12 yr [yr]", source, 6.4349, refresh[0], 1e-5},
          {"last of them [yr]", source, 1.2865, refresh[3], 1e-4},
          {"value over cost at which to invest, r = d = 0.04, sigma = 0.2", "Dixit and Pindyck 1994, chapter 5", 2,
           theory::option_threshold({0.04, 0.04, 0.2}), 1e-9},
          {"its exponent beta", "Dixit and Pindyck 1994, chapter 5", 2, theory::option_exponent({0.04, 0.04, 0.2}),
           1e-9},
          {"capital recovery, 8 % over 5 yr", "r (1 + r)^n / ((1 + r)^n - 1) by hand", 0.25046,
           models::capital_recovery_factor(0.08, 5), 1e-4},
          {"fleet of mixed age against the newest, life 5 yr, 0.5 doublings a year", source, 0.475,
           theory::staggered_refresh_factor(kLn2 / 2, 5), 2e-3},
          {"generations every 2 yr against a smooth trend", source, 0.721, theory::cadence_factor(kLn2 / 2, 2), 1e-3},
          {"growth with random releases, k = 8, jump 2, every 2 yr [nat/yr]", "renewal theory", 0.362,
           theory::renewal_growth_rate(2, 2, 8), 2e-3},
      }};
}

}  // namespace fleetrace::test
