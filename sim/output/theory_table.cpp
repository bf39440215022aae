#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"
#include "fleetrace/output/text_table.hpp"
#include "fleetrace/output/theory.hpp"
#include "grid.hpp"
#include "theory_figures.hpp"
#include "theory_words.hpp"

namespace fleetrace::output {
namespace {

using grid::cell;
using grid::Json;

struct Accounting {
  std::string_view id;
  std::string_view name;
  std::string_view section;
};
constexpr Accounting kAccountings[] = {
    {"cumulative", "final loss", "8.1"}, {"mean_loss", "average loss", "8.3"}, {"best_run", "best run", "11"}};

/// The standard values and the user's own, which would otherwise be missed.
std::vector<double> with_own(std::vector<double> standard, double own) {
  const auto place = std::lower_bound(standard.begin(), standard.end(), own);
  if (std::none_of(standard.begin(), standard.end(),
                   [own](double each) { return std::fabs(each - own) < 1e-9 * own; })) {
    standard.insert(place, own);
  }
  return standard;
}

std::string life(double years) { return std::isinf(years) ? "life unlimited" : "life " + years_text(years); }

std::string heading(const TheoryTable& table, const Accounting& accounting, double lifetime) {
  std::string text = std::string(accounting.name) + ", " + life(lifetime);
  if (accounting.id == "mean_loss") {
    text += ", kappa " + core::format_real(table.request.kappa) + ", nu " + core::format_real(table.request.nu) + "/yr";
  }
  if (accounting.id == "best_run") text += ", runs of " + years_text(table.request.run_length);
  return text + " (" + std::string(accounting.section) + ')';
}

TextTable block(const TheoryTable& table, const TheoryTableRow* rows) {
  TextTable text;
  text.add_column({.title = "price-performance\ndoubles every"});
  for (const double rate : table.algorithm_rates) text.add_column({.title = "a = " + core::format_real(rate)});
  const std::size_t width = table.algorithm_rates.size();
  for (std::size_t i = 0; i < table.doublings.size(); ++i) {
    std::vector<TextTable::Cell> cells{{fixed(table.doublings[i], 2) + " yr"}};
    for (std::size_t j = 0; j < width; ++j) {
      const TheoryFigure& figure = rows[i * width + j].break_even;
      const bool hare_wins = figure.value ? *figure.value > table.request.horizon : figure.note.rfind("always", 0) == 0;
      const std::string shown = figure.value ? fixed(*figure.value, 2) : figure.note.substr(0, figure.note.find(':'));
      cells.push_back({shown + (hare_wins ? "*" : " "), hare_wins});
    }
    text.add_row(std::move(cells));
  }
  return text;
}

std::string introduction(const TheoryTable& table) {
  return "Horizon in years below which buying everything at once beats spending evenly, by the time in which "
         "price-performance doubles and the doublings a year of algorithms (a). An asterisk: at once wins at a horizon of " +
         years_text(table.request.horizon) + ". In parentheses the section of MODELS.md.";
}

/// One block per accounting and lifetime, in their order.
template <class Visit>
void each_block(const TheoryTable& table, Visit&& visit) {
  const std::size_t size = table.doublings.size() * table.algorithm_rates.size();
  for (std::size_t at = 0; at < table.rows.size(); at += size) {
    const TheoryTableRow& first = table.rows[at];
    const Accounting& accounting = *std::find_if(std::begin(kAccountings), std::end(kAccountings),
                                                 [&](const Accounting& each) { return each.id == first.accounting; });
    visit(heading(table, accounting, first.lifetime), block(table, &first));
  }
}

grid::Grid long_grid(const TheoryTable& table) {
  grid::Grid result;
  for (const char* id : {"accounting", "lifetime_years", "price_performance_doubling_years",
                         "algorithm_doublings_per_year", "break_even_years", "break_even_note"}) {
    result.columns.push_back({id, id, false});
  }
  for (const TheoryTableRow& row : table.rows) {
    result.rows.push_back({cell(std::string(row.accounting)), cell(row.lifetime, ""),
                           cell(row.price_performance_doubling, ""), cell(row.algorithm_rate, ""),
                           cell(row.break_even.value.value_or(models::theory::kInfinity), ""),
                           cell(row.break_even.note)});
  }
  return result;
}

}  // namespace

TheoryTable theory_table(const TheoryRequest& request, const std::vector<double>& lifetimes) {
  if (request.volatility > 0 || request.opex > 0) {
    throw std::invalid_argument("break-even horizons have no closed form with volatility or running costs");
  }
  TheoryTable table;
  table.request = request;
  table.lifetimes = lifetimes;
  table.doublings = {1, 1.5, 2.07, 2.46, 2.95, 4.4};
  if (request.price_performance_rate > 0)
    table.doublings = with_own(table.doublings, 1 / request.price_performance_rate);
  table.algorithm_rates = with_own({0, 0.25, 0.5, 1, 1.5, 2}, request.algorithm_rate);
  for (const Accounting& accounting : kAccountings) {
    if (accounting.id == "best_run" && request.decay > 0) continue;
    for (const double lifetime : lifetimes) {
      for (const double doubling : table.doublings) {
        for (const double rate : table.algorithm_rates) {
          TheoryRequest one = request;
          one.lifetime = lifetime;
          one.price_performance_rate = 1 / doubling;
          one.algorithm_rate = rate;
          table.rows.push_back({accounting.id, lifetime, doubling, rate, theory_break_even(one, accounting.id)});
        }
      }
    }
  }
  return table;
}

std::string theory_table_text(const TheoryTable& table, std::size_t width) {
  std::string text = wrapped(introduction(table), width);
  each_block(table, [&](const std::string& title, const TextTable& block) {
    text += '\n' + title + '\n' + block.plain(width, false);
  });
  return text;
}

std::string theory_table_markdown(const TheoryTable& table) {
  std::string text = introduction(table) + '\n';
  each_block(table, [&](const std::string& title, const TextTable& block) {
    text += '\n' + title + ":\n\n" + block.markdown();
  });
  return text;
}

std::string theory_table_json(const TheoryTable& table) {
  Json json = grid::header();
  json["request"] = theory_request_json(table.request);
  json["request"].erase("lifetime_years");
  json["rows"] = grid::json(long_grid(table));
  return grid::dump(json);
}

std::string theory_table_csv(const TheoryTable& table) { return grid::csv(long_grid(table)); }

}  // namespace fleetrace::output
