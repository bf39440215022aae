// Every sampler against its law: n = 1e6 variates each, put through the law's distribution function (continuous) or counted
// by value (discrete). False-alarm rate and smallest effects: random_judge.hpp. Each case also shows that the very same
// variates are condemned when one parameter of the law is off by 1 %, of its value or of the law's spread where that is more.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "random_judge.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/random/samplers.hpp"

namespace {

using namespace fleetrace;
using core::Stream;
using judge::Verdict;

constexpr int kDraws = 1'000'000;

using Parameters = std::vector<double>;

struct Continuous {
  std::string name;
  Parameters parameters;
  std::vector<Parameters> wrong;
  std::function<double(Stream&)> draw;
  std::function<double(double, const Parameters&)> cdf;
  // Of the variate itself, where it is known apart from the distribution function.
  double mean;
  double sd;
};

void judge_continuous(const Continuous& law) {
  INFO(law.name);
  Stream stream(20'260'101, 0, core::Purpose::study, core::Entity::named(law.name));
  judge::Uniformity right;
  std::vector<judge::Uniformity> wrong(law.wrong.size());
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = law.draw(stream);
    right.add(law.cdf(x, law.parameters));
    for (std::size_t w = 0; w < wrong.size(); ++w) {
      wrong[w].add(law.cdf(x, law.wrong[w]));
    }
    sum += (x - law.mean) / law.sd;
    squares += (x - law.mean) / law.sd * ((x - law.mean) / law.sd);
  }
  Verdict verdict;
  right.judge(verdict);
  verdict.add_z(sum / std::sqrt(kDraws));
  // The kurtosis is at most 9 in all laws here, so that the squares' standard deviation is at most root 8.
  verdict.add_z((squares / kDraws - 1) / std::sqrt(8.0 / kDraws));
  verdict.acquit();
  for (const judge::Uniformity& subject : wrong) {
    Verdict condemned;
    subject.judge(condemned);
    condemned.condemn();
  }
}

struct Discrete {
  std::string name;
  std::function<std::int64_t(Stream&)> draw;
  std::function<double(std::int64_t)> mass;
  std::function<double(std::int64_t)> wrong;
  double mean;
  double sd;
  bool moments;  ///< up to the fourth; for rare events their sums are not normal, and the counts say all
};

/// The law's probabilities over all that can turn up in 1e6 draws.
struct Table {
  std::int64_t first;
  std::vector<double> mass;
};

Table tabulate(const Discrete& law) {
  const double low = std::floor(law.mean - 9 * law.sd - 20);
  Table table{low > 0 ? static_cast<std::int64_t>(low) : 0, {}};
  const auto last = static_cast<std::int64_t>(law.mean + 9 * law.sd + 20);
  for (std::int64_t k = table.first; k <= last; ++k) table.mass.push_back(law.mass(k));
  return table;
}

void add_moments(Verdict& verdict, const Discrete& law, const Table& table, const std::vector<double>& counts) {
  std::array<double, 9> expected = {};
  std::array<double, 5> found = {};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double z = (static_cast<double>(table.first + static_cast<std::int64_t>(i)) - law.mean) / law.sd;
    double power = 1;
    for (std::size_t r = 0; r < expected.size(); ++r) {
      expected[r] += power * table.mass[i];
      if (r < found.size()) found[r] += power * counts[i] / kDraws;
      power *= z;
    }
  }
  for (std::size_t r = 1; r < found.size(); ++r) {
    const double variance = expected[2 * r] - expected[r] * expected[r];
    verdict.add_z((found[r] - expected[r]) / std::sqrt(variance / kDraws));
  }
}

/// Neighbouring values share a bin until at least n / 100 variates are expected there.
template <class Mass>
Verdict bins_verdict(const Table& table, const std::vector<double>& counts, const Mass& mass) {
  std::vector<double> observed;
  std::vector<double> expected;
  double found = 0;
  double share = 0;
  double all = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double here = mass(table.first + static_cast<std::int64_t>(i));
    found += counts[i];
    share += here;
    all += here;
    if (share >= 0.01) {
      observed.push_back(found);
      expected.push_back(share * kDraws);
      found = 0;
      share = 0;
    }
  }
  Verdict verdict;
  if (observed.empty()) {  // the law expects nothing where everything is
    verdict.add(0);
    return verdict;
  }
  // What is left, together with all that the table does not reach.
  observed.back() += found;
  expected.back() += (share + 1 - all) * kDraws;
  verdict.add_chi_square(observed, expected);
  return verdict;
}

