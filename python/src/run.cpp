#include "fleetrace/run.hpp"

#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "python/src/plan_options.hpp"
#include "python/src/study_work.hpp"
#include "sim/api/plan_periods.hpp"
#include "sim/api/race.hpp"
#include "sim/fleet/world.hpp"
#include "sim/output/folder/run_folder.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/plan/plan.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::python {
namespace {

using RunAnswer = Answer<Run>;
using fleet::Sample;
using fleet::State;

/// Columns of a series, under the names of results.csv. Real numbers, counts and instants are looked at where they lie; money
/// becomes real numbers.
py::dict series(const py::object& self, std::size_t strategy) {
  const auto& run = *self.cast<const RunAnswer&>().report;
  const std::vector<Sample>& all = run.outcomes.at(strategy).series;
  const std::size_t count = all.size();
  if (count == 0) throw py::value_error("a race has no series");
  const Sample& first = all.front();
  py::dict columns;
  columns["time"] = column(reinterpret_cast<const std::int64_t*>(&first.time), count, sizeof(Sample), self,
                           "datetime64[ms]");
  const auto real = [&](const char* name, const double& value) {
    columns[name] = column(&value, count, sizeof(Sample), self);
  };
  const auto number = [&](const char* name, State state) {
    columns[name] = column(&first.accelerators[static_cast<std::size_t>(state)], count, sizeof(Sample), self);
  };
  const auto usd = [&](const char* name, auto amount) {
    std::vector<double> values;
    values.reserve(count);
    for (const Sample& each : all) values.push_back(std::invoke(amount, each).usd());
    columns[name] = array_of(std::move(values), {static_cast<py::ssize_t>(count)});
  };
  real("relative_loss", first.relative_loss);
  real("effective_compute_flop", first.effective_flop);
  real("physical_compute_flop", first.physical_flop);
  number("accelerators", State::in_service);
  number("accelerators_ordered", State::ordered);
  number("accelerators_in_transit", State::in_transit);
  number("accelerators_waiting_for_power", State::waiting_for_power);
  number("accelerators_standby", State::standby);
  number("accelerators_serving", State::serving);
  number("accelerators_in_repair", State::in_repair);
  number("accelerators_retired", State::retired);
  real("capacity_flop_per_s", first.capacity);
  real("h100_equivalents_bf16", first.h100e_bf16);
  real("h100_equivalents_8bit", first.h100e_8bit);
  real("average_site_power_w", first.average_site_power);
  real("nameplate_site_power_w", first.nameplate_site_power);
  real("energy_kwh", first.energy_kwh);
  usd("capex_usd", &Sample::capex);
  usd("facility_usd", &Sample::facility);
  usd("energy_cost_usd", &Sample::energy_cost);
  usd("research_usd", &Sample::research);
  usd("rent_usd", &Sample::rent);
  usd("resale_usd", &Sample::resale);
  usd("revenue_usd", &Sample::revenue);
  usd("opex_usd", &Sample::opex);
  usd("spend_usd", &Sample::spend);
  real("serving_load_flop_per_s", first.serving_load);
  real("serving_carried_flop_per_s", first.serving_carried);
  real("unmet_demand_flop", first.unmet_flop);
  return columns;
}

/// Whether each strategy meets each goal.
std::vector<study::GoalVerdict> verdicts_of(const Run& run, const std::vector<study::Goal>& goals) {
  if (goals.empty()) return {};
  std::vector<std::string> names;
  for (const fleet::StrategySetup& each : run.setups) names.push_back(each.strategy.name);
  study::GoalWatch watch(goals, names, 1);
  for (std::size_t i = 0; i < names.size(); ++i) watch.keep(0, i, run.setups[i], run.outcomes[i]);
  return watch.verdicts(1, 0.95, false);
}

py::tuple run(const Scenario& scenario, std::uint32_t seed, std::optional<std::uint32_t> replication,
              const std::optional<std::string>& by, int fiscal_year_begins, const py::object& trace,
              const std::vector<std::string>& fail_if, const FolderRequest& folder) {
  const auto inputs = replication ? fleet::InputDraw::drawn : fleet::InputDraw::medians;
  const fleet::Draw draw{seed, replication.value_or(0), inputs};
  const std::optional<PlanOptions> plan = plan_options(by, fiscal_year_begins);
  const scenario::Scenario& loaded = scenario.details();
  const std::vector<study::Goal> goals = goals_of(fail_if, loaded);
  for (const study::Goal& each : goals) {
    if (each.chance)
      throw py::value_error("fail_if: \"" + each.source_text +
                            "\": a single run has no probabilities; compare has them");
  }
  fleet::EventObserver observer;
  if (!trace.is_none()) {
    observer = [&trace](const fleet::World& world, const fleet::Event& event) {
      const std::string line = fleet::describe(world, event);
      const py::gil_scoped_acquire acquired;
      trace(line);
    };
  }
  const auto race = [&](const std::optional<PlanOptions>& periods) {
    return run_scenario(loaded, draw, observer, study::dates_of(goals), periods);
  };
  Work work{py::none()};
  auto done = work.run([&] {
    std::optional<Run> raced;
    if (folder) {
      const fleet::Horizon horizon = scenario::resolve(loaded).front().horizon;
      const auto periods = plan ? plan : usual_plan(horizon.start, horizon.end);
      raced = output::race_into(
          folder->first, output::run_manifest(loaded, draw, periods, folder->second), [&] { return race(periods); },
          tell);
    }
    if (!raced) raced = race(plan);
    return std::make_shared<const Run>(*std::move(raced));
  });
  return py::make_tuple(RunAnswer{done}, verdicts_of(*done, goals));
}

/// A spreadsheet has the usual plan of the calendar, as the program writes it: the race is run once more for it.
py::bytes write(const RunAnswer& self, const std::string& format, std::size_t width) {
  const Run& run = *self.report;
  if (format != "xlsx" || !run.plans.empty()) return written(run, output::kRunFormats, format, width);
  const fleet::Horizon& horizon = run.setups.front().horizon;
  return written(run_scenario(run.scenario, run.draw, {}, {}, usual_plan(horizon.start, horizon.end)),
                 output::kRunFormats, format, width);
}

py::list strategies(const py::object& self) {
  py::list result;
  for (const fleet::Outcome& each : self.cast<const RunAnswer&>().report->outcomes) {
    result.append(
        py::cast(static_cast<const fleet::StrategyResult&>(each), py::return_value_policy::reference_internal, self));
  }
  return result;
}

}  // namespace

