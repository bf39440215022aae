#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/money.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/time.hpp"

namespace fleetrace::core {

class Uncertain;
struct Spec;

/// Where a catalog number comes from, and how far it may be off [base unit].
struct Provenance {
  double low = 0;  ///< equal to `high` where no range is known
  double high = 0;
  std::string source;
  std::string verified;  ///< "read", "derived" or "unverified"
};

/// A variant whose copy may run out of memory. In libstdc++ 12 the copy of a variant of strings and vectors alone is destroyed as if
/// it held something even where nothing could be made; this one is assigned to when it is there.
template <class... Alternatives>
class Variant : public std::variant<Alternatives...> {
 public:
  using Base = std::variant<Alternatives...>;
  using Base::Base;
  using Base::operator=;

  Variant() = default;
  Variant(const Variant& other) : Base() { Base::operator=(other); }
  Variant(Variant&&) noexcept = default;
  Variant& operator=(const Variant&) = default;
  Variant& operator=(Variant&&) noexcept = default;
  ~Variant() = default;
};

/// The value of one parameter. Quantities and growth rates are doubles in base units; an instant is a Time or, as a
/// duration from the start, a double [ms].
struct Value {
  using Data = Variant<std::monostate, double, std::string, Time, bool, std::vector<double>, std::vector<std::string>,
                       std::vector<Spec>>;

  Data data;
  std::string source_text;  ///< text as the user or the preset wrote it, for `show` and messages
  Location where;           ///< its place; for a default, that of the section that leaves it out, if any
  bool preset = false;      ///< whether it is the default rather than the user's
  bool faulty = false;      ///< whether what stands here, or should, could not be read; there is a finding about it
  std::shared_ptr<const Provenance> provenance;  ///< where a catalog number comes from, else null
  /// A distribution that stands in the number's place, else null; `data` then holds its median.
  std::shared_ptr<const Uncertain> uncertain;

  [[nodiscard]] bool given() const { return !std::holds_alternative<std::monostate>(data); }
};

/// An entry with the values of its parameters: what a section of a scenario holds after reading. Values are valid (type,
/// unit, range); combinations are checked by whoever resolves the spec.
///
/// The accessors take the parameter's name and assert that it exists and has the shape asked for: a wrong name is a bug in
/// the caller, never an input error.
struct Spec {
  const Entry* entry = nullptr;
  std::string name;  ///< the key in a table (`turtle`), empty elsewhere
  std::vector<Value> values;
  Location where;

  [[nodiscard]] const Value& value(std::string_view parameter) const;
  [[nodiscard]] Value& value(std::string_view parameter);
  [[nodiscard]] bool has(std::string_view parameter) const { return value(parameter).given(); }

  [[nodiscard]] double number(std::string_view parameter) const;
  [[nodiscard]] std::int64_t count(std::string_view parameter) const;
  [[nodiscard]] bool flag(std::string_view parameter) const;
  /// The duration; infinity becomes Duration::unlimited().
  [[nodiscard]] Duration duration(std::string_view parameter) const;
  [[nodiscard]] Money money(std::string_view parameter) const;
  [[nodiscard]] const std::string& text(std::string_view parameter) const;
  /// A value as messages show it: as it was written, or the number that was drawn in its place.
  [[nodiscard]] std::string shown(std::string_view parameter) const;
  /// The date there, or `start` plus the duration there.
  [[nodiscard]] Time instant(std::string_view parameter, Time start) const;
  [[nodiscard]] const std::vector<double>& numbers(std::string_view parameter) const;
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view parameter) const;
  /// The section under that key; nullptr where it was left out.
  [[nodiscard]] const Spec* section(std::string_view parameter) const;
  /// The sections of the list or table under that key; empty where it was left out.
  [[nodiscard]] const std::vector<Spec>& sections(std::string_view parameter) const;
};

}  // namespace fleetrace::core
