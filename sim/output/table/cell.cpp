#include "sim/output/table/cell.hpp"

#include <cmath>

#include "sim/output/table/text.hpp"

namespace fleetrace::output {

Cell Cell::fixed(double value, int decimals) { return real(value, output::fixed(value, decimals)); }

Cell Cell::rough(double value, int digits) { return real(value, output::rough(value, digits)); }

Cell Cell::fixed(const std::optional<double>& value, int decimals) { return value ? fixed(*value, decimals) : none(); }

Cell Cell::rough(const std::optional<double>& value, int digits) { return value ? rough(*value, digits) : none(); }

Cell Cell::scaled(const Scale& scale, double value) { return real(value, scale.number(value)); }

Cell Cell::integer(std::int64_t value) { return {value, grouped(value)}; }

Cell Cell::real(double value, std::string text) {
  return {std::isfinite(value) ? Value(value) : Value(), std::move(text)};
}

Cell Cell::flag(bool value) { return {value, value ? "yes" : ""}; }

Cell Cell::none() { return {Value(), "-"}; }

Cell Cell::best_if(bool is_best) const {
  Cell marked = *this;
  marked.is_best_ = is_best;
  return marked;
}

}  // namespace fleetrace::output
