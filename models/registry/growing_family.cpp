#include "models/registry/growing_family.hpp"

#include <algorithm>

namespace fleetrace::models {

GrowingFamily::GrowingFamily(const core::Family& built_in)
    : entries_(built_in.entries.begin(), built_in.entries.end()), family_(built_in) {
  family_.entries = entries_;
}

void GrowingFamily::add(const core::Entry& entry) {
  const auto place = std::lower_bound(entries_.begin(), entries_.end(), entry.name,
                                      [](const core::Entry* each, std::string_view name) { return each->name < name; });
  entries_.insert(place, &entry);
  family_.entries = entries_;
}

}  // namespace fleetrace::models
