#pragma once

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "models/failure/failure.hpp"
#include "models/failure/job.hpp"
#include "models/failure/renewal.hpp"
#include "models/failure/spares.hpp"
#include "models/hardware/hardware.hpp"
#include "models/hardware/price.hpp"
#include "models/hardware/releases.hpp"
#include "models/network/network.hpp"
#include "models/progress/progress.hpp"
#include "models/supply/supply.hpp"
#include "models/throughput/throughput.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "tests/oracle/published.hpp"
#include "tests/oracle/race.hpp"
#include "tests/unit/spec_of.hpp"

/// Published numbers of failures, jobs, networks, sites, progress, prices and supply.
namespace fleetrace::test {

inline constexpr double kHour = 3.6e6;  // ms

/// How a strategy of a shipped scenario ends.
inline fleet::Summary shipped(const std::string& scenario, const std::string& strategy) {
  for (const fleet::StrategySetup& each : scenario::resolve(reader::load(scenario))) {
    if (each.strategy.name == strategy) return fleet::simulate(each).final;
  }
  throw std::out_of_range(strategy);
}

inline models::ProgressLaw progress_law(const char* name,
                                        const std::vector<std::pair<std::string, std::string>>& values) {
  return models::resolve_progress(spec_of(*models::progress_family().find(name), values));
}

inline PublishedSection operations_rows() {
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
  const fleet::Summary run = shipped("llama3", "tuned");
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

inline PublishedSection network_rows() {
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

inline PublishedSection site_rows() {
  const fleet::Summary campus = shipped("gigawatt", "campus");
  return {"Sites",
          {
              {"up-front cost of 1 GW [million USD/MW]", "Epoch AI (Michael & Cottier 2026)", 37.883,
               (campus.capex + campus.facility).usd() / 1e9, 5e-2},
              {"facility, land and utility works of it [million USD/MW]", "Epoch AI (Michael & Cottier 2026)", 11.769,
               campus.facility.usd() / 1e9, 1e-3},
          }};
}

inline PublishedSection progress_rows() {
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

}  // namespace fleetrace::test
