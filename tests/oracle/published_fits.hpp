#pragma once

#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "fleetrace/fit.hpp"
#include "tests/oracle/published.hpp"

/// Constants that others have fitted, beside those of `fleetrace fit` from the same data. tests/oracle/data/README.md names the sources.
namespace fleetrace::test {

inline std::string data_text(const std::string& name) {
  std::ifstream file(std::string(FLEETRACE_SOURCE_DIR) + "/tests/oracle/data/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("no data: " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The text without so many lines below its header.
inline std::string without_rows(std::string text, int count) {
  const std::size_t header = text.find('\n') + 1;
  for (; count > 0; --count) text.erase(header, text.find('\n', header) + 1 - header);
  return text;
}

inline const FitConstant& constant_of(const Fit& fit, const std::string& name) {
  for (const FitConstant& each : fit.constants) {
    if (each.name == name) return each;
  }
  throw std::runtime_error("no constant " + name);
}

inline Fit fit_of(const std::string& model, const std::string& csv, const std::string& law = {},
                  const std::string& y = {}) {
  FitRequest request;
  request.model = model;
  request.law = law;
  request.y = y;
  request.resamples = 200;
  return fit(request, csv, "data");
}

/// The share of Titan's old batch that lives to an age, by the steps of its hazard.
inline double titan_survival(const Fit& steps, double age) {
  double hazard = 0;
  for (double from = 0; from < age; from += 0.5) {
    char name[32];
    std::snprintf(name, sizeof name, "rate_from_%g", from);
    hazard += 0.5 * constant_of(steps, name).value;
  }
  return std::exp(-hazard);
}

inline PublishedSection fit_rows() {
  const std::string runs = data_text("chinchilla_runs.csv");
  const Fit refit = fit_of("chinchilla", without_rows(runs, 5));
  const Fit all = fit_of("chinchilla", runs);
  const Fit price = fit_of("trend", data_text("price_performance.csv"), {}, "flop_per_s_per_usd");
  const Fit titan = fit_of("life", data_text("titan_life_table.csv"), "stepped");
  const auto value = [](const Fit& fit, const char* name) { return constant_of(fit, name).value; };
  // Half of a 95 % interval over the normal quantile.
  const auto error = [](const Fit& fit, const char* name) {
    const FitConstant& each = constant_of(fit, name);
    return (*each.high - *each.low) / (2 * 1.959964);
  };
  const char* besiroglu = "Besiroglu et al. 2024, arXiv:2404.10102";
  const char* outliers = "Besiroglu et al. 2024, table 3, with its five outliers";
  const char* ostrouchov = "Ostrouchov et al. 2020 (SC20), Kaplan-Meier";
  return {
      "Refits of published data",
      {
          // Within one standard error of the publication.
          {"Chinchilla's refit, E", besiroglu, 1.8172, value(refit, "E"), 0.03 / 1.8172},
          {"Chinchilla's refit, A", besiroglu, 482.01, value(refit, "A"), 124.58 / 482.01},
          {"Chinchilla's refit, B", besiroglu, 2085.43, value(refit, "B"), 1293.23 / 2085.43},
          {"Chinchilla's refit, alpha", besiroglu, 0.3478, value(refit, "alpha"), 0.02 / 0.3478},
          {"Chinchilla's refit, beta", besiroglu, 0.3658, value(refit, "beta"), 0.02 / 0.3658},
          {"Chinchilla's refit, a = beta/(alpha + beta)", besiroglu, 0.513, value(refit, "a"), 0.018 / 0.513},
          // 200 resamples know an error to 5 %; theirs are of 4,000.
          {"standard error of alpha", besiroglu, 0.0154, error(refit, "alpha"), 0.25},
          {"standard error of beta", besiroglu, 0.0206, error(refit, "beta"), 0.25},
          {"the same with all 245 runs, E", outliers, 1.89, value(all, "E"), 0.03 / 1.89},
          {"the same with all 245 runs, alpha", outliers, 0.345, value(all, "alpha"), 0.02 / 0.345},
          {"the same with all 245 runs, beta", outliers, 0.452, value(all, "beta"), 0.02 / 0.452},
          // Other accelerators, later years: the fit's own 95 % interval is 24 % wide on either side.
          {"FLOP/s per USD, decades a year", "Epoch AI: Cottier et al. 2024, arXiv:2405.21015", 0.14,
           value(price, "decades"), 0.1},
          {"FLOP/s per USD, doubling [yr]", "Hobbhahn & Besiroglu 2022, Epoch AI: ML GPUs", 2.07,
           value(price, "doubling"), 0.25},
          // The table's ages are half years, and steps of a hazard are not a product over deaths: 0.01 in survival.
          {"Titan, old batch: alive after 1 yr", ostrouchov, 0.9991, titan_survival(titan, 1), 0.01},
          {"Titan, old batch: alive after 2 yr", ostrouchov, 0.99093, titan_survival(titan, 2), 0.01},
          {"Titan, old batch: alive after 3 yr", ostrouchov, 0.8766, titan_survival(titan, 3), 0.01},
          {"Titan, old batch: alive after 4 yr", ostrouchov, 0.76748, titan_survival(titan, 4), 0.01},
          {"Titan, old batch: alive after 5 yr", ostrouchov, 0.67681, titan_survival(titan, 5), 0.01},
          {"Titan, old batch: hazard from 2.5 to 3 yr [1/yr]", ostrouchov, 0.163239, value(titan, "rate_from_2.5"),
           1e-4},
          {"Titan, old batch: hazard from 4 to 4.5 yr [1/yr]", ostrouchov, 0.118012, value(titan, "rate_from_4"), 1e-4},
      }};
}

}  // namespace fleetrace::test
