#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <ostream>
#include <system_error>

#include "fleetrace/core/diagnostic.hpp"
#include "models/purchase/optimised.hpp"
#include "sim/api/resolved.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/folder/atomic_file.hpp"
#include "sim/output/folder/system_calls.hpp"
#include "sim/output/live/page.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::string_view kScenario = "hare-and-turtle";
constexpr std::string_view kFile = "live.html";

constexpr Option kOptions[] = {
    {"output", "FILE", "Write the page there, or to standard output for -. Default: live.html."},
};

constexpr std::string_view kHelp =
    R"(Writes one page that holds the whole engine, the scenario and the accelerators.
Any browser opens it from disk or from a web server; it asks nothing of any
server. Moving a control races the changed plan at once, beside the base. The
address of the page holds what was changed, so that a link shows another reader
the same. Without SCENARIO it is hare-and-turtle.

examples:
  fleetrace live
  fleetrace live capacity-what-if --output power.html
)";

/// Refuses strategies that optimise: the engine of the page solves no linear programmes.
void require_no_planner(const scenario::Scenario& scenario) {
  core::Diagnostics found;
  for (const core::Spec& each : scenario.root().sections("strategies")) {
    if (models::optimises(*each.entry) == models::Optimises::never) continue;
    found.add({each.where, "strategies." + each.name, "its purchases cannot be optimised in a page",
               "nothing in a browser solves linear programmes",
               "Leave it out, or take the plan.yaml that fleetrace optimize writes."});
  }
  found.throw_if_any();
}

/// The text of a scenario that needs no other file: its own, or the resolved one, which has the CSV files in it. Throws
/// core::InputError, since what cannot be raced makes no page.
std::string text_for_page(const reader::Source& source) {
  const scenario::Scenario scenario = reader::load_bytes(source.bytes, source.file);
  require_no_planner(scenario);
  try {
    (void)reader::load_bytes(source.bytes, "/no/such/folder/" + source.file);
    return source.bytes;
  } catch (const core::InputError&) {
    return fleetrace::to_yaml(scenario);
  }
}

/// Writes a file whole or not at all.
void write_page(const std::string& file, const std::string& html) {
  const std::filesystem::path path(file);
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  const int descriptor = output::open_at(AT_FDCWD, folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const int error = descriptor < 0 ? errno : output::write_atomically(descriptor, path.filename().string(), html);
  if (descriptor >= 0) (void)::close(descriptor);
  if (error != 0)
    throw std::runtime_error("cannot write " + core::printable(file) + ": " + std::generic_category().message(error) +
                             '.');
}

int live(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string name = options.operands().empty() ? std::string(kScenario) : only_operand(options, "SCENARIO");
  const std::string text = text_for_page(reader::read_source(name));
  if (!output::live::has_page())
    throw std::runtime_error(
        "this program was built without the live page, which takes emscripten. ./dev live installs it and builds anew.");
  const std::string html = output::live::page(text, name == "-" ? "scenario.yaml" : name);
  const std::string file = options.text("output", kFile);
  if (file == "-") {
    streams.out << html;
    return kDone;
  }
  write_page(file, html);
  streams.err << core::printable(file) << " is written. Any browser opens it.\n";
  return kDone;
}

}  // namespace

const Verb kLive{.name = "live",
                 .arguments = "[SCENARIO] [OPTION]...",
                 .summary = "write a page with the engine in it, to move the inputs by hand",
                 .help = kHelp,
                 .run = live,
                 .options = kOptions};

}  // namespace fleetrace::cli
