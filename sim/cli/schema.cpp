#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/scenario/reference/json_schema.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::string_view kHelp =
    R"(Editors that know the YAML language server check a scenario while it is typed,
complete its keys and show what they mean, if its first line names the schema:

  # yaml-language-server: $schema=fleetrace.schema.json

Ranges of values with units, and combinations, are found by fleetrace validate.

examples:
  fleetrace schema > fleetrace.schema.json
)";

int schema(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options({}, arguments);
  if (!options.operands().empty())
    throw UsageError("schema takes no operand: \"" + core::printable(options.operands().front()) +
                     "\" is one too many.");
  streams.out << scenario::json_schema();
  return kDone;
}

}  // namespace

const Verb kSchema{"schema", "", "print the JSON Schema of scenario files, for editors", kHelp, schema};

}  // namespace fleetrace::cli
