#pragma once

#include <string>
#include <utility>

#include "sim/output/plan/plan_columns.hpp"
#include "sim/output/table/csv_writer.hpp"
#include "sim/output/table/table.hpp"

/// Where the rows of a plan go: one of these two takes the headings first, a row, and then the rows, field by field. Private to
/// the writers of plans.
namespace fleetrace::output {

/// CSV, in which money and joules have all of their digits.
class PlanCsv {
 public:
  void heading(std::string_view name) { csv_.text(name); }
  void text(std::string_view value) { csv_.text(value); }
  void time(core::Time value) { csv_.field(core::to_iso8601(value)); }
  void figure(const PlanValue& value, PlanKind kind) { csv_.field(plan_text(value, kind)); }
  void end_headings() { csv_.end_row(); }
  void end_row() { csv_.end_row(); }
  [[nodiscard]] std::string finish() && { return std::move(csv_).finish(); }

 private:
  CsvWriter csv_;
};

/// A sheet of a spreadsheet, whose numbers have fifteen digits.
class PlanSheet {
 public:
  void heading(std::string_view name) { table_.add_column({.name = std::string(name)}); }
  void text(std::string_view value) { row_.emplace_back(value); }
  void time(core::Time value) { row_.emplace_back(core::to_iso8601(value)); }
  void figure(const PlanValue& value, PlanKind) {
    const auto* count = std::get_if<std::int64_t>(&value);
    row_.push_back(count != nullptr ? Cell::integer(*count) : Cell::real(number_of(value)));
  }
  void end_headings() {}
  void end_row() { table_.add_row(std::exchange(row_, {})); }
  [[nodiscard]] Table finish() && { return std::move(table_); }

 private:
  Table table_;
  Table::Row row_;
};

}  // namespace fleetrace::output
