#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/reader/load.hpp"

/// Command lines. They are parsed strictly: the first letters of an option do not stand for it, and a value is read as a whole
/// or refused.
namespace fleetrace::cli {

/// A command line that makes no sense; exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One long option of a verb.
struct Option {
  std::string_view name;  ///< name without the dashes
  /// What help calls its value; empty for a flag. Completion offers values for DIR, PATH=... and STRATEGY.
  std::string_view argument;
  std::string_view help;  ///< one paragraph, where "{}" stands for the words of `values`; see help_text
  bool repeatable = false;
  /// Returns the words that the option takes, the default first. Null for an option that takes other values.
  std::vector<std::string_view> (*values)() = nullptr;
  /// Sentences about those words, which help shows behind the rest; null where there are none.
  std::string (*notes)() = nullptr;
};

/// The whole help of an option, with its words in the place of "{}", such as "table, csv or json. Default: table."
[[nodiscard]] std::string help_text(const Option& option);

/// When something is shown on a terminal: auto, always or never.
[[nodiscard]] std::vector<std::string_view> whens();

/// The option list of a verb from groups of options, some its own and some that it shares with others, in the order in which
/// help shows them.
template <std::size_t... Sizes>
[[nodiscard]] constexpr std::array<Option, (Sizes + ...)> join_options(const Option (&... groups)[Sizes]) {
  std::array<Option, (Sizes + ...)> all;
  std::size_t next = 0;
  const auto append = [&](std::span<const Option> group) {
    for (const Option& option : group) all[next++] = option;
  };
  (append(groups), ...);
  return all;
}

/// The parsed command line of a verb: the values given, by option name, and the operands in their order.
class Options {
 public:
  [[nodiscard]] bool has(std::string_view name) const { return given_.find(name) != given_.end(); }
  /// The option of that name, or nullptr where the verb has no such option.
  [[nodiscard]] const Option* known(std::string_view name) const;
  /// Every value of a repeatable option, in the order given.
  [[nodiscard]] const std::vector<std::string>& all(std::string_view name) const;
  /// The value of an option, or `otherwise` where it is not given.
  [[nodiscard]] std::string text(std::string_view name, std::string_view otherwise) const;
  [[nodiscard]] const std::vector<std::string>& operands() const { return operands_; }

 private:
  friend Options parse_options(std::span<const Option> known, const std::vector<std::string>& arguments);
  std::span<const Option> known_;
  std::map<std::string, std::vector<std::string>, std::less<>> given_;
  std::vector<std::string> operands_;
};

/// Parses the arguments of a verb that has the options `known`, which must outlive the result. `--` ends the options; `-` alone
/// is an operand. Throws UsageError for unknown options (with a suggestion), missing or superfluous values, and options that
/// are given twice.
[[nodiscard]] Options parse_options(std::span<const Option> known, const std::vector<std::string>& arguments);

/// The single operand of a verb that takes exactly one, which help calls `what`. Throws UsageError for any other number.
[[nodiscard]] const std::string& only_operand(const Options& options, std::string_view what);

/// The value of an option that takes one of a few words. Where it is left out, `otherwise`, or the first word if `otherwise` is
/// empty. Throws UsageError with a suggestion for any other value.
[[nodiscard]] std::string choice(const Options& options, std::string_view name, std::string_view otherwise = {});

/// The value of `--seed`, from 0 to 2^32 - 1; 1 where it is left out. Throws UsageError for anything else.
[[nodiscard]] std::uint32_t seed(const Options& options);

/// The value of `--replication`, from 0 to 2^32 - 1; 0 where it is left out. Throws UsageError for anything else.
[[nodiscard]] std::uint32_t replication(const Options& options);

/// The changes of every `--set path=value`, in the order given. Throws UsageError where the equals sign or the path is missing.
[[nodiscard]] std::vector<reader::Override> set_overrides(const Options& options);
/// That of `--from`, which stands for horizon.from; none without it.
[[nodiscard]] std::vector<reader::Override> from_override(const Options& options);
/// Both: that of `--from`, then those of `--set`.
[[nodiscard]] std::vector<reader::Override> overrides(const Options& options);

/// The text of a scenario, which reads no files where `--no-files` is given.
[[nodiscard]] reader::Source source_of(const Options& options, const std::string& file_or_name);
/// The scenario of that name or file with the changes of overrides(). Throws core::InputError.
[[nodiscard]] scenario::Scenario load_scenario(const Options& options, const std::string& file_or_name);

}  // namespace fleetrace::cli
