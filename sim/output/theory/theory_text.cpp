#include <cmath>

#include "fleetrace/core/quantity.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/output/theory/theory_words.hpp"

namespace fleetrace::output {
namespace {

/// A note may begin with a word that stands for the figure: "always: ...".
constexpr std::size_t kLongestWord = 10;

/// "2.55", "never" or "always", with the reason left to the notes.
std::string shown(const TheoryValue& figure) {
  if (figure.value) return *figure.value < 1e4 ? fixed(*figure.value, 2) : rough(*figure.value);
  const std::size_t colon = figure.note.find(':');
  return colon > kLongestWord ? "-" : figure.note.substr(0, colon);
}

/// "1.09x", "76.0x", "5,432x".
std::string times(double factor) {
  if (factor < 1000) return fixed(factor, factor < 10 ? 2 : 1) + 'x';
  if (factor < 1e9) return grouped(std::llround(factor)) + 'x';
  return std::isfinite(factor) ? rough(factor) + 'x' : "beyond 1e308";
}

std::string loss_text(double loss) { return loss < 0.001 ? rough(loss, 2) : fixed(loss, 4); }
Cell loss_cell(double loss) { return Cell::real(loss, loss_text(loss)); }

std::string doubling(double rate) { return rate > 0 ? "doubling every " + years_text(1 / rate) : "without growth"; }

std::string setting(const Theory& theory) {
  const TheoryRequest& request = theory.request;
  std::string text = "One budget, price-performance " + doubling(request.price_performance_rate) + ", algorithms " +
                     doubling(request.algorithm_rate) + ", " +
                     (std::isinf(request.lifetime) ? "unlimited life" : "a life of " + years_text(request.lifetime)) +
                     ", runs of " + years_text(request.run_length) + ", kappa " + core::format_real(request.kappa) +
                     ", nu " + core::format_real(request.nu) + "/yr";
  const auto add = [&](std::string_view name, double value, std::string_view unit) {
    if (value > 0) text += ", " + std::string(name) + ' ' + core::format_real(value) + std::string(unit);
  };
  add("interest", request.interest, "/yr");
  add("decay", request.decay, "/yr");
  add("volatility", request.volatility, "");
  add("running costs", request.opex, " of hardware's price a year");
  return text + '.';
}

/// "after 6.64 yr", "at once", "at any time in the first 3.00 yr": of an accounting whose best single purchase is known.
std::string when(const TheoryAccounting& answer) {
  const double first = *answer.purchase.value;
  if (answer.purchase_latest) {
    const std::string last = fixed(*answer.purchase_latest, 2) + " yr";
    return first > 0 ? "at any time from " + fixed(first, 2) + " to " + last : "at any time in the first " + last;
  }
  return first > 0 ? "after " + fixed(first, 2) + " yr" : "at once";
}

std::string purchase_text(const TheoryAccounting& answer) {
  return shown(answer.purchase) + (answer.purchase_latest ? " to " + fixed(*answer.purchase_latest, 2) : "");
}

/// "Buy after 6.64 yr for the lowest final loss, at once for ...": the best single purchases that are known.
std::string purchases(const Theory& theory) {
  std::string text;
  std::string common;
  bool agree = true;
  std::size_t known = 0;
  for (const TheoryAccounting& answer : theory.accountings) {
    if (!answer.purchase.value) continue;
    const std::string date = when(answer);
    agree = agree && (known == 0 || date == common);
    common = date;
    text += (known++ == 0 ? "buy " : ", ") + date + " for the " + (answer.id == "best_run" ? "" : "lowest ") +
            std::string(answer.name);
  }
  if (known == theory.accountings.size())
    return agree ? "buy " + common + ", whatever the accounting" : text + ": the accounting decides";
  return known == 0 ? "nothing is known in closed form" : text;
}

/// "on final loss and best run": the accountings under which one of the two plans wins.
std::string winners(const Theory& theory, bool uniform) {
  std::vector<std::string_view> names;
  for (const TheoryAccounting& answer : theory.accountings) {
    if (answer.losses && (answer.losses->uniform_over_front_loaded > 1) == uniform) names.push_back(answer.name);
  }
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += std::string(i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + std::string(names[i]);
  }
  return text;
}

std::string verdict(const Theory& theory) {
  std::string text = "With one purchase and a horizon of " + years_text(theory.request.horizon) + ", " +
                     purchases(theory) + '.';
  const std::string uniform = winners(theory, true);
  const std::string at_once = winners(theory, false);
  if (!uniform.empty()) text += " Spending evenly beats all at once on " + uniform + '.';
  if (!at_once.empty()) text += " All at once beats spending evenly on " + at_once + '.';
  return text;
}

Table accountings_table(const Theory& theory) {
  Table table;
  table.add_column({"accounting\n(section)", Align::left});
  table.add_column({"best single\nbuy (yr)"});
  table.add_column({"lead\n(yr)"});
  table.add_column({"at once wins\nbelow (yr)"});
  table.add_column({"winner at\nhorizon", Align::left});
  table.add_column({"by\ncompute"});
  table.add_column({"loss:\nat once"});
  table.add_column({"\nevenly"});
  table.add_column({"best\nsingle"});
  for (const TheoryAccounting& answer : theory.accountings) {
    Table::Row cells{std::string(answer.name) + " (" + std::string(answer.section) + ')', purchase_text(answer),
                     shown(answer.lead), shown(answer.break_even)};
    if (answer.losses) {
      const TheoryLosses& losses = *answer.losses;
      const bool uniform = losses.uniform_over_front_loaded > 1;
      const double factor = uniform ? losses.uniform_over_front_loaded : 1 / losses.uniform_over_front_loaded;
      cells.emplace_back(uniform ? "evenly" : "at once");
      cells.push_back(Cell::real(factor, times(factor)));
      cells.push_back(loss_cell(losses.front_loaded).best_if(!uniform));
      cells.push_back(loss_cell(losses.uniform).best_if(uniform));
      cells.push_back(loss_cell(losses.single_purchase));
    }
    cells.resize(table.columns().size(), Cell::none());
    table.add_row(std::move(cells));
  }
  return table;
}

Table overtaking_table(const Theory& theory) {
  Table table;
  table.add_column({"fleets"});
  table.add_column({"overtaken if they\nstand still (yr)"});
  table.add_column({"overtaken if hardware\nalone improves (yr)"});
  for (const TheoryOvertaking& each : theory.overtakings) {
    table.add_row({core::format_real(each.multiple), shown(each.no_progress), shown(each.hardware_alone)});
  }
  return table;
}

Table extras_table(const Theory& theory) {
  Table table;
  table.add_column({"more (section)", Align::left});
  table.add_column({"value"});
  for (const TheoryExtra& extra : theory.extras) {
    const std::string unit = (extra.unit.empty() ? "" : " ") + std::string(extra.unit);
    table.add_row({std::string(extra.name) + " (" + std::string(extra.section) + ')',
                   extra.figure.value ? fixed(*extra.figure.value, 3) + unit : shown(extra.figure)});
  }
  return table;
}

std::string fleet_worth(const Theory& theory) {
  return "By then progress at " + rough(theory.gamma, 4) + " doublings a year is worth " + times(theory.worth_of_all) +
         " the chips, power and capex of a fleet without any, and its algorithms " + times(theory.worth_of_algorithms) +
         " those of a fleet with hardware progress alone (section 10). One such fleet overtakes:";
}

/// Why figures are missing, and what else is known.
std::vector<std::string> notes(const Theory& theory) {
  std::vector<std::string> result;
  const auto add = [&](const TheoryAccounting& answer, std::string_view what, const std::string& note) {
    if (!note.empty()) result.push_back(std::string(answer.name) + ", " + std::string(what) + ": " + note + '.');
  };
  for (const TheoryAccounting& answer : theory.accountings) {
    if (answer.lead.note == answer.losses_note && answer.break_even.note == answer.losses_note) {
      add(answer, "all figures", answer.losses_note);
      continue;
    }
    add(answer, "best purchase", answer.lead.note);
    add(answer, "break-even", answer.break_even.note);
    if (answer.losses_note != answer.break_even.note) add(answer, "losses", answer.losses_note);
    if (!answer.losses) continue;
    if (answer.break_even.value && *answer.break_even.value < theory.request.horizon &&
        answer.losses->uniform_over_front_loaded < 1) {
      add(answer, "break-even", "all at once is ahead again on a horizon as long as this one");
    }
    if (answer.losses->optimum) {
      add(answer, "best of all plans",
          loss_text(*answer.losses->optimum) + ", by a nearly constant budget and a last purchase");
    }
  }
  return result;
}

constexpr std::string_view kLegend =
    "final loss: all compute since the start, at the horizon; average loss: the same, over the whole horizon; best run: the "
    "largest training run that has ended. At once and evenly are two plans for one budget; machines that die are not "
    "replaced. By compute: the factor between the two plans, for average loss the one that the losses are worth. Sections "
    "are those of docs/derivations.md.";

template <class Paragraph, class Table>
std::string pages(const Theory& theory, Paragraph&& paragraph, Table&& table) {
  std::string text = paragraph(verdict(theory)) + paragraph(setting(theory)) + '\n' + table(accountings_table(theory)) +
                     '\n';
  for (const std::string& note : notes(theory)) text += paragraph(note);
  text += paragraph(std::string(kLegend)) + '\n' + paragraph(fleet_worth(theory)) + '\n';
  if (!theory.overtakings.empty()) text += table(overtaking_table(theory)) + '\n';
  return text + table(extras_table(theory));
}

}  // namespace

std::string theory_text(const Theory& theory, const TableStyle& style) {
  return pages(
      theory, [&style](const std::string& text) { return core::wrapped(text, style.width); },
      [&style](const Table& table) { return write_text(table, style); });
}

std::string theory_markdown(const Theory& theory) {
  return pages(
      theory, [](const std::string& text) { return text + "\n\n"; },
      [](const Table& table) { return write_markdown(table); });
}

}  // namespace fleetrace::output
