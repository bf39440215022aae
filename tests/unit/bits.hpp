#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"
#include "sim/fleet/accounting/trajectory.hpp"
#include "sim/fleet/results/outcome.hpp"

/// Values as their bits, field by field, so that two of them can be compared for being the same to the last bit. All fields of
/// an aggregate are found by the compiler: one that is added to a type later is compared without a line here.
namespace fleetrace::test {

/// Stands for a field of any type where an aggregate's fields are counted.
struct AnyField {
  template <class Field>
  operator Field() const;
};

template <class Aggregate, class... Fields>
consteval std::size_t field_count() {
  if constexpr (requires { Aggregate{Fields{}..., AnyField{}}; }) {
    return field_count<Aggregate, Fields..., AnyField>();
  } else {
    return sizeof...(Fields);
  }
}

// clang-format off
#define FLEETRACE_FIELDS_1 f1
#define FLEETRACE_FIELDS_2 FLEETRACE_FIELDS_1, f2
#define FLEETRACE_FIELDS_3 FLEETRACE_FIELDS_2, f3
#define FLEETRACE_FIELDS_4 FLEETRACE_FIELDS_3, f4
#define FLEETRACE_FIELDS_5 FLEETRACE_FIELDS_4, f5
#define FLEETRACE_FIELDS_6 FLEETRACE_FIELDS_5, f6
#define FLEETRACE_FIELDS_7 FLEETRACE_FIELDS_6, f7
#define FLEETRACE_FIELDS_8 FLEETRACE_FIELDS_7, f8
#define FLEETRACE_FIELDS_9 FLEETRACE_FIELDS_8, f9
#define FLEETRACE_FIELDS_10 FLEETRACE_FIELDS_9, f10
#define FLEETRACE_FIELDS_11 FLEETRACE_FIELDS_10, f11
#define FLEETRACE_FIELDS_12 FLEETRACE_FIELDS_11, f12
#define FLEETRACE_FIELDS_13 FLEETRACE_FIELDS_12, f13
#define FLEETRACE_FIELDS_14 FLEETRACE_FIELDS_13, f14
#define FLEETRACE_FIELDS_15 FLEETRACE_FIELDS_14, f15
#define FLEETRACE_FIELDS_16 FLEETRACE_FIELDS_15, f16
#define FLEETRACE_FIELDS_17 FLEETRACE_FIELDS_16, f17
#define FLEETRACE_FIELDS_18 FLEETRACE_FIELDS_17, f18
#define FLEETRACE_FIELDS_19 FLEETRACE_FIELDS_18, f19
#define FLEETRACE_FIELDS_20 FLEETRACE_FIELDS_19, f20
#define FLEETRACE_FIELDS_21 FLEETRACE_FIELDS_20, f21
#define FLEETRACE_FIELDS_22 FLEETRACE_FIELDS_21, f22
#define FLEETRACE_FIELDS_23 FLEETRACE_FIELDS_22, f23
#define FLEETRACE_FIELDS_24 FLEETRACE_FIELDS_23, f24
#define FLEETRACE_FIELDS_25 FLEETRACE_FIELDS_24, f25
#define FLEETRACE_FIELDS_26 FLEETRACE_FIELDS_25, f26
#define FLEETRACE_FIELDS_27 FLEETRACE_FIELDS_26, f27
#define FLEETRACE_FIELDS_28 FLEETRACE_FIELDS_27, f28
#define FLEETRACE_FIELDS_29 FLEETRACE_FIELDS_28, f29
#define FLEETRACE_FIELDS_30 FLEETRACE_FIELDS_29, f30
#define FLEETRACE_FIELDS_31 FLEETRACE_FIELDS_30, f31
#define FLEETRACE_FIELDS_32 FLEETRACE_FIELDS_31, f32
#define FLEETRACE_FIELDS_33 FLEETRACE_FIELDS_32, f33
#define FLEETRACE_FIELDS_34 FLEETRACE_FIELDS_33, f34
#define FLEETRACE_FIELDS_35 FLEETRACE_FIELDS_34, f35
#define FLEETRACE_FIELDS_36 FLEETRACE_FIELDS_35, f36
#define FLEETRACE_FIELDS_37 FLEETRACE_FIELDS_36, f37
#define FLEETRACE_FIELDS_38 FLEETRACE_FIELDS_37, f38
#define FLEETRACE_FIELDS_39 FLEETRACE_FIELDS_38, f39
#define FLEETRACE_FIELDS_40 FLEETRACE_FIELDS_39, f40
#define FLEETRACE_FIELDS_41 FLEETRACE_FIELDS_40, f41
#define FLEETRACE_FIELDS_42 FLEETRACE_FIELDS_41, f42
#define FLEETRACE_FIELDS_43 FLEETRACE_FIELDS_42, f43
#define FLEETRACE_FIELDS_44 FLEETRACE_FIELDS_43, f44
#define FLEETRACE_FIELDS_45 FLEETRACE_FIELDS_44, f45
#define FLEETRACE_FIELDS_46 FLEETRACE_FIELDS_45, f46
#define FLEETRACE_FIELDS_47 FLEETRACE_FIELDS_46, f47
#define FLEETRACE_FIELDS_48 FLEETRACE_FIELDS_47, f48
// clang-format on

/// Calls `visit` with each field of an aggregate, in their order.
template <class Aggregate, class Visit>
void each_field(const Aggregate& value, const Visit& visit) {
  constexpr std::size_t kFields = field_count<Aggregate>();
  static_assert(kFields >= 1 && kFields <= 48, "write longer lists of names above");
#define FLEETRACE_BIND(n)                                                  \
  if constexpr (kFields == n) {                                            \
    const auto& [FLEETRACE_FIELDS_##n] = value;                            \
    const auto all = [&](const auto&... fields) { (visit(fields), ...); }; \
    all(FLEETRACE_FIELDS_##n);                                             \
  }
  // clang-format off
  FLEETRACE_BIND(1) FLEETRACE_BIND(2) FLEETRACE_BIND(3) FLEETRACE_BIND(4) FLEETRACE_BIND(5)
  FLEETRACE_BIND(6) FLEETRACE_BIND(7) FLEETRACE_BIND(8) FLEETRACE_BIND(9) FLEETRACE_BIND(10)
  FLEETRACE_BIND(11) FLEETRACE_BIND(12) FLEETRACE_BIND(13) FLEETRACE_BIND(14) FLEETRACE_BIND(15)
  FLEETRACE_BIND(16) FLEETRACE_BIND(17) FLEETRACE_BIND(18) FLEETRACE_BIND(19) FLEETRACE_BIND(20)
  FLEETRACE_BIND(21) FLEETRACE_BIND(22) FLEETRACE_BIND(23) FLEETRACE_BIND(24) FLEETRACE_BIND(25)
  FLEETRACE_BIND(26) FLEETRACE_BIND(27) FLEETRACE_BIND(28) FLEETRACE_BIND(29) FLEETRACE_BIND(30)
  FLEETRACE_BIND(31) FLEETRACE_BIND(32) FLEETRACE_BIND(33) FLEETRACE_BIND(34) FLEETRACE_BIND(35)
  FLEETRACE_BIND(36) FLEETRACE_BIND(37) FLEETRACE_BIND(38) FLEETRACE_BIND(39) FLEETRACE_BIND(40)
  FLEETRACE_BIND(41) FLEETRACE_BIND(42) FLEETRACE_BIND(43) FLEETRACE_BIND(44) FLEETRACE_BIND(45)
  FLEETRACE_BIND(46) FLEETRACE_BIND(47) FLEETRACE_BIND(48)
  // clang-format on
#undef FLEETRACE_BIND
}

/// The fields of an outcome: those of its result, as one value, and its own.
template <class Visit>
void each_field(const fleet::Outcome& value, const Visit& visit) {
  struct Twin : fleet::StrategyResult {
    std::vector<fleet::Cohort> cohorts;
    std::vector<fleet::Sample> checkpoints;
    fleet::SpendingRecord spending;
    fleet::Trajectory trajectory;
    std::uint64_t events;
    engine::StopReason stop_reason;
  };
  static_assert(sizeof(Twin) == sizeof(fleet::Outcome), "name the new field of the outcome here, too");
  visit(static_cast<const fleet::StrategyResult&>(value));
  visit(value.cohorts);
  visit(value.checkpoints);
  visit(value.spending);
  visit(value.trajectory);
  visit(value.events);
  visit(value.stop_reason);
}

/// Everything that a value says.
class Bits {
 public:
  template <class Value>
  explicit Bits(const Value& value) {
    add(value);
  }
  bool operator==(const Bits&) const = default;
  [[nodiscard]] std::size_t size() const { return words_.size(); }

 private:
  void add(double value) {
    std::uint64_t word = 0;
    std::memcpy(&word, &value, sizeof word);
    words_.push_back(word);
  }
  template <class Value>
  requires std::integral<Value> || std::is_enum_v<Value>
  void add(Value value) { words_.push_back(static_cast<std::uint64_t>(value)); }
  void add(core::Time value) { add(value.milliseconds()); }
  void add(core::Duration value) { add(value.milliseconds()); }
  void add(core::Money value) { add(value.micros()); }
  void add(const std::string& value) { add_all(value); }
  template <class Value>
  void add(const std::vector<Value>& values) {
    add_all(values);
  }
  template <class Value, std::size_t Size>
  void add(const std::array<Value, Size>& values) {
    add_all(values);
  }
  template <class Value>
  void add(const std::optional<Value>& value) {
    add(value.has_value());
    if (value) add(*value);
  }
  void add(const fleet::SpendingRecord& spending) {
    for (const core::Time at : spending.dates()) {
      add(at);
      add(spending.usd_at(at));
    }
  }
  void add(const fleet::Trajectory& trajectory) {
    add(trajectory.horizon());
    add(trajectory.segments());
  }
  template <class Value>
  requires std::is_aggregate_v<Value>
  void add(const Value& value) {
    each_field(value, [this](const auto& field) { this->add(field); });
  }

  template <class Values>
  void add_all(const Values& values) {
    add(values.size());
    for (const auto& value : values) add(value);
  }

  std::vector<std::uint64_t> words_;
};

}  // namespace fleetrace::test
