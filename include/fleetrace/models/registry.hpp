#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/models/observation.hpp"

/// Models of one's own. A registered model stands in a scenario like a built-in one: by its name, with its own keys beside
/// those that every model of its family takes, checked by the loader, and in `list`, the JSON Schema and the reference.
///
/// Models are registered before the first scenario is loaded that names them, and stay until the program ends. Registering is
/// not safe while another thread loads or runs a scenario. Each register_...() throws std::invalid_argument for a name that is
/// taken or no word of a-z, 0-9 and _, for a missing function, and for keys that are not as ModelKeys says.
namespace fleetrace::models {

/// Thrown where a model of one's own returns what no model of its kind may return, such as a negative loss. The message names
/// the model and the place. It ends a run as a RunError and a study as a StudyError.
class ModelError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The keys of a model of one's own, kMostModelKeys at most. Each is a quantity of some dimension (Shape::quantity) or a rate of
/// doubling (Shape::growth) without words among its values, and has a default (`preset`) or is `required`.
using ModelKeys = std::vector<core::Parameter>;
inline constexpr std::size_t kMostModelKeys = 6;

/// The values of a model's own keys in one race: what the scenario says, or what the replication drew.
class ModelParameters {
 public:
  ModelParameters(const core::Entry& entry, std::span<const double> values) : entry_(&entry), values_(values) {}

  /// The value of a key in the base unit of its dimension (core::base_unit); durations in milliseconds, rates of doubling in
  /// doublings/yr. Throws std::out_of_range for a key that the model does not have.
  [[nodiscard]] double operator[](std::string_view key) const;

 private:
  const core::Entry* entry_;
  std::span<const double> values_;
};

/// A purchase strategy.
struct PurchaseModel {
  std::string name;     ///< its name in a scenario: `buy: NAME`
  std::string summary;  ///< one sentence, for lists
  ModelKeys keys = {};
  std::string scope = {};  ///< what the model leaves out
  /// Called at the start of the horizon and then at each review that it asked for, with what a strategy can know then. It
  /// decides by that alone, so that the same observation always gets the same decision; several threads may call it at a time.
  /// The next review is later than the present one by at least a millionth of the horizon.
  std::function<Decision(const ModelParameters& parameters, const Observation& seen)> review = {};
};
void register_purchase(PurchaseModel model);

/// A loss law: the relative loss that compute brings.
struct LossModel {
  std::string name;     ///< its name in a scenario: `loss: {model: NAME}`
  std::string summary;  ///< one sentence, for lists
  ModelKeys keys = {};
  std::string scope = {};  ///< what the model leaves out
  /// Loss relative to the reference at `ratio` = C/C0 >= 1, above 0 and never rising with the ratio; 1 at ratio 1 unless the
  /// reference is another law's. Loading a scenario probes it from 1 to 1e25. A pure function; several threads may call it.
  std::function<double(const ModelParameters& parameters, double ratio)> loss = {};
};
void register_loss(LossModel model);

/// A law of algorithmic progress.
struct ProgressModel {
  std::string name;     ///< its name in a scenario: `progress: {model: NAME}`
  std::string summary;  ///< one sentence, for lists
  ModelKeys keys = {};
  std::string scope = {};  ///< what the model leaves out
  /// What a FLOP achieves `years` after the start of the horizon over what it achieved then: 1 at 0, finite and above 0, and
  /// smooth. Its integral is taken by quadrature to 1e-10. A pure function; several threads may call it.
  std::function<double(const ModelParameters& parameters, double years)> multiplier = {};
};
void register_progress(ProgressModel model);

}  // namespace fleetrace::models
