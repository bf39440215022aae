#include <ostream>

#include "sim/api/resolved.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/verbs.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {
    {"set", "PATH=VALUE", "Change one value of the scenario first. May be repeated.", true},
    kNoFilesOption,
};

constexpr std::string_view kHelp =
    R"(Prints YAML with every default filled in and marked by a comment that names its
source. It is a scenario itself and gives the same results.

examples:
  fleetrace show hare-and-turtle
  fleetrace show hare-and-turtle > my.yaml
  fleetrace show hare-and-turtle --set progress.doubling="1 yr"
)";

int show(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  streams.out << fleetrace::to_yaml(load_scenario(options, only_operand(options, "SCENARIO")));
  return kDone;
}

}  // namespace

const Verb kShow{"show",  "SCENARIO [OPTION]...", "print a scenario with every default filled in", kHelp, show,
                 kOptions};

}  // namespace fleetrace::cli
