#include "sim/scenario/inputs/copula.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <stdexcept>
#include <utility>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/numeric/special.hpp"

namespace fleetrace::scenario {
namespace {

using core::QuantityProblem;

constexpr std::size_t kMostCorrelated = 200;

struct Pair {
  std::size_t a;
  std::size_t b;
  double rho;
};

// For |x| <= pi / 6, by its series: the same bits everywhere.
double sine(double x) {
  double sum = 0;
  double term = x;
  for (int odd = 3; odd <= 17; odd += 2) {
    sum += term;
    term *= -x * x / (odd * (odd - 1));
  }
  return sum;
}

std::string quoted(const std::string& name) { return '"' + core::printable(name) + '"'; }

std::string hundredths(int value) {
  const std::string digits = std::to_string(value);
  return "0." + std::string(digits.size() < 2 ? 1 : 0, '0') + digits;
}

// L, lower triangular, with L L^T = the symmetric matrix; nothing where that is not positive definite: where a row is, up to a
// variance of 1e-12, a combination of those before. Every entry is reduced by one column after the other, in their order, so
// that the bits depend neither on the size nor on the CPU; Eigen's own LLT promises no order.
std::optional<Eigen::MatrixXd> cholesky(Eigen::MatrixXd matrix) {
  constexpr double kLeastPivot = 1e-12;
  for (Eigen::Index k = 0; k < matrix.rows(); ++k) {
    if (!(matrix(k, k) >= kLeastPivot)) return std::nullopt;
    const Eigen::Index rest = matrix.rows() - k - 1;
    auto below = matrix.col(k).tail(rest);
    matrix(k, k) = std::sqrt(matrix(k, k));
    below /= matrix(k, k);
    matrix.bottomRightCorner(rest, rest).noalias() -= below * below.transpose();
    matrix.row(k).tail(rest).setZero();
  }
  return matrix;
}

// Pearson's correlations of the normal variates among these inputs, for Spearman's ones times the scale.
Eigen::MatrixXd pearson(const std::vector<std::size_t>& inputs, const std::vector<Pair>& pairs, double scale) {
  const auto size = static_cast<Eigen::Index>(inputs.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(size, size);
  const auto place = [&inputs](std::size_t input) {
    return static_cast<Eigen::Index>(std::find(inputs.begin(), inputs.end(), input) - inputs.begin());
  };
  for (const Pair& pair : pairs) {
    const Eigen::Index a = place(pair.a);
    const Eigen::Index b = place(pair.b);
    if (a == size || b == size) continue;
    matrix(a, b) = matrix(b, a) = 2 * sine(std::numbers::pi / 6 * (scale * pair.rho));
  }
  return matrix;
}

QuantityProblem contradiction(const std::vector<std::string>& names, std::vector<std::size_t> inputs,
                              const std::vector<Pair>& pairs) {
  int scale = 99;
  while (scale > 0 && !cholesky(pearson(inputs, pairs, scale / 100.0))) --scale;
  // What can be left out without resolving the contradiction is no part of it.
  for (std::size_t i = inputs.size(); i-- > 0;) {
    std::vector<std::size_t> others = inputs;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    if (!cholesky(pearson(others, pairs, 1))) inputs = std::move(others);
  }
  std::string list;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    list += (i == 0 ? "" : i + 1 == inputs.size() ? " and " : ", ") + quoted(names[inputs[i]]);
  }
  return {"the correlations of " + list + " contradict each other",
          "what follows a third closely is itself bound to the others: their matrix is not positive definite",
          "All correlations times " + hundredths(scale) + " fit together."};
}

std::variant<Pair, QuantityProblem> checked(const RankCorrelation& given, const std::vector<std::string>& names) {
  Pair pair{0, 0, given.rho};
  for (auto [name, index] : {std::pair{&given.a, &pair.a}, std::pair{&given.b, &pair.b}}) {
    *index = static_cast<std::size_t>(std::find(names.begin(), names.end(), *name) - names.begin());
    if (*index == names.size()) {
      return QuantityProblem{quoted(*name) + " is no uncertain input", "only those can be correlated",
                             names.empty() ? "" : core::suggest(*name, {names.begin(), names.end()})};
    }
  }
  if (pair.a == pair.b) return QuantityProblem{quoted(given.a) + " is correlated with itself", "", ""};
  if (!(given.rho > -1 && given.rho < 1)) {
    return QuantityProblem{"the correlation of " + quoted(given.a) + " and " + quoted(given.b) + " is out of range",
                           "it must be above -1 and below 1", ""};
  }
  return pair;
}

}  // namespace

std::variant<GaussianCopula, QuantityProblem> GaussianCopula::make(const std::vector<std::string>& names,
                                                                   const std::vector<RankCorrelation>& correlations) {
  std::vector<Pair> pairs;
  for (const RankCorrelation& given : correlations) {
    const auto result = checked(given, names);
    if (const auto* problem = std::get_if<QuantityProblem>(&result)) return *problem;
    const Pair pair = std::get<Pair>(result);
    if (std::any_of(pairs.begin(), pairs.end(), [&pair](const Pair& other) {
          return std::minmax(pair.a, pair.b) == std::minmax(other.a, other.b);
        })) {
      return QuantityProblem{"the correlation of " + quoted(given.a) + " and " + quoted(given.b) + " is given twice",
                             "", ""};
    }
    pairs.push_back(pair);
  }

  std::vector<std::size_t> inputs;  // those of the pairs, each once
  for (const Pair& pair : pairs) inputs.insert(inputs.end(), {pair.a, pair.b});
  std::sort(inputs.begin(), inputs.end());
  inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
  if (inputs.size() > kMostCorrelated) {
    return QuantityProblem{std::to_string(inputs.size()) + " inputs are correlated",
                           "at most " + std::to_string(kMostCorrelated) +
                               " can be: whether so many fit together takes time with the cube of their number",
                           "Correlate those that matter."};
  }
  const std::optional<Eigen::MatrixXd> lower = cholesky(pearson(inputs, pairs, 1));
  if (!lower) return contradiction(names, std::move(inputs), pairs);

  const auto entry = [&lower](std::size_t row, std::size_t column) {
    return (*lower)(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column));
  };
  std::vector<std::vector<Term>> rows(names.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    std::vector<Term>& row = rows[inputs[i]];
    for (std::size_t j = 0; j < i; ++j) {
      if (const double weight = entry(i, j); weight != 0) row.push_back({inputs[j], weight});
    }
    if (!row.empty()) row.push_back({inputs[i], entry(i, i)});
  }
  return GaussianCopula(std::move(rows));
}

void GaussianCopula::correlate(std::span<const double> independent, std::span<double> correlated) const {
  if (independent.size() != size() || correlated.size() != size())
    throw std::invalid_argument("a copula takes one number for each input");
  // From the last, since each looks at those before it, in what may be the same place.
  for (std::size_t i = size(); i-- > 0;) {
    double z = 0;
    for (const Term& term : rows_[i]) z += term.weight * core::inverse_normal_cdf(independent[term.input]);
    correlated[i] = rows_[i].empty() ? independent[i] : std::clamp(core::normal_cdf(z), 0x1p-53, 1 - 0x1p-53);
  }
}

std::vector<double> GaussianCopula::correlate(std::span<const double> independent) const {
  std::vector<double> correlated(independent.size());
  correlate(independent, correlated);
  return correlated;
}

}  // namespace fleetrace::scenario
