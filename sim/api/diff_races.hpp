#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/api/diff_study.hpp"
#include "sim/scenario/reference/differences.hpp"

/// The races between two sides of a difference; private to the facade.
namespace fleetrace {

/// A figure of one race that outcomes are made of.
struct Figure {
  std::string metric;
  std::string unit;
  bool is_date = false;
  std::optional<double> value;
};

/// The figures of each strategy, by name.
struct Raced {
  std::vector<std::pair<std::string, std::vector<Figure>>> strategies;
  std::string problem;  ///< why it could not be raced; empty where it was
  double reference = 0;
  core::Time start;

  /// The figures of that strategy; null where it did not race.
  [[nodiscard]] const std::vector<Figure>* of(const std::string& strategy) const;
  /// The figure that an outcome is about; none where the race has none.
  [[nodiscard]] std::optional<double> value(const OutcomeChange& outcome) const;
};

/// The two sides, what differs between them, and the races between them.
class Between {
 public:
  Between(DiffSide a, DiffSide b);

  [[nodiscard]] Raced race_a() const;
  /// Dates of targets are counted from `zero`.
  [[nodiscard]] Raced race_b(core::Time zero) const;
  /// A with one change alone, or B without it.
  [[nodiscard]] Raced race_between(std::size_t input, bool from_a, core::Time zero) const;

  std::vector<InputChange> inputs;
  std::vector<std::size_t> raced_inputs;  ///< Indices of `inputs`.

 private:
  void add_draw(std::string path, std::string before, std::string after);

  DiffSide a_;
  DiffSide b_;
  std::vector<scenario::Difference> differences_;
  std::vector<const scenario::Difference*> changes_;  ///< Of the inputs; null where the draw differs.
};

}  // namespace fleetrace
