#pragma once

#include <vector>

#include "fleetrace/core/parameter.hpp"

namespace fleetrace::models {

/// A family whose entries are those of the library and, among them by name, those that were registered. Whoever holds a
/// reference to family() sees every entry.
class GrowingFamily {
 public:
  /// `built_in` names its entries in the order of their names.
  explicit GrowingFamily(const core::Family& built_in);
  GrowingFamily(const GrowingFamily&) = delete;
  GrowingFamily& operator=(const GrowingFamily&) = delete;
  GrowingFamily(GrowingFamily&&) = delete;
  GrowingFamily& operator=(GrowingFamily&&) = delete;
  ~GrowingFamily() = default;

  [[nodiscard]] const core::Family& family() const { return family_; }
  /// Adds an entry that outlives the family and has a name of its own.
  void add(const core::Entry& entry);

 private:
  std::vector<const core::Entry*> entries_;
  core::Family family_;
};

/// The families that can grow.
[[nodiscard]] GrowingFamily& purchase_models();
[[nodiscard]] GrowingFamily& loss_models();
[[nodiscard]] GrowingFamily& progress_models();

}  // namespace fleetrace::models
