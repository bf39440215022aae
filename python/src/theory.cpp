#include "fleetrace/theory.hpp"

#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "sim/output/theory/frontier.hpp"
#include "sim/output/theory/milestones.hpp"
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

Answer<FrontierRequest> frontier_of(std::vector<double> budgets, const std::string& fit,
                                    std::optional<double> tokens_per_parameter) {
  FrontierRequest request;
  if (fit != "besiroglu" && fit != "hoffmann")
    throw py::value_error("there is no fit \"" + core::printable(fit) + "\". " +
                          core::suggest(fit, {"besiroglu", "hoffmann"}));
  request.fit_name = fit;
  request.fit = fit == "hoffmann" ? models::kHoffmann : models::kBesiroglu;
  request.budgets = std::move(budgets);
  request.tokens_per_parameter = tokens_per_parameter;
  return {std::make_shared<const FrontierRequest>(std::move(request))};
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
      [](double kappa, std::vector<double> gammas, std::vector<double> losses) {
        return Answer<Milestones>{
            std::make_shared<const Milestones>(milestones({kappa, std::move(gammas), std::move(losses)}))};
      },
      py::arg("kappa"), py::arg("gammas"), py::arg("losses"));
  module.def("frontier", frontier_of, py::arg("budgets"), py::arg("fit"), py::arg("tokens_per_parameter"));
}

}  // namespace fleetrace::python
