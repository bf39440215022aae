#include "sim/api/fit_data.hpp"

#include <algorithm>

#include "sim/reader/csv/column_names.hpp"

namespace fleetrace {
namespace {

/// The name of a column without its unit, by which it is asked for: "outage" of "outage_h", unless the file has a column
/// "outage_h_yr".
std::string without_unit(core::Parameter column, const std::string& name, std::string_view csv) {
  const std::string_view header = csv.substr(0, csv.find('\n'));
  const std::size_t end = name.rfind('_');
  if (end == std::string::npos || header.find(name + '_') != std::string_view::npos) return name;
  column.name = std::string_view(name).substr(0, end);
  return reader::named_unit(column, name, {}) ? name.substr(0, end) : name;
}

}  // namespace

FitData::FitData(const FitRequest& request, std::string_view csv, const std::string& file,
                 const std::vector<core::Parameter>& columns)
    : file_(file), bytes_(csv) {
  std::vector<core::Parameter> named = columns;
  for (std::size_t i = 0; i < named.size(); ++i) {
    const std::string& other = i == 0 ? request.x : i == 1 ? request.y : std::string();
    names_.emplace_back(other.empty() ? std::string(named[i].name) : without_unit(named[i], other, csv));
    named[i].name = names_.back();
  }
  table_ = reader::read_data(csv, file, std::move(named));
}

void FitData::add(std::size_t row, std::size_t column, core::QuantityProblem problem) {
  const core::Location where{file_, static_cast<int>(table_.lines[row]), table_.places[column][row]};
  found_.add(
      {where, names_[column], std::move(problem.problem), std::move(problem.reason), std::move(problem.suggestion)});
}

void FitData::add(core::QuantityProblem problem) {
  found_.add({{file_, 1, 1}, {}, std::move(problem.problem), std::move(problem.reason), std::move(problem.suggestion)});
}

void FitData::require_rows(std::size_t least, std::string_view why) {
  if (rows() >= least) return;
  add({(rows() == 1 ? "there is 1 row" : "there are " + std::to_string(rows()) + " rows") + " where at least " +
           std::to_string(least) + " are needed",
       std::string(why),
       {}});
}

void FitData::require_spread(std::size_t column, std::string_view why) {
  const std::vector<double>& values = of(column);
  if (values.empty() || std::any_of(values.begin(), values.end(), [&](double each) { return each != values.front(); }))
    return;
  add({"all rows have the same " + names_[column], std::string(why), "Add rows with another one."});
}

void FitData::throw_if_any() {
  found_.quote_lines(file_, bytes_);
  found_.throw_if_any();
}

core::Parameter positive_column(std::string_view name, std::string_view summary, core::Dimension dimension) {
  core::Parameter column;
  column.name = name;
  column.summary = summary;
  column.dimension = dimension;
  column.range = core::above(0);
  column.required = true;
  return column;
}

core::Parameter date_column(std::string_view name, std::string_view summary) {
  core::Parameter column = positive_column(name, summary);
  column.shape = core::Shape::date;
  column.range = {};
  return column;
}

core::Parameter optional_column(core::Parameter column) {
  column.required = false;
  return column;
}

}  // namespace fleetrace
