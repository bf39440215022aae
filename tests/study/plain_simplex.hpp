#pragma once

#include <cstddef>
#include <vector>

/// A linear programme solved by the textbook's tableau, which shares nothing with the library that the program uses.
namespace fleetrace::test {

/// Maximises c x over A x <= b and x >= 0, where b >= 0, by the simplex method with Bland's rule (1977), which cannot cycle. It must
/// be bounded.
inline std::vector<double> maximise(const std::vector<double>& c, const std::vector<std::vector<double>>& a,
                                    const std::vector<double>& b) {
  constexpr long double kZero = 1e-13L;
  const std::size_t columns = c.size();
  const std::size_t rows = b.size();
  const std::size_t width = columns + rows + 1;
  std::vector<std::vector<long double>> tableau(rows + 1, std::vector<long double>(width));
  std::vector<std::size_t> basis(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) tableau[i][j] = a[i][j];
    tableau[i][columns + i] = 1;
    tableau[i][width - 1] = b[i];
    basis[i] = columns + i;
  }
  for (std::size_t j = 0; j < columns; ++j) tableau[rows][j] = -static_cast<long double>(c[j]);
  for (;;) {
    std::size_t enters = 0;
    while (enters + 1 < width && tableau[rows][enters] >= -kZero) ++enters;
    if (enters + 1 >= width) break;
    std::size_t leaves = rows;
    for (std::size_t i = 0; i < rows; ++i) {
      if (tableau[i][enters] <= kZero) continue;
      if (leaves == rows) {
        leaves = i;
        continue;
      }
      const long double here = tableau[i][width - 1] / tableau[i][enters];
      const long double least = tableau[leaves][width - 1] / tableau[leaves][enters];
      if (here < least || (here == least && basis[i] < basis[leaves])) leaves = i;
    }
    if (leaves == rows) return {};  // without a bound
    const long double pivot = tableau[leaves][enters];
    for (long double& each : tableau[leaves]) each /= pivot;
    for (std::size_t i = 0; i <= rows; ++i) {
      const long double factor = tableau[i][enters];
      if (i == leaves || factor == 0) continue;
      for (std::size_t j = 0; j < width; ++j) tableau[i][j] -= factor * tableau[leaves][j];
    }
    basis[leaves] = enters;
  }
  std::vector<double> x(columns);
  for (std::size_t i = 0; i < rows; ++i) {
    if (basis[i] < columns) x[basis[i]] = static_cast<double>(tableau[i][width - 1]);
  }
  return x;
}

}  // namespace fleetrace::test
