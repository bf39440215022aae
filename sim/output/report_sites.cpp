#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/fleet/inputs.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"
#include "report.hpp"

namespace fleetrace::output {
namespace {

bool is_worth_a_table(const fleet::Case& plan) {
  const std::vector<fleet::Site>& all = plan.plant.sites;
  return all.size() > 1 || std::any_of(all.begin(), all.end(), [](const fleet::Site& site) { return site.changes(); });
}

/// Over all sites of all strategies.
template <class Value>
double largest(const Run& run, Value value) {
  double most = 0;
  for (const fleet::Outcome& outcome : run.outcomes) {
    for (const fleet::SiteFigures& each : outcome.sites) most = std::max(most, value(each));
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
  const fleet::Inputs inputs(run.scenario);
  const bool is_uncertain = std::any_of(
      inputs.all().begin(), inputs.all().end(), [](const fleet::UncertainInput& each) {
        return each.path.find(".projects.") != std::string::npos && each.path.find(".tasks.") != std::string::npos;
      });
  if (!is_uncertain || run.draw.inputs == fleet::InputDraw::drawn) return {};
  struct Count {
    std::string task;
    int critical = 0;
  };
  std::vector<Count> counts;
  for (std::uint32_t draw = 0; draw < kDraws; ++draw) {
    const std::vector<fleet::Case> cases = fleet::resolve(run.scenario, {run.draw.seed, draw, fleet::InputDraw::drawn});
    std::size_t next = 0;
    for (const fleet::Site& site : cases.front().plant.sites) {
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

TextTable sites(const Run& run) {
  TextTable table;
  if (std::none_of(run.cases.begin(), run.cases.end(), is_worth_a_table)) return table;
  const auto fits = [](const fleet::SiteFigures& each) { return std::isfinite(each.it_power) ? each.it_power : 0; };
  const auto peak = [](const fleet::SiteFigures& each) { return each.peak_it_power; };
  const Scale power = scale_for(Scaled::power, std::max(largest(run, fits), largest(run, peak)));
  const Scale energy = scale_for(Scaled::energy,
                                 largest(run, [](const fleet::SiteFigures& each) { return each.energy_kwh; }));
  const Scale money = scale_for(Scaled::money, largest(run, [](const fleet::SiteFigures& each) {
                                  return std::max(each.energy_usd, each.facility.usd());
                                }));
  table.add_column({"strategy", false});
  table.add_column({"site", false});
  table.add_column({"IT fits\n" + std::string(power.unit)});
  table.add_column({"IT peak\n" + std::string(power.unit)});
  table.add_column({"accel-\nerators"});
  table.add_column({"energy\n" + std::string(energy.unit)});
  table.add_column({"energy\n" + std::string(money.unit)});
  table.add_column({"facility\n" + std::string(money.unit)});
  const auto apart = [](const fleet::SiteFigures& each) { return each.apart_flop.value_or(0); };
  const bool has_apart = largest(run, apart) > 0;
  if (has_apart) table.add_column({"apart\nFLOP"});
  for (const fleet::Outcome& outcome : run.outcomes) {
    for (const fleet::SiteFigures& each : outcome.sites) {
      std::vector<TextTable::Cell> row{{shown_name(outcome)}, {each.name.empty() ? "-" : core::printable(each.name)}};
      row.push_back({std::isfinite(each.it_power) ? power.number(each.it_power) : "-"});
      row.push_back({power.number(each.peak_it_power)});
      row.push_back({grouped(each.accelerators)});
      row.push_back({energy.number(each.energy_kwh)});
      row.push_back({money.number(each.energy_usd)});
      row.push_back({money.number(each.facility.usd())});
      if (has_apart) row.push_back({each.apart_flop ? rough(*each.apart_flop, 3) : "-"});
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
  for (const fleet::Case& plan : run.cases) {
    for (const fleet::Site& site : plan.plant.sites) {
      for (const fleet::Project& project : site.projects) {
        const std::string text = said_of(site, project);
        // Most strategies share their sites.
        auto place = std::find_if(said.begin(), said.end(), [&](const Said& each) { return each.text == text; });
        if (place == said.end()) place = said.insert(said.end(), {text, {}, 0});
        place->strategies += (place->strategies.empty() ? "" : ", ") + core::printable(plan.strategy.name);
        ++place->count;
      }
    }
  }
  if (said.empty()) return {};
  std::string text = "Build-out: ";
  for (std::size_t i = 0; i < said.size() && i < kMost; ++i) {
    text += (i > 0 ? ". " : "") + said[i].text;
    if (said[i].count < run.cases.size()) text += " (" + said[i].strategies + ')';
  }
  return text + (said.size() > kMost ? ", and " + std::to_string(said.size() - kMost) + " more in json." : ".") +
         how_often(run);
}

}  // namespace fleetrace::output
