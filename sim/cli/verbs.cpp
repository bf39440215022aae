#include "verbs.hpp"

namespace fleetrace::cli {
namespace {

// In the order in which help shows them. One line a verb.
constexpr const Verb* kVerbs[] = {
    &kRun, &kCompare, &kSweep, &kSensitivity, &kValidate, &kShow, &kSchema, &kList, &kMilestones, &kTheory,
};

}  // namespace

std::span<const Verb* const> verbs() { return kVerbs; }

}  // namespace fleetrace::cli
