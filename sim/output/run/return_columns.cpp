#include "sim/output/run/return_columns.hpp"

#include "fleetrace/core/quantity.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/output/table/csv_writer.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using fleet::FinanceReport;
using fleet::Outcome;

ReturnValue one(core::Money money) { return money; }
ReturnValue one(double real) { return real; }
ReturnValue one(const std::optional<double>& real) { return real ? ReturnValue(*real) : ReturnValue(); }

template <auto Member>
ReturnValue of_finance(const Outcome& outcome) {
  return one(outcome.final.finance.*Member);
}

constexpr ReturnColumn kColumns[] = {
    {"revenue_usd", of_finance<&FinanceReport::revenue>},
    {"compute_value_usd", of_finance<&FinanceReport::compute_value>},
    {"interest_usd", of_finance<&FinanceReport::interest>},
    {"spend_usd", [](const Outcome& outcome) { return one(outcome.final.spend()); }},
    {"resale_usd", of_finance<&FinanceReport::resale>},
    {"salvage_usd", of_finance<&FinanceReport::salvage>},
    {"facility_residual_usd", of_finance<&FinanceReport::facility_residual_usd>},
    {"npv_usd", of_finance<&FinanceReport::npv_usd>},
    {"irr_per_yr", of_finance<&FinanceReport::irr_per_year>},
    {"payback_yr", of_finance<&FinanceReport::payback_years>},
    {"discounted_payback_yr", of_finance<&FinanceReport::discounted_payback_years>},
    {"waiting_carrying_cost_usd", of_finance<&FinanceReport::waiting_carrying_usd>},
};

struct ToText {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(core::Money money) const { return core::to_string(money); }
  std::string operator()(double real) const { return core::format_real(real); }
};

}  // namespace

std::span<const ReturnColumn> return_columns() { return kColumns; }

std::string returns_csv(const Run& run) {
  CsvWriter csv;
  csv.field("strategy");
  for (const ReturnColumn& column : return_columns()) csv.field(column.name);
  csv.end_row();
  for (const Outcome& outcome : run.outcomes) {
    csv.field(csv_text(outcome.strategy));
    for (const ReturnColumn& column : return_columns()) csv.field(std::visit(ToText{}, column.value(outcome)));
    csv.end_row();
  }
  return std::move(csv).finish();
}

}  // namespace fleetrace::output
