#include "sim/output/studies/optimum.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

/// A date as a scenario takes it, to the millisecond where it is no whole day.
std::string date_text(core::Time at) {
  return at.milliseconds() % core::kDay.milliseconds() == 0 ? core::to_date(at) : core::to_iso8601(at);
}

Cell money_cell(core::Money amount) { return Cell::real(amount.usd(), core::to_string(amount)); }

/// Whether orders are of money, since trend hardware has no accelerators.
bool is_of_money(const OptimumReport& report) {
  const std::vector<study::PlannedPurchase>& all = report.optimum.schedule;
  return !all.empty() && all.front().accelerator.empty();
}

}  // namespace

std::string optimum_csv(const OptimumReport& report) {
  Table table;
  for (const char* name : {"time", "accelerator", "count", "site", "spend_usd"}) table.add_column({.name = name});
  const bool of_money = is_of_money(report);
  for (const study::PlannedPurchase& each : report.optimum.schedule) {
    table.add_row({core::to_iso8601(each.at), each.accelerator, of_money ? Cell() : Cell::integer(each.count),
                   each.site, money_cell(each.cost)});
  }
  return write_csv(table);
}

std::string orders_file(const OptimumReport& report) { return is_of_money(report) ? "purchases.csv" : "orders.csv"; }

std::string retirements_csv(const OptimumReport& report) {
  Table table;
  for (const char* name : {"at", "accelerator", "count", "installed", "site"}) table.add_column({.name = name});
  for (const study::EarlyRetirement& each : report.optimum.retired) {
    table.add_row(
        {date_text(each.at), each.accelerator, Cell::integer(each.count), date_text(each.installed), each.site});
  }
  return write_csv(table);
}

std::string orders_csv(const OptimumReport& report) {
  const std::vector<study::PlannedPurchase>& all = report.optimum.schedule;
  if (is_of_money(report)) {
    std::string text = "at,amount_usd\n";
    for (const study::PlannedPurchase& each : all) text += date_text(each.at) + ',' + core::to_string(each.cost) + '\n';
    return text;
  }
  bool names_sites = false;
  bool retires = false;
  for (const study::PlannedPurchase& each : all) {
    names_sites = names_sites || !each.site.empty();
    retires = retires || each.retires < core::Time::latest();
  }
  Table table;
  for (const char* name : {"at", "accelerator", "count"}) table.add_column({.name = name});
  if (names_sites) table.add_column({.name = "site"});
  if (retires) table.add_column({.name = "retire"});
  for (const study::PlannedPurchase& each : all) {
    Table::Row row{date_text(each.at), each.accelerator, Cell::integer(each.count)};
    if (names_sites) row.emplace_back(each.site);
    if (retires) row.emplace_back(each.retires < core::Time::latest() ? date_text(each.retires) : std::string());
    table.add_row(std::move(row));
  }
  return write_csv(table);
}

}  // namespace fleetrace::output
