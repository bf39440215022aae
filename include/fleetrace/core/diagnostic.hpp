#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Errors in an input, reported so that its author can correct them.
namespace fleetrace::core {

/// The name of a file, or of what stands for one. Copies share one text, since each value of a scenario knows its file.
class FileName {
 public:
  FileName() = default;
  // A name stands wherever a place is written, as in {file, 1, 1}.
  // NOLINTBEGIN(google-explicit-constructor)
  FileName(std::string name) : name_(std::make_shared<const std::string>(std::move(name))) {}
  FileName(const char* name) : FileName(std::string(name)) {}
  operator const std::string&() const { return text(); }
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] const std::string& text() const;

  friend bool operator==(const FileName& a, const FileName& b) { return a.name_ == b.name_ || a.text() == b.text(); }
  friend bool operator<(const FileName& a, const FileName& b) { return a.text() < b.text(); }

 private:
  std::shared_ptr<const std::string> name_;
};

/// A place in an input. Lines and columns count from 1; 0 stands for a place without them (an option, a whole file).
struct Location {
  FileName file;
  int line = 0;
  int column = 0;
};

/// One finding: `file:line:column: path: problem (reason). suggestion`, with `warning: ` before the path of a warning.
struct Diagnostic {
  Location where;
  std::string path;         ///< key at fault, such as `strategies.turtle.every`; empty for the whole input
  std::string problem;      ///< what is wrong, without a full stop
  std::string reason;       ///< why it is a problem; may be empty
  std::string suggestion;   ///< what to write instead, as a whole sentence; may be empty
  std::string line = {};    ///< text of the input's line `where.line`; may be empty
  bool is_warning = false;  ///< whether the input is valid all the same
};

[[nodiscard]] std::string to_string(const Diagnostic& diagnostic);

/// Thrown once per input, with all findings in it.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> diagnostics);
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// Collects findings while an input is read.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic);
  /// Notes what is valid and yet may not be meant. It is no finding: nothing is thrown for it.
  void warn(Diagnostic warning);
  [[nodiscard]] const std::vector<Diagnostic>& warnings() const { return warnings_; }
  [[nodiscard]] bool empty() const { return found_.empty(); }
  [[nodiscard]] std::size_t size() const { return found_.size(); }
  /// All findings, in the order in which they were added.
  [[nodiscard]] const std::vector<Diagnostic>& found() const { return found_; }
  /// Sets Diagnostic::line of all findings in `file`, whose content is `bytes`.
  void quote_lines(std::string_view file, std::string_view bytes);
  /// Throws InputError with all findings, sorted by place, if there are any.
  void throw_if_any() const;

 private:
  std::vector<Diagnostic> found_;
  std::vector<Diagnostic> warnings_;
};

/// The text with control characters, line separators, bidirectional overrides and bytes that are not UTF-8 escaped as
/// \xNN, so that a hostile name cannot steer a terminal.
[[nodiscard]] std::string printable(std::string_view text);

/// The candidate that is closest to `word` by edit distance (transpositions count once, case decides only between equals),
/// or an empty view where no candidate is close enough to be meant.
[[nodiscard]] std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

/// A suggestion in place of `word`: `Did you mean "X"?` where a candidate is near, else `Valid values are: a, b, c.`
[[nodiscard]] std::string suggest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace fleetrace::core
