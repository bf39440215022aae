#pragma once

#include <string>
#include <vector>

/// Names of inputs for people, beside which their paths stand.
namespace fleetrace::output::page {

/// A path as words: "budget of turtle" for strategies.turtle.budget, "power of site main" for sites.main.power, "price performance
/// doubling" for hardware.price_performance_doubling, "progress doubling" for progress.doubling.
[[nodiscard]] std::string input_label(const std::string& path);

/// The label with the path behind it: "budget of turtle (strategies.turtle.budget)".
[[nodiscard]] std::string labelled(const std::string& path);

/// A sentence with labels in the place of these paths.
[[nodiscard]] std::string in_labels(std::string text, std::vector<std::string> paths);

}  // namespace fleetrace::output::page