void judge_discrete(const Discrete& law) {
  INFO(law.name);
  Stream stream(20'260'101, 0, core::Purpose::study, core::Entity::named(law.name));
  const Table table = tabulate(law);
  std::vector<double> counts(table.mass.size());
  bool inside = true;
  for (int i = 0; i < kDraws; ++i) {
    const std::int64_t k = law.draw(stream) - table.first;
    if (k >= 0 && k < static_cast<std::int64_t>(counts.size())) {
      ++counts[static_cast<std::size_t>(k)];
    } else {
      inside = false;
    }
  }
  CHECK(inside);
  Verdict verdict = bins_verdict(
      table, counts, [&table](std::int64_t k) { return table.mass[static_cast<std::size_t>(k - table.first)]; });
  if (law.moments) add_moments(verdict, law, table, counts);
  verdict.acquit();
  if (law.wrong) bins_verdict(table, counts, law.wrong).condemn();
}

double normal_law(double x, const Parameters& p) { return core::normal_cdf((x - p[0]) / p[1]); }

void judge_poisson(double mean) {
  const bool visible = mean >= 1;  // 1 % of a rarer event needs more than 1e6 trials
  const auto wrong = [mean](std::int64_t k) { return core::poisson_mass(k, 1.01 * mean); };
  judge_discrete({"poisson " + std::to_string(mean), [mean](Stream& s) { return core::poisson(s, mean); },
                  [mean](std::int64_t k) { return core::poisson_mass(k, mean); },
                  visible ? wrong : std::function<double(std::int64_t)>(), mean, std::sqrt(mean), mean >= 3});
}

void judge_binomial(std::int64_t n, double p) {
  const double mean = static_cast<double>(n) * p;
  judge_discrete({"binomial " + std::to_string(n) + ' ' + std::to_string(p),
                  [n, p](Stream& s) { return core::binomial(s, n, p); },
                  [n, p](std::int64_t k) { return core::binomial_mass(k, n, p); },
                  [n, p](std::int64_t k) { return core::binomial_mass(k, n, p > 0.5 ? p / 1.01 : 1.01 * p); }, mean,
                  std::sqrt(mean * (1 - p)), mean >= 3 && n >= 20});
}

}  // namespace

TEST_CASE("uniform, normal and lognormal variates", "[samplers]") {
  judge_continuous({"uniform",
                    {2, 6},
                    {{2, 6.04}, {2.04, 6}},
                    [](Stream& s) { return core::uniform(s, 2, 6); },
                    [](double x, const Parameters& p) { return (x - p[0]) / (p[1] - p[0]); },
                    4,
                    4 / std::sqrt(12)});
  judge_continuous({"normal",
                    {-1, 2},
                    {{-1.02, 2}, {-1, 2.02}},
                    [](Stream& s) { return core::normal(s, -1, 2); },
                    normal_law,
                    -1,
                    2});
  const double spread = 0.01 * 0.3;
  judge_continuous({"lognormal",
                    {std::log(2), 0.3},
                    {{std::log(2) + spread, 0.3}, {std::log(2), 0.303}},
                    [](Stream& s) { return core::lognormal(s, 2, 0.3); },
                    [](double x, const Parameters& p) { return normal_law(std::log(x), p); },
                    2 * std::exp(0.045),
                    2 * std::exp(0.045) * std::sqrt(std::expm1(0.09))});
}

TEST_CASE("exponential and Weibull variates", "[samplers]") {
  judge_continuous({"exponential",
                    {3},
                    {{3.03}},
                    [](Stream& s) { return core::exponential(s, 3); },
                    [](double x, const Parameters& p) { return -std::expm1(-x / p[0]); },
                    3,
                    3});
  const auto weibull = [](double x, const Parameters& p) { return -std::expm1(-std::pow(x / p[1], p[0])); };
  judge_continuous({"weibull 1.5",
                    {1.5, 2},
                    {{1.515, 2}, {1.5, 2.02}},
                    [](Stream& s) { return core::weibull(s, 1.5, 2); },
                    weibull,
                    2 * std::tgamma(5 / 3.0),
                    2 * std::sqrt(std::tgamma(7 / 3.0) - std::pow(std::tgamma(5 / 3.0), 2))});
  // The decreasing hazard of failures in the field; its mean and spread as measured in units of its log scale.
  judge_continuous({"weibull 0.7",
                    {0.7, 2},
                    {{0.707, 2}, {0.7, 2.04}},
                    [](Stream& s) { return std::log(core::weibull(s, 0.7, 2)); },
                    [weibull](double x, const Parameters& p) { return weibull(std::exp(x), p); },
                    std::log(2) - 0.57721566490153286 / 0.7,
                    std::sqrt(1.6449340668482264) / 0.7});
}

