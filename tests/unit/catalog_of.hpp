#pragma once

#include <map>
#include <string>

#include "models/hardware/hardware.hpp"
#include "spec_of.hpp"

namespace fleetrace::test {

/// A small catalog with round numbers.
class Catalog : public models::AcceleratorCatalog {
 public:
  void add(const char* name, const char* released, const char* bf16, const char* power, const char* price,
           const char* priced) {
    accelerators_[name] = spec_of(*models::accelerator_family().entries[0], {{"fleetrace_accelerator", "1"},
                                                                             {"name", name},
                                                                             {"vendor", "X"},
                                                                             {"released", released},
                                                                             {"bf16", bf16},
                                                                             {"tdp", power},
                                                                             {"server_power", power},
                                                                             {"average_draw", "0.75"},
                                                                             {"price", price},
                                                                             {"priced", priced}});
  }
  core::Spec& at(const std::string& name) { return accelerators_.at(name); }

  [[nodiscard]] const core::Spec* find(std::string_view name) const override {
    const auto found = accelerators_.find(std::string(name));
    return found == accelerators_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] std::vector<std::string_view> names() const override {
    std::vector<std::string_view> all;
    for (const auto& [name, spec] : accelerators_) all.emplace_back(name);
    return all;
  }

 private:
  std::map<std::string, core::Spec> accelerators_;
};

inline Catalog three_accelerators() {
  Catalog catalog;
  catalog.add("A100", "2020-05-14", "312 TFLOP/s", "800 W", "15000 USD", "2020-05-14");
  catalog.add("H100", "2022-09-20", "989.4 TFLOP/s", "1275 W", "36742 USD", "2022-07-01");
  catalog.add("GB300", "2025-08-01", "2500 TFLOP/s", "2000 W", "40000 USD", "2025-09-01");
  return catalog;
}

}  // namespace fleetrace::test
