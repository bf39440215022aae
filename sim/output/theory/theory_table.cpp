#include <algorithm>
#include <cmath>

#include "fleetrace/core/quantity.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/json/document.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/output/theory/theory.hpp"
#include "sim/output/theory/theory_words.hpp"

namespace fleetrace::output {
namespace {

struct Accounting {
  std::string_view id;
  std::string_view name;
  std::string_view section;
};
constexpr Accounting kAccountings[] = {
    {"cumulative", "final loss", "8.1"}, {"mean_loss", "average loss", "8.3"}, {"best_run", "best run", "11"}};

std::string life(double years) { return std::isinf(years) ? "life unlimited" : "life " + years_text(years); }

std::string heading(const TheoryTable& table, const Accounting& accounting, double lifetime) {
  std::string text = std::string(accounting.name) + ", " + life(lifetime);
  if (accounting.id == "mean_loss") {
    text += ", kappa " + core::format_real(table.request.kappa) + ", nu " + core::format_real(table.request.nu) + "/yr";
  }
  if (accounting.id == "best_run") text += ", runs of " + years_text(table.request.run_length);
  return text + " (" + std::string(accounting.section) + ')';
}

Table block(const TheoryTable& table, const TheoryTableRow* rows) {
  Table text;
  text.add_column({"price-performance\ndoubles every"});
  for (const double rate : table.algorithm_rates) text.add_column({"a = " + core::format_real(rate)});
  const std::size_t width = table.algorithm_rates.size();
  for (std::size_t i = 0; i < table.doublings.size(); ++i) {
    Table::Row cells{fixed(table.doublings[i], 2) + " yr"};
    for (std::size_t j = 0; j < width; ++j) {
      const TheoryValue& figure = rows[i * width + j].break_even;
      const bool hare_wins = figure.value ? *figure.value > table.request.horizon : figure.note.rfind("always", 0) == 0;
      const std::string shown = figure.value ? fixed(*figure.value, 2) : figure.note.substr(0, figure.note.find(':'));
      cells.push_back(Cell(shown + (hare_wins ? "*" : " ")).best_if(hare_wins));
    }
    text.add_row(std::move(cells));
  }
  return text;
}

std::string introduction(const TheoryTable& table) {
  return "Horizon in years below which buying everything at once beats spending evenly, by the time in which "
         "price-performance doubles and the doublings a year of algorithms (a). An asterisk: at once wins at a horizon of " +
         years_text(table.request.horizon) + ". In parentheses the section of docs/derivations.md.";
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

enum class Notes { sentences, words };

/// "always" of "always: even spending wins at no horizon"; "none" where it says why there is no answer.
std::string word_of(const std::string& note) {
  if (note.empty()) return {};
  const std::size_t colon = note.find(':');
  return colon == std::string::npos ? "none" : note.substr(0, colon);
}

/// A row for each combination, which is what programs read.
Table long_table(const TheoryTable& table, Notes notes) {
  Table result({{.name = "accounting"},
                {.name = "lifetime_years"},
                {.name = "price_performance_doubling_years"},
                {.name = "algorithm_doublings_per_year"},
                {.name = "break_even_years"},
                {.name = "break_even_note"}});
  for (const TheoryTableRow& row : table.rows) {
    result.add_row({row.accounting, Cell::real(row.lifetime), Cell::real(row.price_performance_doubling),
                    Cell::real(row.algorithm_rate), figure_cell(row.break_even),
                    notes == Notes::words ? word_of(row.break_even.note) : row.break_even.note});
  }
  return result;
}

}  // namespace

std::string theory_table_text(const TheoryTable& table, const TableStyle& style) {
  std::string text = core::wrapped(introduction(table), style.width);
  each_block(table, [&](const std::string& title, const Table& block) {
    text += '\n' + title + '\n' + write_text(block, style);
  });
  return text;
}

std::string theory_table_markdown(const TheoryTable& table) {
  std::string text = introduction(table) + '\n';
  each_block(table, [&](const std::string& title, const Table& block) {
    text += '\n' + title + ":\n\n" + write_markdown(block);
  });
  return text;
}

std::string theory_table_json(const TheoryTable& table) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  write_request(json, table.request, Lifetime::in_rows);
  json.key("rows");
  write_json(long_table(table, Notes::sentences), json);
  json.end_object();
  return std::move(json).finish();
}

std::string theory_table_csv(const TheoryTable& table) { return write_csv(long_table(table, Notes::words)); }

std::string theory_table_xlsx(const TheoryTable& table) { return write_xlsx(long_table(table, Notes::words)); }

}  // namespace fleetrace::output
