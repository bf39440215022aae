#include "sim/core/numeric/math.hpp"

#include <sleef.h>

namespace fleetrace::core {

double exp(double x) { return Sleef_cinz_expd1_u10purec(x); }
double exp2(double x) { return Sleef_cinz_exp2d1_u10purec(x); }
double expm1(double x) { return Sleef_cinz_expm1d1_u10purec(x); }
double log(double x) { return Sleef_cinz_logd1_u10purec(x); }
double log2(double x) { return Sleef_cinz_log2d1_u10purec(x); }
// SLEEF's log1p is infinite above 1e307. From 1e17 on, log(x) equals log1p(x) in every bit.
double log1p(double x) { return x > 1e300 ? log(x) : Sleef_cinz_log1pd1_u10purec(x); }
double pow(double base, double exponent) { return Sleef_cinz_powd1_u10purec(base, exponent); }

double integral_of_exp(double rate, double length) {
  // Below this product expm1(x)/x differs from 1 by less than half an ulp, and rate may be zero.
  const double x = rate * length;
  if (x < 1e-16 && x > -1e-16) return length;
  // Above 0.5 subtracting 1 cancels little, and exp costs half as much as expm1.
  return (x > 0.5 ? exp(x) - 1 : expm1(x)) / rate;
}

}  // namespace fleetrace::core
