#pragma once

#include <string>

/// Names of inputs for people, beside which their paths stand.
namespace fleetrace::output::page {

/// A path as words: "budget of turtle" for strategies.turtle.budget, "power of site main" for sites.main.power, "hardware: price
/// performance doubling" for hardware.price_performance_doubling.
[[nodiscard]] std::string input_label(const std::string& path);

/// The label with the path behind it: "budget of turtle (strategies.turtle.budget)".
[[nodiscard]] std::string labelled(const std::string& path);

}  // namespace fleetrace::output::page
