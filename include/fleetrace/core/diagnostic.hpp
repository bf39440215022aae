#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// What is wrong with an input, said so that its author can mend it.
namespace fleetrace::core {

/// A place in an input. Lines and columns count from 1; 0 means that there is none (an option, a whole file).
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

/// One finding: `file:line:column: path: problem (reason). suggestion`.
struct Diagnostic {
  Location where;
  std::string path;        ///< such as `strategies.turtle.every`; empty for the whole input
  std::string problem;     ///< what is wrong, without a full stop
  std::string reason;      ///< why that is a problem; may be empty
  std::string suggestion;  ///< a whole sentence; may be empty
  std::string line = {};   ///< what stands in that line of the input; may be empty
};

[[nodiscard]] std::string to_string(const Diagnostic& diagnostic);

/// Thrown once per input, with everything that is wrong with it.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> diagnostics);
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// Collects findings while reading goes on.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic);
  [[nodiscard]] bool empty() const { return found_.empty(); }
  [[nodiscard]] std::size_t size() const { return found_.size(); }
  /// In the order in which they were added.
  [[nodiscard]] const std::vector<Diagnostic>& found() const { return found_; }
  /// Quotes to every finding in `file` its line of the file's `bytes`.
  void quote_lines(std::string_view file, std::string_view bytes);
  /// Throws InputError with all findings in the order of their places, if there are any.
  void throw_if_any() const;

 private:
  std::vector<Diagnostic> found_;
};

/// Escapes control characters, ESC, line separators, bidirectional overrides and whatever is not UTF-8 as \xNN, so that a
/// hostile name cannot steer a terminal.
[[nodiscard]] std::string printable(std::string_view text);

/// The candidate that is closest to `word` by edit distance (transpositions count once, case decides only between equals),
/// or an empty view where none is close enough to be meant.
[[nodiscard]] std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

/// `Did you mean "X"?` where something is near, else `Valid values are: a, b, c.`
[[nodiscard]] std::string suggest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace fleetrace::core
