#include <algorithm>
#include <exception>
#include <new>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/version.hpp"
#include "sim/cli/help/help.hpp"
#include "sim/cli/verb.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/output/folder/folder.hpp"
#include "sim/output/table/text.hpp"
#include "sim/study/affordable.hpp"
#include "sim/study/optimise/purchase_planner.hpp"

namespace fleetrace::cli {
namespace {

bool asks_for_help(const std::vector<std::string>& arguments) {
  const auto end_of_options = std::find(arguments.begin(), arguments.end(), "--");
  return std::any_of(arguments.begin(), end_of_options,
                     [](const auto& each) { return each == "--help" || each == "-h"; });
}

const Verb& verb_named(const std::string& name) {
  std::vector<std::string_view> names;
  for (const Verb* verb : verbs()) {
    if (verb->name == name) return *verb;
    names.push_back(verb->name);
  }
  names.emplace_back("help");
  const bool is_scenario = !reader::scenario_text(name).empty() || name.find(".yaml") != std::string::npos;
  if (is_scenario)
    throw UsageError("a verb comes first. Did you mean \"fleetrace run " + core::printable(name) + "\"?");
  throw UsageError("there is no verb \"" + core::printable(name) + "\". " + core::suggest(name, names));
}

int help(const std::vector<std::string>& topics, const Streams& streams) {
  if (topics.empty() || topics.front() == "help" || asks_for_help(topics)) {
    print_overview(streams.out);
  } else {
    print_help(verb_named(topics.front()), streams.out);
  }
  return kDone;
}

int dispatch(const std::vector<std::string>& arguments, const Streams& streams) {
  if (arguments.empty()) {
    print_overview(streams.err);
    return kUsage;
  }
  const std::string& first = arguments.front();
  const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  if (first == "help" || first == "--help" || first == "-h") return help(rest, streams);
  if (first == "--version" || first == "version") {
    streams.out << "fleetrace " << core::version() << " (" << core::git_hash() << ")\n";
    return kDone;
  }
  if (first.size() > 1 && first.front() == '-') {
    throw UsageError("a verb comes first, before \"" + core::printable(first) + "\", such as fleetrace run SCENARIO.");
  }
  const Verb& verb = verb_named(first);
  if (asks_for_help(rest)) {
    print_help(verb, streams.out);
    return kDone;
  }
  return verb.run(rest, streams);
}

void print_diagnostics(const core::InputError& error, const Streams& streams) {
  const std::vector<core::Diagnostic>& all = error.diagnostics();
  print_findings(all, streams);
  const auto warnings = std::count_if(all.begin(), all.end(), [](const auto& each) { return each.is_warning; });
  const auto errors = static_cast<std::ptrdiff_t>(all.size()) - warnings;
  if (all.size() < 2) return;
  streams.err << output::counted(errors, "error", "errors");
  if (warnings > 0) streams.err << ", " << output::counted(warnings, "warning", "warnings");
  streams.err << '\n';
}

/// The verb that the user meant, for "Try ...".
std::string help_command(const std::vector<std::string>& arguments) {
  for (const Verb* verb : verbs()) {
    if (!arguments.empty() && verb->name == arguments.front()) return "fleetrace help " + arguments.front();
  }
  return "fleetrace help";
}

}  // namespace

int run_program(const std::vector<std::string>& arguments, const Streams& streams) {
  study::provide_purchase_planner();
  try {
    return dispatch(arguments, streams);
  } catch (const UsageError& error) {
    streams.err << "fleetrace: " << error.what() << "\nSee " << help_command(arguments) << ".\n";
    return kUsage;
  } catch (const core::InputError& error) {
    print_diagnostics(error, streams);
    return kInvalidInput;
  } catch (const output::FolderBusy& error) {
    streams.err << "fleetrace: " << error.what() << '\n';
    return kBusy;
  } catch (const study::Unaffordable& error) {
    streams.err << "fleetrace: " << error.what() << ".\n";
    return kUsage;
  } catch (const std::bad_alloc&) {
    throw;  // What is in the streams by now is half of an answer, which only their owner can keep back.
  } catch (const std::logic_error& error) {
    streams.err << "fleetrace: this is a bug, please report it with the command and the scenario: " << error.what()
                << '\n';
  } catch (const std::exception& error) {
    streams.err << "fleetrace: " << error.what() << '\n';
  }
  return kFailed;
}

}  // namespace fleetrace::cli
