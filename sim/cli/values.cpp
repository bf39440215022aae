#include "sim/cli/values.hpp"

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/schema/read_value.hpp"

namespace fleetrace::cli {
namespace {

/// More values of one option than this are taken for a mistake: the table would have millions of rows.
constexpr std::size_t kMostValues = 1000;

}  // namespace

void UsageProblems::throw_any() const {
  if (problems_.empty()) return;
  std::string text;
  for (const std::string& problem : problems_) text += (text.empty() ? "" : "\nfleetrace: ") + problem;
  throw UsageError(text);
}

void refuse_value(std::string_view option, const core::QuantityProblem& problem) {
  throw UsageError("--" + std::string(option) + ": " + core::printable(problem.problem) +
                   (problem.reason.empty() ? "" : " (" + core::printable(problem.reason) + ')') + '.' +
                   (problem.suggestion.empty() ? "" : ' ' + core::printable(problem.suggestion)));
}

double number_of(std::string_view option, const core::Parameter& parameter, std::string_view text,
                 const std::optional<core::Currency>& currency) {
  auto read = core::read_value(parameter, parameter.name, text, false, currency);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&read)) refuse_value(option, *problem);
  return std::get<double>(std::get<core::Value>(read).data);
}

std::vector<double> numbers_of(const Options& options, std::string_view option, std::string_view otherwise,
                               const core::Parameter& parameter) {
  const std::string text = options.text(option, otherwise);
  std::vector<double> values;
  UsageProblems problems;
  std::string_view rest = text;
  while (true) {
    if (values.size() == kMostValues) {
      throw UsageError("--" + std::string(option) + " has more than " + std::to_string(kMostValues) + " values.");
    }
    const std::size_t comma = rest.find(',');
    values.push_back(problems.collect([&] { return number_of(option, parameter, rest.substr(0, comma)); }));
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  problems.throw_any();
  return values;
}

}  // namespace fleetrace::cli
