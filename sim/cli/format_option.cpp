#include "sim/cli/format_option.hpp"

namespace fleetrace::cli {

void refuse_binary(const Options& options, const std::string& format) {
  std::string text = "--format " + format + " is a file, which a terminal cannot show. Send it into one: --format " +
                     format + " > results." + format + ".";
  if (options.known("output") != nullptr) text += " --output DIR leaves results." + format + " in any case.";
  throw UsageError(text);
}

}  // namespace fleetrace::cli
