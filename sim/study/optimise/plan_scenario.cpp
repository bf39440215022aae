#include "sim/study/optimise/plan_scenario.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "models/purchase/purchase.hpp"
#include "sim/core/schema/read_value.hpp"

namespace fleetrace::study {
namespace {

core::Value text_value(const std::string& text) {
  core::Value value;
  value.data = text;
  value.source_text = text;
  return value;
}

core::Value money_value(core::Money amount) {
  core::Value value;
  value.data = amount.usd();
  value.source_text = core::to_string(amount) + " USD";
  return value;
}

core::Value date_value(core::Time at) {
  core::Value value;
  value.data = at;
  const bool is_whole_day = at.milliseconds() % core::kDay.milliseconds() == 0;
  value.source_text = is_whole_day ? core::to_date(at) : core::to_iso8601(at);
  return value;
}

core::Value count_value(std::int64_t count) {
  core::Value value;
  value.data = static_cast<double>(count);
  value.source_text = std::to_string(count);
  return value;
}

core::Spec row_of(const core::Entry& entry, const PlannedPurchase& purchase, bool is_trend) {
  core::Spec row = core::preset_spec(entry);
  row.value("at") = date_value(purchase.at);
  if (is_trend) {
    row.value("amount") = money_value(purchase.cost);
    return row;
  }
  row.value("accelerator") = text_value(purchase.accelerator);
  row.value("count") = count_value(purchase.count);
  if (!purchase.site.empty()) row.value("site") = text_value(purchase.site);
  if (purchase.retires < core::Time::latest()) row.value("retire") = date_value(purchase.retires);
  return row;
}

core::Spec row_of(const core::Entry& entry, const EarlyRetirement& early) {
  core::Spec row = core::preset_spec(entry);
  row.value("at") = date_value(early.at);
  row.value("accelerator") = text_value(early.accelerator);
  row.value("count") = count_value(early.count);
  row.value("installed") = date_value(early.installed);
  if (!early.site.empty()) row.value("site") = text_value(early.site);
  return row;
}

/// The keys that mean the same for every strategy that has them.
constexpr std::array<std::string_view, 3> kShared = {"power_limits", "sites", "with"};

}  // namespace

scenario::Scenario with_plan(const scenario::Scenario& scenario, const std::string& strategy, core::Money budget,
                             bool is_trend, std::span<const PlannedPurchase> schedule, Beside beside,
                             std::span<const EarlyRetirement> retired) {
  scenario::Scenario changed = scenario;
  // Actuals are of the strategies that they name, and a plan has none.
  changed.edit().value("actuals") = {};
  auto& strategies = std::get<std::vector<core::Spec>>(changed.edit().value("strategies").data);
  const core::Spec model = *std::find_if(strategies.begin(), strategies.end(),
                                         [&](const core::Spec& each) { return each.name == strategy; });
  // A scenario lists no orders where there are none; alone, it is the setup that orders are put into.
  const bool lists = beside == Beside::nobody || !schedule.empty();
  const char* const kind = !lists && retired.empty() ? "none" : is_trend ? "schedule" : "orders";
  const char* const list = is_trend ? "purchases" : "orders";
  const core::Entry& entry = *models::purchase_family().find(kind);
  core::Spec plan = core::preset_spec(entry);
  plan.name = kOptimumName;
  plan.where = model.where;
  plan.value("budget") = money_value(budget);
  for (const std::string_view key : kShared) {
    if (model.entry->find(key) != nullptr) plan.value(key) = model.value(key);
  }
  if (lists) {
    std::vector<core::Spec> rows;
    const core::Entry& row = *entry.find(list)->family->entries.front();
    for (const PlannedPurchase& each : schedule) rows.push_back(row_of(row, each, is_trend));
    core::Value orders;
    orders.data = std::move(rows);
    plan.value(list) = std::move(orders);
  }
  if (!retired.empty()) {
    const core::Entry& retirement = *entry.find("retire")->family->entries.front();
    std::vector<core::Spec> early;
    for (const EarlyRetirement& each : retired) early.push_back(row_of(retirement, each));
    core::Value retirements;
    retirements.data = std::move(early);
    plan.value("retire") = std::move(retirements);
  }
  if (beside == Beside::nobody) strategies.clear();
  std::erase_if(strategies, [](const core::Spec& each) { return each.name == kOptimumName; });
  strategies.push_back(std::move(plan));
  return changed;
}

}  // namespace fleetrace::study
