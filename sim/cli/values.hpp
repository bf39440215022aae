#pragma once

#include "fleetrace/core/parameter.hpp"
#include "sim/cli/options.hpp"
#include "sim/core/units/currency.hpp"

/// Option values that are quantities, checked against a parameter as a scenario's keys are.
namespace fleetrace::cli {

/// What is wrong with a command line, collected so that all of it is told at once.
class UsageProblems {
 public:
  void add(std::string problem) { problems_.push_back(std::move(problem)); }
  /// What `read` returns; where it throws UsageError that is kept, and something of the same type stands in.
  template <class Read>
  [[nodiscard]] auto collect(Read read) {
    try {
      return read();
    } catch (const UsageError& error) {
      add(error.what());
      return decltype(read()){};
    }
  }
  /// Throws UsageError with all of them, a line each; nothing where there are none.
  void throw_any() const;

 private:
  std::vector<std::string> problems_;
};

/// Throws UsageError with what is wrong with the value of an option.
[[noreturn]] void refuse_value(std::string_view option, const core::QuantityProblem& problem);
/// The value of an option, in the parameter's base unit; money may be in `currency`, where one is declared. Throws UsageError naming
/// the option.
[[nodiscard]] double number_of(std::string_view option, const core::Parameter& parameter, std::string_view text,
                               const std::optional<core::Currency>& currency = {});
/// The values of an option that takes a list with commas; those of `otherwise` where the option is not given. Throws UsageError
/// naming the option.
[[nodiscard]] std::vector<double> numbers_of(const Options& options, std::string_view option,
                                             std::string_view otherwise, const core::Parameter& parameter);

}  // namespace fleetrace::cli
