#include "sim/cli/warnings.hpp"

#include <ostream>

#include "sim/core/text/excerpt.hpp"

namespace fleetrace::cli {

void print_findings(const std::vector<core::Diagnostic>& findings, const Streams& streams) {
  for (const core::Diagnostic& each : findings)
    streams.err << core::to_string(each) << '\n' << core::excerpt(each, streams.width);
}

void print_warnings(const std::vector<core::Diagnostic>& warnings, const Options& options, const Streams& streams) {
  if (!options.has("quiet")) print_findings(warnings, streams);
}

}  // namespace fleetrace::cli
