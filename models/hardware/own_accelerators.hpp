#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/hardware/hardware.hpp"

/// Accelerators that a scenario describes itself.
namespace fleetrace::models {

/// One accelerator of a scenario: the keys of the catalog, as plain values, and where they come from.
[[nodiscard]] const core::Family& own_accelerator_family();

/// The accelerators of a scenario over those of the catalog. What is stated of a name that the catalog has changes only these
/// numbers; a new name takes the others from the one that it is `like`, or states them.
class OwnAccelerators : public AcceleratorCatalog {
 public:
  /// `own` are sections of own_accelerator_family() by name. Both must outlive it; there may be no catalog.
  OwnAccelerators(const std::vector<core::Spec>& own, const AcceleratorCatalog* catalog);

  /// Adds a diagnostic for whatever an accelerator lacks, and for what contradicts itself. `path` is that of the table.
  void check(const std::string& path, core::Diagnostics& diagnostics) const;

  [[nodiscard]] const core::Spec* find(std::string_view name) const override;
  [[nodiscard]] std::vector<std::string_view> names() const override;
  [[nodiscard]] bool is_stated(std::string_view name, std::string_view key) const override;

 private:
  struct Made {
    const core::Spec* own = nullptr;
    const core::Spec* base = nullptr;  ///< that it begins with; null where it states all
    core::Spec spec;                   ///< of accelerator_family()
    bool is_whole = false;             ///< whether it lacks nothing
  };

  [[nodiscard]] const core::Spec* of_catalog(std::string_view name) const {
    return catalog_ == nullptr ? nullptr : catalog_->find(name);
  }
  void make(const core::Spec& own, const core::Spec* base);
  void check_one(const Made& made, const std::string& path, core::Diagnostics& diagnostics) const;
  void check_base(const Made& made, const std::string& path, core::Diagnostics& diagnostics) const;

  const AcceleratorCatalog* catalog_;
  std::map<std::string, Made, std::less<>> made_;
};

}  // namespace fleetrace::models
