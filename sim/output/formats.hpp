#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/output/table/style.hpp"

/// Each report has one list of the formats in which it is printed. Options, help, completion and the choice of the writer all
/// come from that list, so that a new format is one line in it.
namespace fleetrace::output {

/// How much of a study a format shows: what its replications come to, or each of them with all of its metrics.
enum class Detail { summary, replications };

/// One format of one kind of report.
template <class Report>
class Format {
 public:
  using Writer = std::string (*)(const Report&);
  using StyledWriter = std::string (*)(const Report&, const TableStyle&);

  /// `summary` is a sentence for help, where the name alone does not say what the format holds.
  constexpr Format(std::string_view name, Writer writer, std::string_view summary = {}, Detail detail = Detail::summary)
      : name_(name), summary_(summary), detail_(detail), write_(writer) {}
  /// A format for people, whose lines fit a width and may be bold.
  constexpr Format(std::string_view name, StyledWriter writer, std::string_view summary = {})
      : name_(name), summary_(summary), write_styled_(writer) {}
  /// A spreadsheet: bytes of a file that no terminal can show.
  [[nodiscard]] static constexpr Format spreadsheet(Writer writer) {
    Format format("xlsx", writer, "xlsx is a spreadsheet with a sheet for each table.");
    format.is_binary_ = true;
    return format;
  }

  /// What --format takes.
  [[nodiscard]] constexpr std::string_view name() const { return name_; }
  [[nodiscard]] constexpr std::string_view summary() const { return summary_; }
  [[nodiscard]] constexpr Detail detail() const { return detail_; }
  /// Whether it is no text.
  [[nodiscard]] constexpr bool is_binary() const { return is_binary_; }
  [[nodiscard]] std::string write(const Report& report, const TableStyle& style) const {
    return write_styled_ == nullptr ? write_(report) : write_styled_(report, style);
  }

 private:
  std::string_view name_;
  std::string_view summary_;
  Detail detail_ = Detail::summary;
  bool is_binary_ = false;
  Writer write_ = nullptr;
  StyledWriter write_styled_ = nullptr;
};

/// The names of a list of formats, the default first.
template <class Formats>
[[nodiscard]] std::vector<std::string_view> format_names(const Formats& formats) {
  std::vector<std::string_view> names;
  for (const auto& each : formats) names.push_back(each.name());
  return names;
}

/// What the names alone do not say, a sentence for each format that has one.
template <class Formats>
[[nodiscard]] std::string format_notes(const Formats& formats) {
  std::string notes;
  for (const auto& each : formats) {
    if (!each.summary().empty()) notes += (notes.empty() ? "" : " ") + std::string(each.summary());
  }
  return notes;
}

}  // namespace fleetrace::output
