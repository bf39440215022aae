#pragma once

#include "sim/api/study_request.hpp"
#include "sim/core/text/json_writer.hpp"
#include "sim/output/json/json_reader.hpp"

namespace fleetrace::output {

/// Writes a study that was asked for as the next value. What was left to the scenario is left out. Numbers keep all of their digits.
void write_request(core::JsonWriter& json, const StudyRequest& request);
/// Reads what write_request() wrote. Throws BadResults.
[[nodiscard]] StudyRequest read_request(const JsonValue& from);

}  // namespace fleetrace::output