TEST_CASE("gamma variates by rejection and by inversion", "[samplers]") {
  const auto law = [](double x, const Parameters& p) { return core::gamma_p(p[0], x / p[1]); };
  for (const double shape : {1.0, 20.0}) {
    judge_continuous({"gamma " + std::to_string(shape),
                      {shape, 0.25},
                      {{1.01 * shape, 0.25}, {shape, 0.2525}},
                      [shape](Stream& s) { return core::gamma(s, shape, 0.25); },
                      law,
                      shape * 0.25,
                      std::sqrt(shape) * 0.25});
  }
  // Roots, since the gamma law itself is too long in the tail for its second moment: x^(1/2) has F(x^2).
  const double root_mean = std::tgamma(1.0) / std::tgamma(0.5);
  judge_continuous({"gamma 0.5",
                    {0.5, 1},
                    {{0.505, 1}, {0.5, 1.01}},
                    [](Stream& s) { return std::sqrt(core::gamma(s, 0.5, 1)); },
                    [law](double x, const Parameters& p) { return law(x * x, p); },
                    root_mean,
                    std::sqrt(0.5 - root_mean * root_mean)});
  judge_continuous({"gamma by inversion",
                    {2.5, 2},
                    {{2.525, 2}, {2.5, 2.02}},
                    [](Stream& s) { return core::gamma_by_inversion(s, 2.5, 2); },
                    law,
                    5,
                    2 * std::sqrt(2.5)});
}

TEST_CASE("triangular and empirical variates", "[samplers]") {
  const auto triangular = [](double x, const Parameters& p) {
    const double width = p[2] - p[0];
    return x < p[1] ? (x - p[0]) * (x - p[0]) / (width * (p[1] - p[0]))
                    : 1 - (p[2] - x) * (p[2] - x) / (width * (p[2] - p[1]));
  };
  judge_continuous({"triangular",
                    {3, 5, 8},
                    {{3.05, 5, 8}, {3, 5.05, 8}, {3, 5, 8.05}},
                    [](Stream& s) { return core::triangular(s, 3, 5, 8); },
                    triangular,
                    16 / 3.0,
                    std::sqrt((9 + 25 + 64 - 15 - 24 - 40) / 18.0)});
  // Three observations: half of the law below the middle one.
  const std::vector<double> observed = {1, 2, 4};
  const auto empirical = [](double x, const Parameters& p) {
    return x < p[1] ? 0.5 * (x - p[0]) / (p[1] - p[0]) : 0.5 + 0.5 * (x - p[1]) / (p[2] - p[1]);
  };
  judge_continuous({"empirical",
                    {1, 2, 4},
                    {{1.01, 2, 4}, {1, 2.02, 4}, {1, 2, 4.04}},
                    [&observed](Stream& s) { return core::empirical(s, observed); },
                    empirical,
                    2.25,
                    std::sqrt((7.0 + 28.0) / 6 - 2.25 * 2.25)});
}

TEST_CASE("weighted choice", "[samplers]") {
  const std::vector<double> weights = {3, 0, 5, 2};
  judge_discrete({"choice", [&weights](Stream& s) { return static_cast<std::int64_t>(core::choice(s, weights)); },
                  [&weights](std::int64_t k) { return k < 4 ? weights[static_cast<std::size_t>(k)] / 10 : 0; },
                  [](std::int64_t k) {
                    return std::array{0.303, 0.0, 0.5, 0.197}[static_cast<std::size_t>(k % 4)] * (k < 4);
                  },
                  1.6, 1.1, false});
}

TEST_CASE("Poisson variates, rare and many", "[samplers]") {
  for (const double mean : {0.02, 0.3, 3.0, 9.99, 10.0, 12.5, 40.0, 1e3, 1e6, 1e9}) judge_poisson(mean);
}

TEST_CASE("binomial variates, few and many trials", "[samplers]") {
  judge_binomial(5, 0.3);
  judge_binomial(20, 0.5);
  judge_binomial(25, 0.4);
  judge_binomial(100, 0.9);
  judge_binomial(1'000, 0.25);
  judge_binomial(1'000'000, 0.7);
  judge_binomial(1'000'000'000, 0.2);
  judge_binomial(1'000'000'000, 4e-9);
  judge_binomial(1'000'000'000, 3e-8);
}

TEST_CASE("counts of 1e15 trials are normal", "[samplers]") {
  const double sd = std::sqrt(1e15);
  judge_continuous({"poisson 1e15",
                    {1e15, sd},
                    {{1e15, 1.01 * sd}},
                    [](Stream& s) { return static_cast<double>(core::poisson(s, 1e15)); },
                    normal_law,
                    1e15,
                    sd});
  const double half = 0.5 * sd;
  judge_continuous({"binomial 1e15",
                    {5e14, half},
                    {{5e14, 1.01 * half}},
                    [](Stream& s) { return static_cast<double>(core::binomial(s, 1'000'000'000'000'000, 0.5)); },
                    normal_law,
                    5e14,
                    half});
}
