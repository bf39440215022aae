#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/reader/load.hpp"
#include "sim/reader/sha256.hpp"
#include "sim/reader/yaml/node.hpp"

namespace fleetrace::reader {

/// A named case of a scenario, and the scenario that results.
struct LoadedCase {
  NamedCase about;
  scenario::Scenario scenario;
};

/// The warnings of a case that its base does not have, under its name.
[[nodiscard]] std::vector<core::Diagnostic> new_warnings(const LoadedCase& one, const scenario::Scenario& base);

/// A scenario and its named cases.
struct LoadedScenario {
  scenario::Scenario scenario;
  std::vector<LoadedCase> cases;  ///< in their order
};

/// The text of a scenario, parsed once. The scenario, its named cases and every change of it are made from the same tree, at a
/// cost that is proportional to their number.
class Document {
 public:
  /// Throws core::InputError if the text cannot be parsed.
  explicit Document(Source source);

  /// The scenario with some values changed. It and its named cases are checked. Throws core::InputError with everything that is
  /// wrong.
  [[nodiscard]] scenario::Scenario load(const std::vector<Override>& changes = {}) const;
  /// As load(), for a changed future of `base`: a case, or a point of a grid. It is measured against the C0 of that.
  [[nodiscard]] scenario::Scenario load_future(const scenario::Scenario& base,
                                               const std::vector<Override>& changes) const;
  /// As load(), with the named cases that were checked. They are futures of the scenario.
  [[nodiscard]] LoadedScenario load_with_cases(const std::vector<Override>& changes = {}) const;

 private:
  struct Draft;
  /// What a changed future takes from the scenario that it is a future of: C0, and how far dates go.
  struct Base {
    std::optional<fleet::Reference> yardstick;
    std::optional<core::Time> dates_until;
  };
  static Base base_of(const scenario::Scenario& scenario);
  template <class Take>
  [[nodiscard]] scenario::Scenario load(const std::vector<Override>& changes, const Base& base, const Take& take) const;
  static void change(Draft& draft, const std::vector<Override>& changes, core::Diagnostics& diagnostics);
  /// What `live` names must be there in a scenario as it is written; a change may take it away.
  enum class LivePaths { must_exist, may_be_lost };
  static scenario::Scenario read(Draft draft, const Base& base, LivePaths live, core::Diagnostics& diagnostics);
  void throw_if_any(core::Diagnostics& diagnostics, const scenario::Scenario& scenario) const;
  void quote_warnings(scenario::Scenario& scenario) const;
  [[nodiscard]] scenario::Scenario read_case(const Draft& whole, const Base& base,
                                             const std::vector<Override>& changes) const;

  Source source_;
  Node root_;
  core::Diagnostics findings_;  ///< findings about the YAML that do not prevent reading it
  Sha256 hash_;                 ///< hash of the text
};

}  // namespace fleetrace::reader
