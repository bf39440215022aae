#pragma once
#include <cmath>
/// Stands in for SLEEF in the browser build: the C library's functions are the same code in every browser. They may differ
/// from SLEEF's in the last place.
inline double Sleef_cinz_expd1_u10purec(double x) { return std::exp(x); }
inline double Sleef_cinz_exp2d1_u10purec(double x) { return std::exp2(x); }
inline double Sleef_cinz_expm1d1_u10purec(double x) { return std::expm1(x); }
inline double Sleef_cinz_logd1_u10purec(double x) { return std::log(x); }
inline double Sleef_cinz_log2d1_u10purec(double x) { return std::log2(x); }
inline double Sleef_cinz_log1pd1_u10purec(double x) { return std::log1p(x); }
inline double Sleef_cinz_powd1_u10purec(double x, double y) { return std::pow(x, y); }
inline double Sleef_cinz_erfcd1_u15purec(double x) { return std::erfc(x); }
inline double Sleef_cinz_lgammad1_u10purec(double x) { return std::lgamma(x); }
