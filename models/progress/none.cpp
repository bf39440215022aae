#include "models/progress/progress_entries.hpp"

namespace fleetrace::models {
namespace {

double one(const ProgressLaw&, double) { return 1; }
double elapsed(const ProgressLaw&, double from, double to) { return to - from; }

}  // namespace

const ProgressEntry kNoProgress{
    core::Entry{
        .name = "none",
        .summary = "Algorithms stay as they are: A(t) = 1.",
        .parameters = with_adoptions({}),
        .scope = "The classical, time-blind view: a FLOP of the last year counts as much as one of the first.",
    },
    [](const core::Spec& spec) {
      ProgressLaw law;
      law.value = one;
      law.integral_of = elapsed;
      law.steady = 0;
      resolve_limit(spec, law);
      return law;
    }};

}  // namespace fleetrace::models
