#include "sim/cli/verbs.hpp"

namespace fleetrace::cli {
namespace {

// In the order in which help shows them. One line a verb.
constexpr const Verb* kVerbs[] = {
    &kRun,  &kCompare,    &kWhatIf, &kSolve,    &kOptimise, &kSweep,      &kSensitivity, &kDiff,
    &kLive, &kReport,     &kMerge,  &kMissing,  &kCluster,  &kInit,       &kValidate,    &kShow,
    &kList, &kMilestones, &kTheory, &kFrontier, &kSchema,   &kCompletion, &kMan,
};

}  // namespace

std::span<const Verb* const> verbs() { return kVerbs; }

}  // namespace fleetrace::cli
