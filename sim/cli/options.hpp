#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/scenario/load.hpp"

/// Command lines, parsed strictly: options are never guessed from a beginning, values are read whole or refused.
namespace fleetrace::cli {

/// A command line that makes no sense; exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One long option of a verb.
struct Option {
  std::string_view name;  ///< without the dashes
  std::string_view
      argument;           ///< what help calls its value; empty for a flag. Completion knows DIR, PATH=... and STRATEGY
  std::string_view help;  ///< "{}" stands for the words of `values`; see help_text
  bool repeatable = false;
  /// The words that it takes, the default first; null where it takes other values.
  std::vector<std::string_view> (*values)() = nullptr;
};

/// The help of an option with its words in the place of "{}": "table, csv or json. Default: table."
[[nodiscard]] std::string help_text(const Option& option);

/// How data may be printed: table, csv, json, markdown.
[[nodiscard]] std::vector<std::string_view> formats();
/// Those, and jsonl.
[[nodiscard]] std::vector<std::string_view> formats_with_lines();
/// auto, always, never.
[[nodiscard]] std::vector<std::string_view> whens();

inline constexpr Option kFormatOption{"format", "FORMAT", "{}. Default: table.", false, formats};

/// What was given, by option name, and the operands in their order.
class Options {
 public:
  [[nodiscard]] bool has(std::string_view name) const { return given_.find(name) != given_.end(); }
  /// The option of that name, or nullptr where the verb takes none.
  [[nodiscard]] const Option* known(std::string_view name) const;
  /// Every value of a repeatable option, in the order given.
  [[nodiscard]] const std::vector<std::string>& all(std::string_view name) const;
  /// The value of an option, or `otherwise`.
  [[nodiscard]] std::string text(std::string_view name, std::string_view otherwise) const;
  [[nodiscard]] const std::vector<std::string>& operands() const { return operands_; }

 private:
  friend Options parse_options(std::span<const Option> known, const std::vector<std::string>& arguments);
  std::span<const Option> known_;
  std::map<std::string, std::vector<std::string>, std::less<>> given_;
  std::vector<std::string> operands_;
};

/// Throws UsageError for unknown options (with a suggestion), missing or superfluous values, and options given twice.
/// `--` ends the options; `-` alone is an operand. `known` must outlive the result.
[[nodiscard]] Options parse_options(std::span<const Option> known, const std::vector<std::string>& arguments);

/// The single operand that a verb demands. Throws UsageError where there is none, or more than one.
[[nodiscard]] const std::string& only_operand(const Options& options, std::string_view what);

/// The value of an option that takes one of a few words; `otherwise`, or the first of them, where it is left out. Throws
/// UsageError with a suggestion for others.
[[nodiscard]] std::string choice(const Options& options, std::string_view name, std::string_view otherwise = {});

/// `--seed`: 0 to 2^32 - 1, 1 where it is left out. Throws UsageError for anything else.
[[nodiscard]] std::uint32_t seed(const Options& options);

/// `--replication`: likewise, 0 where it is left out.
[[nodiscard]] std::uint32_t replication(const Options& options);

/// `--set path=value`, in the order given. Throws UsageError where the equals sign or the path is missing.
[[nodiscard]] std::vector<scenario::Override> overrides(const Options& options);

}  // namespace fleetrace::cli
