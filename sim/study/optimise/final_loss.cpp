#include "sim/study/optimise/final_loss.hpp"

#include <limits>

namespace fleetrace::study {

double FinalLoss::loss_at(double effective) const {
  const fleet::StrategySetup& setup = problem_->setup;
  return setup.loss.law.loss(1 + effective / setup.loss.reference.compute, setup.horizon.years_at(setup.horizon.end));
}

double FinalLoss::purchased_for(double loss) const {
  const fleet::StrategySetup& setup = problem_->setup;
  const double ratio = setup.loss.law.ratio(loss, setup.horizon.years_at(setup.horizon.end));
  return (ratio - 1) * setup.loss.reference.compute - problem_->base.effective;
}

LinearProgram::Row FinalLoss::at_least(const PlanProgram& plan, double purchased) const {
  LinearProgram::Row row{purchased / plan.largest, std::numeric_limits<double>::infinity(), {}};
  for (std::size_t i = 0; i < problem_->columns.size(); ++i) {
    if (plan.unit[i] > 0) row.terms.push_back({i, problem_->columns[i].effective * plan.unit[i] / plan.largest});
  }
  return row;
}

}  // namespace fleetrace::study
