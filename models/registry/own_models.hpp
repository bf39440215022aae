#pragma once

#include <deque>
#include <limits>

#include "fleetrace/models/loss.hpp"
#include "fleetrace/models/registry.hpp"
#include "models/progress/progress.hpp"
#include "models/purchase/purchase.hpp"

/// Registered models as entries of their families. They live as long as the program.
namespace fleetrace::models {

struct OwnPurchase : PurchaseEntry {
  PurchaseModel model;
};
struct OwnLoss : LossEntry {
  LossModel model;
};
struct OwnProgress : ProgressEntry {
  ProgressModel model;
};

/// What the entry of a model shows: its name, its summary, its scope, and its keys with all their texts kept. Throws
/// std::invalid_argument for a name that `family` has already and for what registry.hpp rules out.
[[nodiscard]] core::Entry own_entry(const core::Family& family, std::string_view name, std::string_view summary,
                                    const ModelKeys& keys, std::string_view scope);

/// Throws std::invalid_argument where two keys of a whole entry have the same name.
void require_unique_keys(const core::Entry& entry);

/// The values of a model's own keys, which are the first of its entry; NaN for a required one that is left out.
template <std::size_t size>
void take_values(const core::Spec& spec, std::size_t count, std::array<double, size>& coefficients) {
  static_assert(size >= kMostModelKeys);
  for (std::size_t i = 0; i < count; ++i) {
    const double* value = std::get_if<double>(&spec.values[i].data);
    coefficients[i] = value != nullptr ? *value : std::numeric_limits<double>::quiet_NaN();
  }
}

}  // namespace fleetrace::models
