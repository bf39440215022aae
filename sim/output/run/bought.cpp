#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using fleet::Acquisition;
using fleet::Outcome;

/// Purchases of one kind, which a note puts together.
struct Group {
  const Acquisition* first = nullptr;
  core::Time last;
  std::int64_t count = 0;
  double capacity = 0;
  double cost_usd = 0;
  double least_usd = 0;
  double most_usd = 0;
  std::vector<std::string> sites;
};

std::vector<Group> groups_of(const Outcome& outcome) {
  std::vector<Group> groups;
  for (const Acquisition& each : outcome.bought) {
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& known) {
      return known.first->accelerator == each.accelerator && known.first->rented == each.rented;
    });
    if (group == groups.end())
      group = groups.insert(groups.end(), {&each, each.ordered, 0, 0, 0, each.unit_usd, each.unit_usd, {}});
    group->last = each.ordered;
    group->count += each.count;
    group->capacity += each.capacity;
    group->cost_usd += each.cost_usd;
    group->least_usd = std::min(group->least_usd, each.unit_usd);
    group->most_usd = std::max(group->most_usd, each.unit_usd);
    const bool is_new = std::find(group->sites.begin(), group->sites.end(), each.site) == group->sites.end();
    if (!each.site.empty() && is_new) group->sites.push_back(each.site);
  }
  return groups;
}

/// "70.3 k USD", "65.2 to 70.3 k USD".
std::string prices(double least, double most) {
  Scale scale = scale_for(Scaled::money, most);
  scale.decimals = std::max(0, scale.decimals - 1);
  const std::string low = scale.number(least);
  const std::string high = scale.number(most);
  return (low == high ? high : low + " to " + high) + ' ' + scale.unit;
}

std::string month(core::Time time) {
  const std::string date = core::to_date(time);
  return date.substr(0, date.rfind('-'));
}

std::string dates(core::Time first, core::Time last) {
  const std::string from = month(first);
  const std::string to = month(last);
  return from == to ? from : from + " to " + to;
}

std::string said_of(const Group& group, bool names_sites) {
  std::string text = group.first->rented ? "rented " : "";
  if (group.first->accelerator.empty()) {
    text += "capacity " + rough(group.capacity) + " FLOP/s for " + format_unit(Scaled::money, group.cost_usd);
  } else {
    text += core::printable(group.first->accelerator) + ' ' + grouped(group.count) + " at " +
            prices(group.least_usd, group.most_usd);
  }
  for (std::size_t i = 0; names_sites && i < group.sites.size(); ++i)
    text += (i == 0 ? " on " : ", ") + core::printable(group.sites[i]);
  return text + " (" + dates(group.first->ordered, group.last) + ')';
}

}  // namespace

std::vector<std::string> bought_notes(const Run& run) {
  static constexpr std::size_t kMostStrategies = 8;
  static constexpr std::size_t kMostGroups = 5;
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const std::vector<Group> groups = groups_of(run.outcomes[i]);
    if (groups.empty()) continue;
    if (notes.size() == kMostStrategies) {
      notes.emplace_back("What more strategies bought is in results.json.");
      break;
    }
    std::string text = shown_name(run.outcomes[i]) + " bought: ";
    for (std::size_t k = 0; k < groups.size() && k < kMostGroups; ++k)
      text += (k > 0 ? ", " : "") + said_of(groups[k], run.setups[i].plant.sites.size() > 1);
    const std::size_t more = groups.size() - std::min(groups.size(), kMostGroups);
    notes.push_back(text + (more > 0 ? ", and " + std::to_string(more) + " more in results.json." : "."));
  }
  return notes;
}

std::string old_chips(const Run& run) {
  static constexpr std::size_t kMost = 4;
  std::string text;
  std::size_t found = 0;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const models::Market& market = run.setups[i].plant.market;
    std::int64_t count = 0;
    const Acquisition* last = nullptr;
    for (const Acquisition& each : run.outcomes[i].bought) {
      if (each.newer_on_sale.empty()) continue;
      count += each.count;
      last = &each;
    }
    if (last == nullptr || ++found > kMost) continue;
    const auto named = [&](const std::string& name) {
      return core::printable(name) + " of " + month(market.find(name)->released);
    };
    text += (text.empty() ? "Old accelerators bought while newer ones were on sale: " : "; ") +
            shown_name(run.outcomes[i]) + ' ' + grouped(count) + " (in " + month(last->ordered) + ' ' +
            named(last->accelerator) + " beside " + named(last->newer_on_sale) + ')';
  }
  if (text.empty()) return text;
  return text + (found > kMost ? "; and " + std::to_string(found - kMost) + " more in results.json" : "") +
         ". They had the more FLOP/s for the money, or were named; hardware.off_sale ends a sale.";
}

Table bought(const Run& run, std::size_t most) {
  Table table;
  table.add_column(text_column("strategy", "strategy"));
  table.add_column(text_column("accelerator", "accelerator"));
  table.add_column(text_column("ordered", "ordered"));
  table.add_column({.heading = "count", .name = "count"});
  table.add_column({.heading = "FLOP/s", .name = "capacity_flop_per_s"});
  table.add_column({.heading = "price of one", .name = "unit_usd"});
  table.add_column({.heading = "cost", .name = "cost_usd"});
  table.add_column(text_column("rented", "rented"));
  table.add_column(text_column("site", "site"));
  table.add_column(text_column("installed", "installed"));
  table.add_column({.heading = "not delivered", .name = "undelivered"});
  table.add_column(text_column("newer on sale", "newer_on_sale"));
  const auto name = [](const std::string& text) { return text.empty() ? Cell::none() : Cell(core::printable(text)); };
  for (const Outcome& outcome : run.outcomes) {
    for (const Acquisition& each : outcome.bought) {
      if (most > 0 && table.rows().size() == most) return table;
      const Cell ordered(core::to_iso8601(each.ordered), core::to_date(each.ordered));
      table.add_row({shown_name(outcome), name(each.accelerator), ordered, Cell::integer(each.count),
                     Cell::rough(each.capacity), Cell::real(each.unit_usd, format_unit(Scaled::money, each.unit_usd)),
                     Cell::real(each.cost_usd, format_unit(Scaled::money, each.cost_usd)), Cell::flag(each.rented),
                     name(each.site), Cell::flag(each.installed), Cell::integer(each.undelivered),
                     name(each.newer_on_sale)});
    }
  }
  return table;
}

}  // namespace fleetrace::output
