#pragma once

/// Everything that a program needs of fleetrace, a simulator of GPU fleets over years:
///
///   auto scenario = fleetrace::load("hare-and-turtle");
///   scenario.set("strategies.turtle.budget", "3e9 USD");
///   const fleetrace::RunResult run = fleetrace::run(scenario, {.seed = 1});
///   const double loss = run["turtle"].final.relative_loss;
///
/// Values go in and values come out. Nothing prints, ends the program or reads the environment. What a call throws is named
/// beside it; everything that the library throws is a std::exception. Calls may be made from several threads at a time, but for
/// registering models.
#include "fleetrace/core/version.hpp"
#include "fleetrace/diff.hpp"
#include "fleetrace/fit.hpp"
#include "fleetrace/fleet/metric.hpp"
#include "fleetrace/models/registry.hpp"
#include "fleetrace/optimize.hpp"
#include "fleetrace/plan.hpp"
#include "fleetrace/run.hpp"
#include "fleetrace/scenario.hpp"
#include "fleetrace/study.hpp"
#include "fleetrace/theory.hpp"

namespace fleetrace {

using fleet::add_objective;
using fleet::Objective;
using models::Decision;
using models::LossModel;
using models::ModelParameters;
using models::Observation;
using models::ProgressModel;
using models::PurchaseModel;
using models::register_loss;
using models::register_progress;
using models::register_purchase;

}  // namespace fleetrace
