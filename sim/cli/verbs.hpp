#pragma once

#include "sim/cli/verb.hpp"

namespace fleetrace::cli {

extern const Verb kCluster;
extern const Verb kCompare;
extern const Verb kCompletion;
extern const Verb kDiff;
extern const Verb kFrontier;
extern const Verb kInit;
extern const Verb kList;
extern const Verb kLive;
extern const Verb kMan;
extern const Verb kMerge;
extern const Verb kMilestones;
extern const Verb kMissing;
extern const Verb kOptimise;
extern const Verb kReport;
extern const Verb kRun;
extern const Verb kSchema;
extern const Verb kSensitivity;
extern const Verb kShow;
extern const Verb kSolve;
extern const Verb kSweep;
extern const Verb kTheory;
extern const Verb kValidate;
extern const Verb kWhatIf;

}  // namespace fleetrace::cli
