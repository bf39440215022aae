#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <sstream>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/models/loss.hpp"
#include "models/failure/failure.hpp"
#include "models/failure/job.hpp"
#include "models/failure/renewal.hpp"
#include "models/failure/spares.hpp"
#include "models/finance/finance.hpp"
#include "models/hardware/hardware.hpp"
#include "models/hardware/price.hpp"
#include "models/hardware/releases.hpp"
#include "models/network/network.hpp"
#include "models/progress/progress.hpp"
#include "models/supply/supply.hpp"
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
#include "models/throughput/throughput.hpp"
#include "race.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "tests/unit/spec_of.hpp"

// One table: published numbers beside ours, with a tolerance that is stated here and not fitted to the difference. Ours come
// from the library or from a shipped scenario, never from the publication. The table is docs/validation.md; a row outside its
// tolerance is red, and so is a table that differs from what is committed (FLEETRACE_REWRITE_GOLDENS=1 rewrites it).

namespace fleetrace::test {
namespace {

struct Row {
  const char* what;
  const char* source;
  double published;
  double ours;
  double tolerance;  ///< relative
};
struct Section {
  const char* title;
  std::vector<Row> rows;
};

namespace theory = models::theory;

constexpr double kHour = 3.6e6;  // ms

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

double difference(const Row& row) { return row.ours / row.published - 1; }

theory::GrowthRates growth_rates(double doubling, double rate, double lifetime = theory::kInfinity) {
  return {kLn2 / doubling, rate * kLn2, lifetime};
}

models::LossLaw loss_law(const char* name, const std::vector<std::pair<std::string, std::string>>& values,
                         double flop) {
  return models::resolve_loss(spec_of(*models::loss_family().find(name), values), flop);
}

models::ProgressLaw progress_law(const char* name, const std::vector<std::pair<std::string, std::string>>& values) {
  return models::resolve_progress(spec_of(*models::progress_family().find(name), values));
}

double first_above(double low, double high, const std::function<bool(double)>& is_above) {
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (is_above(middle) ? high : low) = middle;
  }
  return high;
}

const Race& shipped(const std::string& name) {
  static std::map<std::string, Race> races;
  const auto [place, is_new] = races.try_emplace(name);
  if (!is_new) return place->second;
  place->second.cases = scenario::resolve(reader::load(name));
  for (const fleet::StrategySetup& one : place->second.cases) place->second.outcomes.push_back(fleet::simulate(one));
  return place->second;
}

Section loss_rows() {
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

Section paper_rows() {
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

Section purchase_rows() {
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

Section operations_rows() {
  models::JobLaw node;
  node.mtbf = 8 * 24 * kHour / 6.5e-3;
  models::JobLaw llama;
  llama.mtbf = 16'384 * 54.0 * 24 * kHour / 419;
  const double m = llama.job_mtbf(16'384);
  const double minute = kHour / 60;
  const auto failures = models::resolve_failures(spec_of(*models::failure_family().find("exponential"), {}));
  const auto tuned = [&](double accelerators, double checkpoint, double restart) {
    models::JobLaw job = llama;
    job.checkpoint = checkpoint;
    job.restart = restart;
    return job.expected_goodput(accelerators);
  };
  models::LifeLaw bathtub;
  bathtub.add(0.5, 80);
  bathtub.add(1, 1 / 0.03);
  bathtub.add(6, 8 * std::tgamma(1 + 1.0 / 6));
  bathtub.resolve_mean();
  models::LifeLaw constant;
  constant.add(1, 1000);
  constant.resolve_mean();
  const models::Renewal fresh(constant, {.mean = 100}, 0, 2000, 2048);
  const double in_repair = 16'384 * 72 / 50'677.0;
  const fleet::Summary& run = shipped("llama3")["tuned"].final;
  const char* kokolis = "Kokolis et al. 2025, projected at 6.5e-3 a node and day";
  const char* llama3 = "Llama Team 2024, The Llama 3 Herd of Models";
  const char* form = "closed form, checked by simulation outside the program";
  return {
      "Failures and jobs",
      {
          {"unexpected interruptions of 16,384 H100 in 54 days (scenario llama3)", llama3, 419, *run.interruptions,
           1e-3},
          {"hours between them", llama3, 3.09, m / kHour, 2e-3},
          {"H100 at 16,384, from 430 TFLOP/s at 8,192 and the power -0.104 [TFLOP/s]", llama3, 400,
           989 * models::mfu_at_scale(430.0 / 989, 8'192, 0.104, 1, 16'384), 0.01},
          {"effective training time (scenario llama3, tuned)", "Llama Team 2024: above 90 %", 0.9, *run.goodput, 0.02},
          {"hours between failures of a job on 16,384 accelerators", kokolis, 1.8, node.job_mtbf(16'384) / kHour, 0.01},
          {"on 131,072", kokolis, 0.23, node.job_mtbf(131'072) / kHour, 0.03},
          {"best interval between checkpoints, 1 min to write [h]", "root of its equation", 0.30992,
           models::optimal_interval(minute, 3.09 * kHour) / kHour, 2e-5},
          {"the same by Young", "Young 1974", 0.32094, models::young_interval(minute, 3.09 * kHour) / kHour, 2e-5},
          {"the same by Daly", "Daly 2006", 0.30992, models::daly_interval(minute, 3.09 * kHour) / kHour, 2e-5},
          {"goodput with 1 min and 15 min", form, 0.830, tuned(16'384, minute, 15 * minute), 1e-3},
          {"goodput with 20 s and 7 min", form, 0.906, tuned(16'384, minute / 3, 7 * minute), 1e-3},
          {"goodput with 1 min and 15 min at 100,000 accelerators", form, 0.47, tuned(1e5, minute, 15 * minute), 0.01},
          {"best size of one job", "2 M / (9 d), Young's first order", 675'688,
           models::best_job_size(minute, 50'676.6 * kHour), 1e-3},
          {"availability with 96,517 h and 72 h", "MTBF / (MTBF + MTTR)", 96517.0 / 96589, failures.availability,
           1e-12},
          {"spares that cover 23.3 in repair with 99 %", "Palm 1943: quantile of the Poisson law", 35,
           static_cast<double>(models::spares_for(in_repair, 0.99)), 1e-12},
          {"mean life of a bathtub, the least of three laws", "quadrature outside the program", 5.019260551003035,
           bathtub.mean, 1e-12},
          {"failures of a fresh accelerator in 2000 h, MTBF 1000 h, repair 100 h", "two-state Markov chain",
           2000 / 1100.0 + (1 - std::exp(-22.0)) / 121, fresh.failures(2000), 1e-4},
      }};
}

Section network_rows() {
  const auto network = [](const char* name, const std::vector<std::pair<std::string, std::string>>& written,
                          const std::vector<double>& sides = {}) {
    core::Spec spec = spec_of(*models::network_family().find(name), written);
    if (!sides.empty()) spec.value("sides").data = sides;
    core::Diagnostics diagnostics;
    return models::resolve_network(spec, "network", diagnostics);
  };
  const models::NetworkLaw tree = network("fat_tree", {{"ports", "48"}});
  const models::NetworkLaw rails = network("rail_optimised", {});
  const models::NetworkLaw dragonfly = network("dragonfly", {{"terminals", "16"}});
  const models::NetworkLaw torus = network("torus", {}, {16, 16});
  const models::NetworkLaw pods = network("rail_optimised",
                                          {{"nodes", "384"}, {"units", "8"}, {"oversubscription", "7"}});
  const char* al_fares = "Al-Fares et al. 2008: k^3/4";
  return {
      "Networks",
      {
          {"hosts of a fat tree of 48-port switches", al_fares, 27'648, tree.accelerators, 1e-12},
          {"its bisection [links]", "Al-Fares et al. 2008: k^3/8", 48.0 * 48 * 48 / 8,
           tree.bandwidth(1, tree.accelerators, 1) * tree.accelerators / 2, 1e-12},
          {"H100 of four scalable units", "NVIDIA, DGX SuperPOD reference architecture", 1'024, rails.accelerators,
           1e-12},
          {"H100 in 8 pods of 3,072", "Llama Team 2024, The Llama 3 Herd of Models", 24'576, pods.accelerators, 1e-12},
          {"what 7 to 1 between pods leaves at worst", "1 / oversubscription", 1.0 / 7, pods.bandwidth(1, 24'576, 1),
           1e-12},
          {"terminals of a balanced dragonfly, p = 16", "Kim et al. 2008: a p (a h + 1)", 262'656,
           dragonfly.accelerators, 1e-12},
          {"bisection of a 16 x 16 torus [links]", "2 k", 32, torus.bandwidth(4, 256, 1) * 128, 1e-12},
      }};
}

Section site_rows() {
  const auto load = [](const char* name) {
    return fleet::simulate(
        scenario::resolve(reader::load(std::string(FLEETRACE_SOURCE_DIR) + "/scenarios/" + name))[0]);
  };
  const fleet::Summary campus = load("gigawatt.yaml").final;
  return {"Sites",
          {
              {"up-front cost of 1 GW [million USD/MW]", "Epoch AI (Michael & Cottier 2026)", 37.883,
               (campus.capex + campus.facility).usd() / 1e9, 5e-2},
              {"facility, land and utility works of it [million USD/MW]", "Epoch AI (Michael & Cottier 2026)", 11.769,
               campus.facility.usd() / 1e9, 1e-3},
          }};
}

Section progress_rows() {
  const double alpha = 1.5 * kLn2;
  const auto jumps = progress_law("jumps", {});
  auto research = progress_law("research", {});
  research.fund(research, 0, 1);
  const auto logistic = progress_law("logistic", {});
  models::PriceLaw learning;
  learning.exponent = -std::log2(0.8);
  learning.growth = kLn2 / 1.46;
  learning.decline = learning.exponent * learning.growth;
  models::PriceLaw batch = learning;
  batch.volume = 1;
  models::Production line;
  line.rate = 2e5;
  const core::Spec hardware = core::preset_spec(*models::hardware_family().find("catalog"));
  const auto hand = "by hand from its closed form";
  const auto spill = progress_law("spillover", {{"doubling", "none"}, {"frontier_doubling", "none"}, {"lead", "4"}});
  return {
      "Progress, prices and supply",
      {
          {"mean growth of jumps matched to 8 months [nat/yr]", "lambda (E J - 1)", alpha, jumps.expected_growth(0),
           1e-12},
          {"semi-endogenous A after 4 yr at constant input, r = 1.25", hand, std::pow(1 + alpha / 1.25 * 4, 1.25),
           research.multiplier(4), 1e-12},
          {"effective years in 6 under a ceiling of 1e4", hand, 1e4 / alpha * std::log1p(std::expm1(6 * alpha) / 1e4),
           logistic.integral(0, 6), 1e-12},
          {"gap to a frontier that stands still, after one delay", "e^-1", 3 / std::exp(1.0), 4 - spill.multiplier(1),
           1e-12},
          {"fall of the H100's price [1/yr]", "Epoch AI: 36,742 USD in 2022, 23,238 USD in 2025",
           std::log(36'742.0 / 23'238) / 3, hardware.number("price_decline"), 5e-3},
          {"20 % less per doubling every 1.46 yr [1/yr]", "Sahal 1979: Wright's law in a growing market", 0.153,
           -std::log(learning.factor(1)), 2e-3},
          {"cost of 100 units over the first, progress ratio 80 %", hand,
           (std::pow(101, 1 - batch.exponent) - 1) / (1 - batch.exponent), batch.batch(0, 0, 100), 1e-9},
          {"years until 100,000 are made at 200,000 a year", "fluid queue: q / c", 0.5, line.years_until(1e5), 1e-12},
      }};
}

std::string table(const std::vector<Section>& sections) {
  std::ostringstream text;
  std::size_t count = 0;
  for (const Section& section : sections) count += section.rows.size();
  text
      << "# Validation\n\nPublished numbers and closed forms of others beside what this program computes: " << count
      << " rows, printed by `./dev validate`\nand checked with the tests. The tolerance is the precision with which a number "
         "was published or rounded, or how far a\nmeasurement may lie from a law without it being wrong; it is stated in "
         "tests/oracle/validation_test.cpp, not fitted.\n";
  for (const Section& section : sections) {
    text << "\n## " << section.title << "\n\n| number | source | published | ours | difference | tolerance |\n"
         << "|---|---|---|---|---|---|\n";
    for (const Row& row : section.rows) {
      // What is rounding is not shown: it differs between compilers.
      const double off = difference(row);
      text << "| " << row.what << " | " << row.source << " | " << number(row.published) << " | " << number(row.ours)
           << " | " << (std::fabs(off) < 1e-7 ? "0" : number(std::round(off * 1e8) / 1e6) + " %") << " | "
           << number(100 * row.tolerance) << " % |\n";
    }
  }
  return text.str();
}

}  // namespace

TEST_CASE("published numbers and ours", "[validation]") {
  const std::vector<Section> sections = {loss_rows(),    paper_rows(), purchase_rows(), operations_rows(),
                                         network_rows(), site_rows(),  progress_rows()};
  std::size_t count = 0;
  for (const Section& section : sections) {
    for (const Row& row : section.rows) {
      CAPTURE(row.what, row.published, row.ours);
      CHECK(std::fabs(difference(row)) <= row.tolerance);
      ++count;
    }
  }
  CHECK(count >= 40);
  const std::string path = std::string(FLEETRACE_SOURCE_DIR) + "/docs/validation.md";
  const char* rewrite = std::getenv("FLEETRACE_REWRITE_GOLDENS");
  if (rewrite != nullptr && std::string(rewrite) == "1") std::ofstream(path, std::ios::binary) << table(sections);
  std::ifstream file(path, std::ios::binary);
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  INFO(path << ": ./dev golden writes it");
  CHECK(committed == table(sections));
}

}  // namespace fleetrace::test
