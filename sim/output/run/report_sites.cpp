#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::output {
namespace {

bool is_worth_a_table(const fleet::StrategySetup& setup) {
  const std::vector<fleet::Site>& all = setup.plant.sites;
  return all.size() > 1 || std::any_of(all.begin(), all.end(), [](const fleet::Site& site) {
           return site.changes() || !site.contracts.empty();
         });
}

/// Over all sites of all strategies.
template <class Value>
double largest(const Run& run, Value value) {
  double most = 0;
  for (const fleet::Outcome& outcome : run.outcomes) {
    for (const fleet::SiteResult& each : outcome.sites) most = std::max(most, value(each));
  }
  return most;
}

std::string days(core::Duration duration) { return counted(std::llround(duration.hours() / 24), "day", "days"); }

/// "near.hall opens on 2028-03-01; critical: permit, grid; slack: shell 150 days"
std::string said_of(const fleet::Site& site, const fleet::Project& project) {
  static constexpr std::size_t kMost = 6;
  std::string critical;
  std::string spare;
  std::size_t critical_count = 0;
  std::size_t spare_count = 0;
  for (std::size_t i = 0; i < project.tasks.size(); ++i) {
    const std::string name = core::printable(project.tasks[i].name);
    const models::TaskTimes& times = project.path.tasks[i];
    if (times.critical()) {
      if (++critical_count <= kMost) critical += (critical.empty() ? "" : ", ") + name;
    } else if (++spare_count <= kMost) {
      spare += (spare.empty() ? "" : ", ") + name + ' ' + days(times.slack);
    }
  }
  return core::printable(site.name) + '.' + core::printable(project.name) + " opens on " +
         core::to_date(project.opens) + "; critical: " + critical + (critical_count > kMost ? ", ..." : "") +
         (spare.empty() ? "" : "; slack: " + spare) + (spare_count > kMost ? ", ..." : "");
}

/// How often each task is critical, where durations of the first case's projects are uncertain.
std::string how_often(const Run& run) {
  static constexpr std::uint32_t kDraws = 200;
  const scenario::Inputs inputs(run.scenario);
  const bool is_uncertain = std::any_of(
      inputs.all().begin(), inputs.all().end(), [](const scenario::UncertainInput& each) {
        return each.path.find(".projects.") != std::string::npos && each.path.find(".tasks.") != std::string::npos;
      });
  if (!is_uncertain || run.draw.inputs == fleet::InputDraw::drawn) return {};
  struct Count {
    std::string task;
    int critical = 0;
  };
  std::vector<Count> counts;
  for (std::uint32_t draw = 0; draw < kDraws; ++draw) {
    const std::vector<fleet::StrategySetup> setups = scenario::resolve(run.scenario,
                                                                       {run.draw.seed, draw, fleet::InputDraw::drawn});
    std::size_t next = 0;
    for (const fleet::Site& site : setups.front().plant.sites) {
      for (const fleet::Project& project : site.projects) {
        for (std::size_t i = 0; i < project.tasks.size(); ++i, ++next) {
          if (draw == 0)
            counts.push_back({core::printable(site.name + '.' + project.name + '.' + project.tasks[i].name), 0});
          counts[next].critical += project.path.tasks[i].critical() ? 1 : 0;
        }
      }
    }
  }
  std::string text;
  for (const Count& each : counts) {
    if (each.critical == 0) continue;
    text += (text.empty() ? "" : ", ") + each.task + ' ' +
            std::to_string(100 * each.critical / static_cast<int>(kDraws)) + " %";
  }
  return " Critical in " + std::to_string(kDraws) + " draws of the durations: " + text + '.';
}

}  // namespace

Table sites(const Run& run) {
  Table table;
  if (std::none_of(run.setups.begin(), run.setups.end(), is_worth_a_table)) return table;
  const auto fits = [](const fleet::SiteResult& each) { return std::isfinite(each.it_power) ? each.it_power : 0; };
  const auto peak = [](const fleet::SiteResult& each) { return each.peak_it_power; };
  const Scale power = scale_for(Scaled::power, std::max(largest(run, fits), largest(run, peak)));
  const Scale energy = scale_for(Scaled::energy,
                                 largest(run, [](const fleet::SiteResult& each) { return each.energy_kwh; }));
  const Scale money = scale_for(
      Scaled::money, largest(run, [](const fleet::SiteResult& each) {
        return std::max({each.energy_usd, each.take_or_pay_usd + each.demand_charge_usd, each.facility.usd()});
      }));
  table.add_column({"strategy", Align::left});
  table.add_column({"site", Align::left});
  table.add_column({.heading = "IT fits", .unit = power.unit});
  table.add_column({.heading = "IT peak", .unit = power.unit});
  table.add_column({"chips"});
  table.add_column({.heading = "energy", .unit = energy.unit});
  table.add_column({.heading = "energy", .unit = money.unit});
  const auto contracts = [](const fleet::SiteResult& each) { return each.take_or_pay_usd + each.demand_charge_usd; };
  const bool has_contracts = largest(run, contracts) > 0;
  if (has_contracts) table.add_column({.heading = "contracts", .unit = money.unit});
  table.add_column({.heading = "facility", .unit = money.unit});
  const auto apart = [](const fleet::SiteResult& each) { return each.unjoined_flop.value_or(0); };
  const bool has_apart = largest(run, apart) > 0;
  if (has_apart) table.add_column({.heading = "apart", .unit = "FLOP"});
  for (const fleet::Outcome& outcome : run.outcomes) {
    for (const fleet::SiteResult& each : outcome.sites) {
      Table::Row row{shown_name(outcome), each.name.empty() ? Cell::none() : core::printable(each.name)};
      row.push_back(Cell::scaled(power, each.it_power));
      row.push_back(outcome.final.has_power ? Cell::scaled(power, each.peak_it_power) : Cell::none());
      row.push_back(Cell::integer(each.accelerators));
      row.push_back(outcome.final.has_power ? Cell::scaled(energy, each.energy_kwh) : Cell::none());
      row.push_back(Cell::scaled(money, each.energy_usd));
      if (has_contracts) row.push_back(Cell::scaled(money, contracts(each)));
      row.push_back(Cell::scaled(money, each.facility.usd()));
      if (has_apart) row.push_back(Cell::rough(each.unjoined_flop));
      table.add_row(std::move(row));
    }
  }
  return table;
}

std::string build_outs(const Run& run) {
  static constexpr std::size_t kMost = 4;
  struct Said {
    std::string text;
    std::string strategies;
    std::size_t count = 0;
  };
  std::vector<Said> said;
  for (const fleet::StrategySetup& setup : run.setups) {
    for (const fleet::Site& site : setup.plant.sites) {
      for (const fleet::Project& project : site.projects) {
        const std::string text = said_of(site, project);
        // Most strategies share their sites.
        auto place = std::find_if(said.begin(), said.end(), [&](const Said& each) { return each.text == text; });
        if (place == said.end()) place = said.insert(said.end(), {text, {}, 0});
        place->strategies += (place->strategies.empty() ? "" : ", ") + core::printable(setup.strategy.name);
        ++place->count;
      }
    }
  }
  if (said.empty()) return {};
  std::string text = "Build-out: ";
  for (std::size_t i = 0; i < said.size() && i < kMost; ++i) {
    text += (i > 0 ? ". " : "") + said[i].text;
    if (said[i].count < run.setups.size()) text += " (" + said[i].strategies + ')';
  }
  return text +
         (said.size() > kMost ? ", and " + std::to_string(said.size() - kMost) + " more in results.json." : ".") +
         how_often(run);
}

}  // namespace fleetrace::output