std::optional<PlanOptions> plan_options(const std::optional<std::string>& by, int fiscal_year_begins) {
  if (!by) return std::nullopt;
  static constexpr std::array<std::string_view, 3> kPeriods{"month", "quarter", "year"};
  const auto* const found = std::find(kPeriods.begin(), kPeriods.end(), *by);
  if (found == kPeriods.end())
    throw py::value_error("by: there is no period \"" + core::printable(*by) + "\". " +
                          core::suggest(*by, {kPeriods.begin(), kPeriods.end()}));
  return PlanOptions{static_cast<Period>(found - kPeriods.begin()), fiscal_year_begins};
}

void bind_run(py::module_& module) {
  py::class_<RunAnswer>(module, "RunAnswer")
      .def("write", write, py::arg("format"), py::arg("width") = 100)
      .def_property_readonly("formats", [](const RunAnswer&) { return output::format_names(output::kRunFormats); })
      .def_property_readonly("strategies", strategies)
      .def_property_readonly(
          "plans", [](const RunAnswer& self) -> const std::vector<StrategyPlan>& { return self.report->plans; })
      .def_property_readonly("seed", [](const RunAnswer& self) { return self.report->draw.seed; })
      .def(
          "series", [](const py::object& self, std::size_t strategy) { return series(self, strategy); },
          py::arg("strategy"))
      .def("overtakes",
           [](const RunAnswer& self) {
             std::vector<std::tuple<core::Time, std::size_t, std::size_t>> result;
             for (const Overtake& each : overtakes(*self.report))
               result.emplace_back(each.time, each.leader, each.behind);
             return result;
           })
      .def("unverified_inputs", [](const RunAnswer& self) { return unverified_inputs(*self.report); })
      .def("bought_csv", [](const RunAnswer& self) { return output::bought_csv(*self.report); })
      .def("returns_csv", [](const RunAnswer& self) { return output::returns_csv(*self.report); })
      .def(
          "write_plan",
          [](const RunAnswer& self, const std::string& format, std::size_t width) {
            if (self.report->plans.empty())
              throw py::value_error("the race has no plan: ask for one with by=\"quarter\"");
            return written(*self.report, output::kPlanFormats, format, width);
          },
          py::arg("format"), py::arg("width") = 100)
      .def(
          "html", [](const RunAnswer& self) { return output::to_html(*self.report); },
          py::call_guard<py::gil_scoped_release>());
  module.def("run", run, py::arg("scenario"), py::arg("seed"), py::arg("replication"), py::arg("by"),
             py::arg("fiscal_year_begins"), py::arg("trace"), py::arg("fail_if"), py::arg("folder"));
}

}  // namespace fleetrace::python
