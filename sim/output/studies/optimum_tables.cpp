#include "sim/output/studies/optimum_tables.hpp"

#include <algorithm>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using study::Optimum;
using study::PlannedPurchase;

std::vector<double> tolerances(const Optimum& optimum) {
  std::vector<double> all;
  for (const study::SpendingRange& each : optimum.flat) {
    if (all.empty() || all.back() != each.within) all.push_back(each.within);
  }
  return all;
}

}  // namespace

Table schedule_table(const std::vector<PlannedPurchase>& schedule) {
  const bool of_money = !schedule.empty() && schedule.front().accelerator.empty();
  const bool names_sites = std::any_of(schedule.begin(), schedule.end(),
                                       [](const PlannedPurchase& each) { return !each.site.empty(); });
  const bool retires = std::any_of(schedule.begin(), schedule.end(),
                                   [](const PlannedPurchase& each) { return each.retires < core::Time::latest(); });
  double largest = 0;
  for (const PlannedPurchase& each : schedule) largest = std::max(largest, each.cost.usd());
  const Scale scale = scale_for(Scaled::money, largest);
  Table table;
  table.add_column({.heading = "date", .align = Align::left});
  if (!of_money) table.add_column({.heading = "accelerator", .align = Align::left});
  if (!of_money) table.add_column({.heading = "count"});
  if (names_sites) table.add_column({.heading = "site", .align = Align::left});
  table.add_column({.heading = "hardware", .unit = scale.unit});
  if (retires) table.add_column({.heading = "taken out", .align = Align::left});
  for (const PlannedPurchase& each : schedule) {
    Table::Row row{core::to_date(each.at)};
    if (!of_money) row.emplace_back(core::printable(each.accelerator));
    if (!of_money) row.push_back(Cell::integer(each.count));
    if (names_sites) row.emplace_back(core::printable(each.site));
    row.push_back(Cell::scaled(scale, each.cost.usd()));
    if (retires) row.emplace_back(each.retires < core::Time::latest() ? core::to_date(each.retires) : std::string());
    table.add_row(std::move(row));
  }
  return table;
}

Table retired_table(const std::vector<study::EarlyRetirement>& retired) {
  const bool names_sites = std::any_of(retired.begin(), retired.end(),
                                       [](const study::EarlyRetirement& each) { return !each.site.empty(); });
  Table table;
  table.add_column({.heading = "taken out", .align = Align::left});
  table.add_column({.heading = "accelerator", .align = Align::left});
  table.add_column({.heading = "count"});
  table.add_column({.heading = "installed", .align = Align::left});
  if (names_sites) table.add_column({.heading = "site", .align = Align::left});
  for (const study::EarlyRetirement& each : retired) {
    Table::Row row{core::to_date(each.at), core::printable(each.accelerator), Cell::integer(each.count),
                   core::to_date(each.installed)};
    if (names_sites) row.emplace_back(core::printable(each.site));
    table.add_row(std::move(row));
  }
  return table;
}

Table flat_table(const Optimum& optimum) {
  double largest = 0;
  for (const study::SpendingRange& each : optimum.flat) largest = std::max(largest, each.most_usd);
  const Scale scale = scale_for(Scaled::money, largest);
  const std::vector<double> all = tolerances(optimum);
  Table table;
  table.add_column({.heading = "year from", .align = Align::left});
  for (const double within : all) {
    const std::string of = all.size() > 1 ? ", " + rough(within * 100, 3) + " %" : "";
    table.add_column({.heading = "least" + of, .unit = scale.unit});
    table.add_column({.heading = "most" + of, .unit = scale.unit});
  }
  const std::size_t years = all.empty() ? 0 : optimum.flat.size() / all.size();
  for (std::size_t year = 0; year < years; ++year) {
    Table::Row row{core::to_date(optimum.flat[year].from)};
    for (std::size_t i = 0; i < all.size(); ++i) {
      const study::SpendingRange& range = optimum.flat[i * years + year];
      row.push_back(Cell::scaled(scale, range.least_usd));
      row.push_back(Cell::scaled(scale, range.most_usd));
    }
    table.add_row(std::move(row));
  }
  return table;
}

std::string flat_heading(const Optimum& optimum) {
  std::string shares;
  for (const double within : tolerances(optimum))
    shares += (shares.empty() ? "" : " and ") + rough(within * 100, 3) + " %";
  return "What plans spend by year whose loss is within " + shares + " of the best:";
}

}  // namespace fleetrace::output
