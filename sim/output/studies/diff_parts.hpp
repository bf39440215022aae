#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/time.hpp"
#include "fleetrace/diff.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/table.hpp"

/// The parts of a difference for people; private to the output floor.
namespace fleetrace::output {

/// Whether it is one of the outcomes that the answer tells, and whose changes are told apart.
[[nodiscard]] bool is_leading(const OutcomeChange& outcome);

/// The outcome in words: "final loss", "loss 0.8 met".
[[nodiscard]] std::string words_of(const OutcomeChange& outcome);

/// How much it changed, "-3.1 %".
[[nodiscard]] std::string percent_text(const OutcomeChange& outcome);

/// How the values of one outcome are shown: all with the same unit and decimals.
class ShownOutcome {
 public:
  ShownOutcome(const Diff& diff, const OutcomeChange& outcome);

  [[nodiscard]] const std::string& unit() const { return scale_.unit; }
  [[nodiscard]] std::string value(double value) const;
  [[nodiscard]] Cell value_cell(const std::optional<double>& of) const;
  /// A change of it, with its sign.
  [[nodiscard]] std::string change(double by) const;
  [[nodiscard]] Cell change_cell(const std::optional<double>& of) const;

 private:
  [[nodiscard]] std::string number(double value) const;

  bool is_date_;
  core::Time zero_;
  Scale scale_;
};

/// The inputs that differ. Long values are cut.
[[nodiscard]] Table diff_inputs(const Diff& diff);
/// The outcomes that differ, without those that only programs have.
[[nodiscard]] Table diff_outcomes(const Diff& diff);
/// What each change brought to the leading outcomes, the largest first.
[[nodiscard]] Table diff_effects(const Diff& diff);

}  // namespace fleetrace::output
