#pragma once

#include <cstdint>

#include "sim/engine/simulation.hpp"

/// Names of the engine floor, for its tests.
namespace fleetrace::test {

using core::Time;
using engine::Calendar;
using engine::EndlessInstant;
using engine::Event;
using engine::EventId;
using engine::Flow;
using engine::kClosingRound;
using engine::Phase;
using engine::run;
using engine::RunResult;
using engine::StopReason;

inline Time at(std::int64_t milliseconds) { return Time::from_milliseconds(milliseconds); }

}  // namespace fleetrace::test
