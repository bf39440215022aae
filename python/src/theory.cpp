#include "fleetrace/theory.hpp"

#include "models/loss/loss_entries.hpp"
#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "sim/core/schema/read_value.hpp"
#include "sim/output/theory/frontier.hpp"
#include "sim/output/theory/milestones.hpp"
#include "sim/output/theory/roadmap.hpp"
#include "sim/output/theory/theory.hpp"

namespace fleetrace::python {
namespace {

TheoryRequest request_of(const py::dict& given) {
  TheoryRequest request;
  const auto number = [&given](const char* name) { return given[name].cast<double>(); };
  request.price_performance_rate = number("price_performance_rate");
  request.algorithm_rate = number("algorithm_rate");
  request.horizon = number("horizon");
  request.lifetime = number("lifetime");
  request.kappa = number("kappa");
  request.nu = number("nu");
  request.run_length = number("run_length");
  request.interest = number("interest");
  request.decay = number("decay");
  request.volatility = number("volatility");
  request.opex = number("opex");
  request.fleet_multiples = given["fleet_multiples"].cast<std::vector<double>>();
  if (const auto problem = theory_problem(request)) throw py::value_error(*problem);
  return request;
}

models::Chinchilla fit_of(const std::string& fit) {
  if (fit != "besiroglu" && fit != "hoffmann")
    throw py::value_error("there is no fit \"" + core::printable(fit) + "\". " +
                          core::suggest(fit, {"besiroglu", "hoffmann"}));
  return fit == "hoffmann" ? models::kHoffmann : models::kBesiroglu;
}

Answer<FrontierRequest> frontier_of(std::vector<double> budgets, const std::string& fit,
                                    std::optional<double> tokens_per_parameter, double data_exponent, double rule_at) {
  FrontierRequest request;
  request.fit = fit_of(fit);
  request.fit_name = fit;
  request.budgets = std::move(budgets);
  request.tokens_per_parameter = tokens_per_parameter;
  request.data_exponent = data_exponent;
  request.rule_at = rule_at;
  return {std::make_shared<const FrontierRequest>(std::move(request))};
}

/// The power of a rule that has a name, or of a number as a text.
double data_exponent(const std::string& written) {
  const core::Parameter& parameter = *models::loss_family().find("chinchilla")->find("data_exponent");
  const auto read = core::read_value(parameter, parameter.name, written, false);
  if (const auto* value = std::get_if<core::Value>(&read)) return models::data_exponent(*value);
  throw py::value_error("data_exponent is a number from 0.1 to 10, or \"hoffmann\", \"kaplan\" or \"2.5x\", not \"" +
                        core::printable(written) + '"');
}

Answer<TokensRequest> tokens_of(std::vector<double> losses, std::vector<double> parameters, const std::string& fit) {
  TokensRequest request{fit_of(fit), fit, std::move(losses), std::move(parameters)};
  return {std::make_shared<const TokensRequest>(std::move(request))};
}

MilestoneRequest milestones_of(double kappa, std::vector<double> gammas, std::vector<double> losses, std::string law,
                               double reference_flop, double range) {
  return {kappa, std::move(gammas), std::move(losses), std::move(law), reference_flop, range};
}

std::string milestones_svg(const MilestoneRequest& request, const std::string& plot, double years,
                           std::vector<double> fleets) {
  if (plot != "loss" && plot != "gamma")
    throw py::value_error("there is no plot \"" + core::printable(plot) + "\". " +
                          core::suggest(plot, {"loss", "gamma"}));
  return output::milestones_svg(request, {plot == "loss" ? output::MilestonesPlot::loss : output::MilestonesPlot::gamma,
                                          years, std::move(fleets)});
}

RoadmapRequest roadmap_of(double budget, double horizon,
                          const std::vector<std::tuple<std::string, double, double, double>>& layers) {
  RoadmapRequest request{budget, horizon, {}};
  for (const auto& [name, cost, returns, field] : layers) request.layers.push_back({name, cost, returns, field});
  return request;
}

std::string svg(const py::dict& given, const std::string& plot) {
  const TheoryRequest request = request_of(given);
  if (plot != "purchase" && plot != "horizon")
    throw py::value_error("there is no plot \"" + core::printable(plot) + "\". " +
                          core::suggest(plot, {"purchase", "horizon"}));
  if (const auto problem = output::theory_plot_problem(request)) throw py::value_error(*problem);
  return output::theory_svg(request, plot == "purchase" ? output::TheoryPlot::purchase : output::TheoryPlot::horizon);
}

}  // namespace

void bind_theory(py::module_& module) {
  bind_answer<Theory, output::kTheoryFormats>(module, "TheoryAnswer")
      .def_property_readonly("values", [](const Answer<Theory>& self) -> const Theory& { return *self.report; });
  bind_answer<TheoryTable, output::kTheoryTableFormats>(module, "TheoryTableAnswer")
      .def_property_readonly("values",
                             [](const Answer<TheoryTable>& self) -> const TheoryTable& { return *self.report; });
  bind_answer<Milestones, output::kMilestonesFormats>(module, "MilestonesAnswer")
      .def_property_readonly("values",
                             [](const Answer<Milestones>& self) -> const Milestones& { return *self.report; });
  bind_answer<FrontierRequest, output::kFrontierFormats>(module, "FrontierAnswer")
      .def_property_readonly("models", [](const Answer<FrontierRequest>& self) { return frontier(*self.report); });
  bind_answer<TokensRequest, output::kTokensFormats>(module, "TokensAnswer")
      .def_property_readonly("rows", [](const Answer<TokensRequest>& self) { return tokens_needed(*self.report); });
  bind_answer<Roadmap, output::kRoadmapFormats>(module, "RoadmapAnswer")
      .def_property_readonly("values", [](const Answer<Roadmap>& self) -> const Roadmap& { return *self.report; });
  module.def(
      "theory",
      [](const py::dict& given) { return Answer<Theory>{std::make_shared<const Theory>(theory(request_of(given)))}; },
      py::arg("request"));
  module.def(
      "theory_table",
      [](const py::dict& given, const std::vector<double>& lifetimes) {
        return Answer<TheoryTable>{std::make_shared<const TheoryTable>(theory_table(request_of(given), lifetimes))};
      },
      py::arg("request"), py::arg("lifetimes"));
  module.def("theory_svg", svg, py::arg("request"), py::arg("plot"));
  module.def(
      "milestones",
      [](double kappa, std::vector<double> gammas, std::vector<double> losses, std::string law, double reference,
         double range) {
        return Answer<Milestones>{std::make_shared<const Milestones>(
            milestones(milestones_of(kappa, std::move(gammas), std::move(losses), std::move(law), reference, range)))};
      },
      py::arg("kappa"), py::arg("gammas"), py::arg("losses"), py::arg("law"), py::arg("reference_flop"),
      py::arg("range"));
  module.def(
      "milestones_svg",
      [](const Answer<Milestones>& answer, const std::string& plot, double years, std::vector<double> fleets) {
        return milestones_svg(answer.report->request, plot, years, std::move(fleets));
      },
      py::arg("answer"), py::arg("plot"), py::arg("years"), py::arg("fleets"));
  module.def("frontier", frontier_of, py::arg("budgets"), py::arg("fit"), py::arg("tokens_per_parameter"),
             py::arg("data_exponent"), py::arg("rule_at"));
  module.def("data_exponent", data_exponent, py::arg("written"));
  module.def("tokens_needed", tokens_of, py::arg("losses"), py::arg("parameters"), py::arg("fit"));
  module.def(
      "roadmap",
      [](double budget, double horizon, const std::vector<std::tuple<std::string, double, double, double>>& layers) {
        return Answer<Roadmap>{std::make_shared<const Roadmap>(roadmap(roadmap_of(budget, horizon, layers)))};
      },
      py::arg("budget"), py::arg("horizon"), py::arg("layers"));
}

}  // namespace fleetrace::python
