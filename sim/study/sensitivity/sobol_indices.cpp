#include "sim/study/sensitivity/sobol_indices.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/core/numeric/require.hpp"
#include "sim/core/numeric/student.hpp"
#include "sim/core/numeric/sum.hpp"

namespace fleetrace::study {
namespace {

double mean_of(const std::vector<double>& values) {
  core::Sum sum;
  for (const double value : values) sum.add(value);
  return sum.value() / static_cast<double>(values.size());
}

// The ratio mean(part) / mean(whole). Its standard error is that of the mean of part - ratio whole, divided by mean(whole).
SobolIndex ratio(const std::vector<double>& part, const std::vector<double>& whole, double confidence) {
  const double denominator = mean_of(whole);
  const double value = mean_of(part) / denominator;
  core::Sum squares;
  for (std::size_t r = 0; r < part.size(); ++r) {
    const double off = part[r] - value * whole[r];
    squares.add(off * off);
  }
  const auto n = static_cast<double>(part.size());
  const double error = std::sqrt(squares.value() / (n * (n - 1))) / denominator;
  const double half = core::student_two_sided(part.size() - 1, confidence) * error;
  return {value, value - half, value + half};
}

}  // namespace

SobolDesign::SobolDesign(std::size_t inputs, std::size_t points, std::size_t replicates, std::uint32_t seed)
    : inputs_(inputs), points_(points) {
  core::require(inputs >= 1 && inputs <= kMostInputs, "Sobol's indices are of 1 to 1833 inputs");
  core::require(points >= 2 && points <= SobolSequence::kMaxPoints && std::has_single_bit(points),
                "the number of points must be a power of two from 2 to 2^30");
  core::require(replicates >= 2 && replicates <= 10'000, "there must be 2 to 10 000 replicates");
  sequences_.reserve(replicates);
  for (std::size_t r = 0; r < replicates; ++r) {
    sequences_.emplace_back(2 * inputs, seed, static_cast<std::uint32_t>(r));
  }
}

void SobolDesign::row(std::size_t index, std::span<double> uniforms) const {
  core::require(index < rows(), "the design has no such row");
  core::require(uniforms.size() == inputs_, "a row has one number for each input");
  const std::size_t kind = index % (inputs_ + 2);
  const std::size_t point = index / (inputs_ + 2);
  const SobolSequence& sequence = sequences_[point / points_];
  for (std::size_t i = 0; i < inputs_; ++i) {
    const bool from_b = kind == 1 || kind == i + 2;
    uniforms[i] = sequence.at(point % points_, from_b ? inputs_ + i : i);
  }
}

SobolIndices sobol_indices(const SobolDesign& design, std::span<const double> results, double confidence) {
  core::require(results.size() == design.rows(), "there must be one result for each row of the design");
  core::require(std::all_of(results.begin(), results.end(), [](double value) { return std::isfinite(value); }),
                "Sobol's indices need finite results");
  core::require(confidence > 0 && confidence < 1, "a confidence must be above 0 and below 1");
  const std::size_t inputs = design.inputs();
  const std::size_t kinds = inputs + 2;
  const auto points = static_cast<double>(design.points());

  SobolIndices indices;
  indices.first.resize(inputs);
  indices.total.resize(inputs);
  const auto [least, most] = std::minmax_element(results.begin(), results.end());
  indices.mean = *least;
  if (*least == *most) return indices;

  core::Sum sum;
  for (std::size_t i = 0; i < results.size(); i += kinds) sum.add(0.5 * (results[i] + results[i + 1]));
  indices.mean = sum.value() / (points * static_cast<double>(design.replicates()));

  std::vector<double> whole;
  std::vector<std::vector<double>> first(inputs);
  std::vector<std::vector<double>> total(inputs);
  for (std::size_t r = 0; r < design.replicates(); ++r) {
    const auto replicate = results.subspan(r * design.points() * kinds, design.points() * kinds);
    core::Sum variance;
    std::vector<core::Sum> firsts(inputs);
    std::vector<core::Sum> totals(inputs);
    for (std::size_t p = 0; p < replicate.size(); p += kinds) {
      // Results are taken about the mean, since what they have in common would only add noise to the products.
      const double a = replicate[p] - indices.mean;
      const double b = replicate[p + 1] - indices.mean;
      variance.add(0.5 * (a * a + b * b));
      for (std::size_t i = 0; i < inputs; ++i) {
        const double change = replicate[p + 2 + i] - replicate[p];
        firsts[i].add(b * change);
        totals[i].add(0.5 * change * change);
      }
    }
    whole.push_back(variance.value() / points);
    for (std::size_t i = 0; i < inputs; ++i) {
      first[i].push_back(firsts[i].value() / points);
      total[i].push_back(totals[i].value() / points);
    }
  }
  indices.variance = mean_of(whole);
  if (indices.variance == 0) return indices;
  for (std::size_t i = 0; i < inputs; ++i) {
    indices.first[i] = ratio(first[i], whole, confidence);
    indices.total[i] = ratio(total[i], whole, confidence);
  }
  return indices;
}

SobolIndices sobol_indices(const SobolDesign& design, const std::function<double(std::span<const double>)>& function,
                           double confidence) {
  std::vector<double> uniforms(design.inputs());
  std::vector<double> results(design.rows());
  for (std::size_t i = 0; i < results.size(); ++i) {
    design.row(i, uniforms);
    results[i] = function(uniforms);
  }
  return sobol_indices(design, results, confidence);
}

}  // namespace fleetrace::study
