#include "fleetrace/core/spec.hpp"

#include <cmath>
#include <stdexcept>

#include "fleetrace/core/quantity.hpp"
#include "sim/core/schema/read_log.hpp"

namespace fleetrace::core {
namespace {

std::size_t index_of(const Spec& spec, std::string_view parameter) {
  for (std::size_t i = 0; i < spec.entry->parameters.size(); ++i) {
    if (spec.entry->parameters[i].name == parameter) return i;
  }
  throw std::logic_error("entry \"" + std::string(spec.entry->name) + "\" has no parameter \"" +
                         std::string(parameter) + '"');
}

template <class T>
const T& get(const Spec& spec, std::string_view parameter) {
  const Value& value = spec.value(parameter);
  if (const T* data = std::get_if<T>(&value.data)) return *data;
  throw std::logic_error("parameter \"" + std::string(parameter) + "\" of \"" + std::string(spec.entry->name) +
                         "\" holds no value of that shape");
}

}  // namespace

const Value& Spec::value(std::string_view parameter) const {
  const std::size_t index = index_of(*this, parameter);
  ReadLog::note(entry->parameters[index], values[index]);
  return values[index];
}
Value& Spec::value(std::string_view parameter) { return values[index_of(*this, parameter)]; }

double Spec::number(std::string_view parameter) const { return get<double>(*this, parameter); }
std::int64_t Spec::count(std::string_view parameter) const { return std::llround(number(parameter)); }
bool Spec::flag(std::string_view parameter) const { return get<bool>(*this, parameter); }

Duration Spec::duration(std::string_view parameter) const {
  const double milliseconds = number(parameter);
  if (std::isinf(milliseconds)) return Duration::unlimited();
  // Not by way of Duration::from_seconds: x / 1e3 * 1e3 may miss x by one from 70 000 years on.
  if (!(std::fabs(milliseconds) < 0x1p63)) throw_time_overflow();
  return Duration::from_milliseconds(std::llround(milliseconds));
}

Money Spec::money(std::string_view parameter) const { return Money::from_usd(number(parameter)); }
const std::string& Spec::text(std::string_view parameter) const { return get<std::string>(*this, parameter); }

std::string Spec::shown(std::string_view parameter) const {
  const Value& of = value(parameter);
  const auto* drawn = std::get_if<double>(&of.data);
  if (!of.source_text.empty() || drawn == nullptr) return of.source_text;
  return format_quantity(entry->parameters[index_of(*this, parameter)].dimension, *drawn);
}

Time Spec::instant(std::string_view parameter, Time start) const {
  if (const Time* date = std::get_if<Time>(&value(parameter).data)) return *date;
  return saturating_add(start, duration(parameter));
}

const std::vector<double>& Spec::numbers(std::string_view parameter) const {
  return get<std::vector<double>>(*this, parameter);
}
const std::vector<std::string>& Spec::texts(std::string_view parameter) const {
  return get<std::vector<std::string>>(*this, parameter);
}

const Spec* Spec::section(std::string_view parameter) const {
  const auto* sections = std::get_if<std::vector<Spec>>(&value(parameter).data);
  return sections != nullptr && !sections->empty() ? &sections->front() : nullptr;
}

const std::vector<Spec>& Spec::sections(std::string_view parameter) const {
  static const std::vector<Spec> kNone;
  const auto* sections = std::get_if<std::vector<Spec>>(&value(parameter).data);
  return sections != nullptr ? *sections : kNone;
}

}  // namespace fleetrace::core
