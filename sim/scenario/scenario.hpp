#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "models/hardware/hardware.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::scenario {

/// A whole scenario, in which every key is valid by itself. check() in sim/scenario/resolve/resolve.hpp tells whether the keys
/// go together, and resolve() there makes the setups of its strategies.
class Scenario {
 public:
  using Setups = std::vector<fleet::StrategySetup>;

  /// An empty scenario, to be assigned to.
  Scenario() = default;
  /// `root` is a section of scenario_entry().
  explicit Scenario(core::Spec root) : root_(std::move(root)) {}

  [[nodiscard]] const std::string& name() const { return root_.text("name"); }
  /// All values of the scenario.
  [[nodiscard]] const core::Spec& root() const { return root_; }
  /// All values, for changing them. The scenario forgets the setups that it keeps.
  [[nodiscard]] core::Spec& edit() {
    setups_.reset();
    return root_;
  }

  /// The setups of the strategies at the medians of the inputs, if check() has made them and nothing was changed since; else
  /// null. Copies of a scenario share them.
  [[nodiscard]] const std::shared_ptr<const Setups>& setups() const { return setups_; }
  void keep(std::shared_ptr<const Setups> setups) { setups_ = std::move(setups); }

  /// C0 of the scenario as it was read, inputs at their medians, or that of the base it is a changed future of. Whatever is
  /// drawn, set or altered in it later is measured against that. None before check() has found it.
  [[nodiscard]] const std::optional<fleet::Reference>& yardstick() const { return yardstick_; }
  /// Measures against another scenario's C0 from here on. The scenario forgets the setups that it keeps.
  void measure_against(const std::optional<fleet::Reference>& yardstick) {
    setups_.reset();
    yardstick_ = yardstick;
  }

  /// Where this is a changed future of a scenario, the end of that one's horizon, for which dates were written: what they name from an
  /// earlier end until then does not happen.
  std::optional<core::Time> dates_until;
  std::string
      sha256;  ///< hash of the text and its changes, hexadecimal; empty if the scenario was not read from a text
  std::shared_ptr<const models::AcceleratorCatalog> catalog;  ///< the accelerators that can be named
  std::vector<core::Diagnostic>
      warnings;  ///< what is valid, and yet may not be meant: slips, options that nothing reads

 private:
  core::Spec root_;
  std::shared_ptr<const Setups> setups_;
  std::optional<fleet::Reference> yardstick_;
};

/// The entry of the top level of a scenario: the keys that a scenario file takes.
[[nodiscard]] const core::Entry& scenario_entry();

/// Whether a strategy may change the top-level section of that name for itself, by its key `with`.
[[nodiscard]] bool may_differ_by_strategy(std::string_view section);

/// Whether a strategy may believe that section to be other than it is, by its key `believes`.
[[nodiscard]] bool may_be_believed(std::string_view section);

/// Whether values in the top-level section of that name may be distributions. What all replications of a study share may not.
[[nodiscard]] bool may_be_uncertain(std::string_view section);

/// The scenario `base` with the changes of one strategy, null where it has none. Sections and tables are merged key by key; a section
/// of another model and a list replace what stands there. A value that is absent in `changes` stays as it is in `base`. The result
/// has neither strategies nor cases: with all others in the world of each, cost would grow with the square of their number.
[[nodiscard]] core::Spec merged(const core::Spec& base, const core::Spec* changes);

/// The value at a path such as `strategies.turtle.budget`, `hardware.then.cadence` or `initial_fleet.0.count`; null if there is
/// no such value. A growth rate is found under either of its two keys.
[[nodiscard]] const core::Value* find(const Scenario& scenario, std::string_view path);

/// Replaces one scalar, as in `set(s, "strategies.turtle.budget", "3e9 USD")`. The text is read as the parameter demands.
/// Throws core::InputError, which names the path, if the path does not exist or the text is not valid.
void set(Scenario& scenario, std::string_view path, std::string_view text);

}  // namespace fleetrace::scenario
