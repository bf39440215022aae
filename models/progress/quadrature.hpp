#pragma once

#include <algorithm>
#include <cmath>

namespace fleetrace::models {

/// Gauss-Legendre rules for functions that grow by at most e^(1/20) (this one) or e^(1/4): relative error below 1e-14.
template <class Function>
double gauss_three(double from, double width, const Function& f) {
  static constexpr double kNode = 0.7745966692414834;
  const double middle = from + width / 2;
  return width * (8 * f(middle) + 5 * (f(middle - kNode * width / 2) + f(middle + kNode * width / 2))) / 18;
}

template <class Function>
double gauss_five(double from, double width, const Function& f) {
  static constexpr double kNodes[] = {0.5384693101056831, 0.9061798459386640};
  static constexpr double kWeights[] = {0.5688888888888889, 0.4786286704993665, 0.2369268850561891};
  const double half = width / 2;
  const double middle = from + half;
  double sum = kWeights[0] * f(middle);
  for (int i = 0; i < 2; ++i) sum += kWeights[i + 1] * (f(middle - half * kNodes[i]) + f(middle + half * kNodes[i]));
  return sum * half;
}

/// The integral over [from, to] of a function whose logarithm changes by at most `growth` there, to 1e-13.
template <class Function>
double gauss_panels(double from, double to, double growth, const Function& f) {
  const auto panels = static_cast<int>(std::clamp(std::ceil(4 * growth), 1.0, 4096.0));
  const double width = (to - from) / panels;
  double sum = 0;
  for (int panel = 0; panel < panels; ++panel) sum += gauss_five(from + panel * width, width, f);
  return sum;
}

}  // namespace fleetrace::models
