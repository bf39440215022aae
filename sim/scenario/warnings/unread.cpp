#include <algorithm>
#include <array>

#include "sim/scenario/reference/says_default.hpp"
#include "sim/scenario/warnings/stated_values.hpp"
#include "sim/scenario/warnings/warnings.hpp"

namespace fleetrace::scenario {
namespace {

/// What no setup is made of: names, what the reader reads, and what studies and the live page do.
constexpr std::array<std::string_view, 7> kReadElsewhere = {"fleetrace", "name",  "description", "money",
                                                            "study",     "cases", "live"};

}  // namespace

void warn_of_unread(const core::Spec& root, const core::ReadLog& log, core::Diagnostics& warnings) {
  each_stated(root, [&](const StatedValue& stated) {
    const bool is_top = &stated.section == &root;
    if (is_top &&
        std::find(kReadElsewhere.begin(), kReadElsewhere.end(), stated.parameter.name) != kReadElsewhere.end())
      return false;
    if (log.has(stated.parameter, stated.value)) return true;
    if (says_default(stated.parameter, stated.value)) return false;
    const bool is_model = stated.family != nullptr && !stated.family->selector.empty();
    warnings.add({stated.value.where, stated.path, "it changes nothing",
                  is_model ? std::string(stated.family->selector) + ": " + std::string(stated.section.entry->name) +
                                 " does not read it here"
                           : "nothing reads it beside what else is stated",
                  "Leave it out, or state what it belongs to."});
    return false;
  });
}

}  // namespace fleetrace::scenario
