#pragma once

#include <string>
#include <vector>

/// Names of inputs for people, beside or beneath which their paths stand.
namespace fleetrace::output {

/// A path as words: "budget of turtle" for strategies.turtle.budget, "power of site main" for sites.main.power, "price performance
/// doubling" for hardware.price_performance_doubling, "progress doubling" for progress.doubling.
[[nodiscard]] std::string input_label(const std::string& path);

/// The labels of several inputs; those that two of them would share are their paths.
[[nodiscard]] std::vector<std::string> input_labels(const std::vector<std::string>& paths);

/// The label with the path behind it: "budget of turtle (strategies.turtle.budget)".
[[nodiscard]] std::string labelled(const std::string& path);

}  // namespace fleetrace::output
