#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

namespace fleetrace::fleet {

/// A square matrix, by rows.
class Matrix {
 public:
  explicit Matrix(std::size_t size) : size_(size), values_(size * size) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] double& operator()(std::size_t row, std::size_t column) { return values_[row * size_ + column]; }
  [[nodiscard]] double operator()(std::size_t row, std::size_t column) const { return values_[row * size_ + column]; }

 private:
  std::size_t size_;
  std::vector<double> values_;
};

/// L, lower triangular, with L L^T = the symmetric matrix, whose diagonal is 1; nothing where that is not positive definite:
/// where a row is, up to a variance of 1e-12, a combination of those before. In a fixed order of additions, which a library
/// for speed does not promise; zeros change no bit of the rest.
[[nodiscard]] inline std::optional<Matrix> cholesky(const Matrix& matrix) {
  constexpr double kLeastPivot = 1e-12;
  Matrix lower(matrix.size());
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double rest = matrix(i, j);
      for (std::size_t k = 0; k < j; ++k) rest -= lower(i, k) * lower(j, k);
      if (i != j) {
        lower(i, j) = rest / lower(j, j);
      } else if (rest >= kLeastPivot) {
        lower(i, i) = std::sqrt(rest);
      } else {
        return std::nullopt;
      }
    }
  }
  return lower;
}

}  // namespace fleetrace::fleet
