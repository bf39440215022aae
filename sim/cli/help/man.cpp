#include <cctype>
#include <ostream>
#include <sstream>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/version.hpp"
#include "sim/cli/help/help.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/core/text/wrap.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::size_t kWidth = 68;  ///< of source lines: escapes make them longer

// Of the last change of verbs and options, so that the same version has the same page everywhere.
constexpr std::string_view kDate = "2026-11-22";

constexpr std::string_view kHelp =
    R"(Prints the manual page as troff; packages install it as fleetrace(1).

examples:
  fleetrace man > fleetrace.1
)";

constexpr std::string_view kAbout =
    "fleetrace simulates fleets of accelerators over years: purchases, deliveries, hardware generations, power, failures, "
    "retirements and money. Purchase strategies race under the same releases, algorithmic progress and failures, and are "
    "judged by the loss that their effective compute buys. A SCENARIO is a YAML file, - for standard input, or the name of "
    "a scenario inside the program. Data go to standard output, everything else to standard error.";

struct Named {
  std::string_view name;
  std::string_view text;
};
constexpr Named kEnvironment[] = {
    {"NO_COLOR", "Set to anything but an empty text, it keeps colour out of the output of --color auto."},
    {"TERM", "There is no colour on a terminal that is dumb."},
};
constexpr Named kFiles[] = {
    {"DIR/report.html",
     "What --output DIR leaves for people: one page that any browser opens and that fetches nothing."},
    {"DIR/results.csv, DIR/results.json, DIR/results.xlsx, DIR/results.sqlite", "The numbers, for other programs."},
    {"DIR/manifest.json", "What was run: version, scenario, seed and arguments, and whether it was finished."},
    {"DIR/replications.journal", "Every finished replication of a study, so that it goes on where it was stopped."},
};

/// Text as troff prints it, sign for sign.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '\\': result += "\\e"; break;
      case '-': result += "\\-"; break;
      case '\'': result += "\\(aq"; break;
      case '"': result += "\\(dq"; break;
      case '`': result += "\\(ga"; break;
      case '^': result += "\\(ha"; break;
      case '~': result += "\\(ti"; break;
      default: result += c;
    }
  }
  if (!result.empty() && result.front() == '.') result.insert(0, "\\&");
  return result;
}

/// Filled text in source lines that a person can read.
std::string filled(std::string_view text) {
  std::string result;
  std::istringstream lines(core::wrapped(text, kWidth));
  for (std::string line; std::getline(lines, line);) result += escaped(line) + '\n';
  return result;
}

std::string heading(std::string_view name) { return ".SH " + std::string(name) + '\n'; }

/// A term and what it means.
std::string tagged(const std::string& term, std::string_view text) { return ".TP\n" + term + '\n' + filled(text); }

std::string bold(std::string_view text) { return "\\fB" + escaped(text) + "\\fR"; }

/// Lines that stay as they are, without their indentation.
std::string as_is(std::string_view text) {
  std::string result = ".nf\n";
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);)
    result += (line.substr(0, 2) == "  " ? escaped(line.substr(2)) : escaped(line)) + '\n';
  return result + ".fi\n";
}

/// Paragraphs, between empty lines, that are filled; indented lines stay as they are.
std::string paragraphs(std::string_view text) {
  std::string result;
  std::string paragraph;
  std::istringstream lines{std::string(text)};
  const auto end = [&] {
    if (!paragraph.empty()) result += ".PP\n" + filled(paragraph);
    paragraph.clear();
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) {
      end();
    } else if (line.substr(0, 2) == "  ") {
      end();
      result += ".PP\n" + as_is(line);
    } else {
      paragraph += (paragraph.empty() ? "" : " ") + line;
    }
  }
  end();
  return result;
}

std::string usage(const Verb& verb) {
  return bold("fleetrace " + std::string(verb.name)) +
         (verb.arguments.empty() ? std::string() : ' ' + escaped(verb.arguments));
}

std::string synopsis() {
  std::string text = heading("SYNOPSIS");
  bool is_first = true;
  for (const Verb* verb : verbs()) {
    text += (is_first ? "" : ".br\n") + usage(*verb) + '\n';
    is_first = false;
  }
  return text + ".br\n" + bold("fleetrace help") + " [VERB]\n.br\n" + bold("fleetrace --version") + '\n';
}

std::string verb_section(const Verb& verb) {
  std::string text = ".SS " + usage(verb) + '\n';
  std::string summary(verb.summary);
  summary.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(summary.front())));
  text += escaped(summary + '.') + '\n' + paragraphs(help_parts(verb).about);
  for (const Option& option : verb.options) {
    std::string term = bold("--" + std::string(option.name));
    if (!option.argument.empty()) term += " \\fI" + escaped(option.argument) + "\\fR";
    text += tagged(term, help_text(option));
  }
  return text;
}

std::string examples() {
  std::string lines;
  for (const Verb* verb : verbs()) lines += (lines.empty() ? "" : "\n") + std::string(help_parts(*verb).examples);
  return heading("EXAMPLES") + as_is(lines);
}

template <std::size_t Count>
std::string table(std::string_view name, const Named (&rows)[Count]) {
  std::string text = heading(name);
  for (const Named& row : rows) text += tagged(bold(row.name), row.text);
  return text;
}

std::string manual() {
  std::string text = ".\\\" Printed by: fleetrace man\n.TH FLEETRACE 1 " + std::string(kDate) + " \"fleetrace " +
                     std::string(core::version()) + "\" \"User Commands\"\n";
  text += heading("NAME") + "fleetrace \\- race purchase strategies for GPU fleets over years\n" + synopsis();
  text += heading("DESCRIPTION") + filled(kAbout) + heading("VERBS");
  for (const Verb* verb : verbs()) text += verb_section(*verb);
  text += heading("EXIT STATUS");
  for (const ExitCode& each : exit_codes()) text += tagged(bold(std::to_string(each.code)), each.meaning);
  text += table("ENVIRONMENT", kEnvironment) + table("FILES", kFiles) + examples();
  return text + heading("SEE ALSO") + escaped("fleetrace help VERB, fleetrace list format") + '\n';
}

int man(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options({}, arguments);
  if (!options.operands().empty())
    throw UsageError("man takes no operands: \"" + core::printable(options.operands().front()) + "\" is one too many.");
  streams.out << manual();
  return kDone;
}

}  // namespace

const Verb kMan{.name = "man", .arguments = "", .summary = "print the manual page as troff", .help = kHelp, .run = man};

}  // namespace fleetrace::cli
