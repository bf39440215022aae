#include "sim/output/page/page_certainty.hpp"

#include <algorithm>
#include <cmath>

#include "sim/fleet/results/metrics.hpp"
#include "sim/output/page/page_sections.hpp"
#include "sim/output/run/hindsight.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output::page {

std::string certainty(const Run& run) {
  const bool is_uncertain = !scenario::Inputs(run.scenario).all().empty();
  const bool has_chance = std::any_of(run.setups.begin(), run.setups.end(), fleet::has_chance);
  if (!is_uncertain && !has_chance) return kExact;
  const bool is_drawn = run.draw.inputs == fleet::InputDraw::drawn;
  std::string text = is_drawn ? "This is one draw of what is uncertain (replication " +
                                    std::to_string(run.draw.replication) + ")"
                     : is_uncertain ? "This is one race with the uncertain inputs at their medians"
                                    : "This is one race with one draw of its chances";
  return text + ", so it says who won, not how sure that is: fleetrace compare replicates it.";
}

std::string lead(const Run& run) {
  if (run.outcomes.size() < 2) return {};
  std::vector<const fleet::Outcome*> order;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    if (!is_bound(run, i)) order.push_back(&run.outcomes[i]);
  }
  if (order.size() < 2) return {};
  std::stable_sort(order.begin(), order.end(), [](const fleet::Outcome* a, const fleet::Outcome* b) {
    return a->final.relative_loss < b->final.relative_loss;
  });
  const fleet::Summary& first = order[0]->final;
  const fleet::Summary& second = order[1]->final;
  if (fleet::are_tied(first.relative_loss, second.relative_loss))
    return "No winner: " + shown_name(*order[0]) + " and " + shown_name(*order[1]) + " are tied at a final loss of " +
           fixed(first.relative_loss, 4) + '.';
  const double difference = second.relative_loss - first.relative_loss;
  const double dearer = first.spend().usd() - second.spend().usd();
  return "Winner " + shown_name(*order[0]) + ", runner-up " + shown_name(*order[1]) + ": final loss " +
         fixed(first.relative_loss, 4) + " against " + fixed(second.relative_loss, 4) + ", a lead of " +
         (difference > 0 && difference < 5e-5 ? rough(difference, 2) : fixed(difference, 4)) + " on the same draw, " +
         (dearer == 0
              ? "at equal spend."
              : "with " + format_unit(Scaled::money, std::fabs(dearer)) + (dearer > 0 ? " more" : " less") + " spent.");
}

std::string certainty(const ComparisonReport& report) {
  if (!report.design.has_chance) return kExact;
  const std::string replications = counted(static_cast<std::int64_t>(report.comparison.replications), "replication",
                                           "replications");
  return "From " + replications + " in which all strategies share their draws, intervals at " +
         rough(100 * report.comparison.confidence) + " % confidence.";
}

}  // namespace fleetrace::output::page
