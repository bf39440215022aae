#include <algorithm>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/studies/diff.hpp"
#include "sim/output/studies/diff_parts.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"

/// A difference for people.
namespace fleetrace::output {
namespace {

std::string named_unit(const ShownOutcome& shown) { return shown.unit().empty() ? "" : ' ' + shown.unit(); }

/// "turtle final loss 0.54681 to 0.53011 (-3.1 %), spend 2.128 to 3.100 B USD (+45.7 %)"; empty where nothing leading differs.
std::string told_of(const Diff& diff, const std::string& strategy) {
  std::string text;
  for (const OutcomeChange& each : diff.outcomes) {
    if (each.strategy != strategy || !is_leading(each) || !each.before || !each.after) continue;
    const ShownOutcome shown(diff, each);
    text += (text.empty() ? core::printable(strategy) + ' ' : ", ") + words_of(each) + ' ' + shown.value(*each.before) +
            " to " + shown.value(*each.after) + named_unit(shown) + " (" + percent_text(each) + ')';
  }
  return text;
}

std::vector<std::string> moved_strategies(const Diff& diff) {
  std::vector<std::string> names;
  for (const OutcomeChange& each : diff.outcomes) {
    const bool is_both = each.before && each.after;
    if (is_both && std::find(names.begin(), names.end(), each.strategy) == names.end()) names.push_back(each.strategy);
  }
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& each : names) text += (text.empty() ? "" : ", ") + core::printable(each);
  return text;
}

std::size_t raced_inputs(const Diff& diff) {
  return static_cast<std::size_t>(
      std::count_if(diff.inputs.begin(), diff.inputs.end(), [](const InputChange& each) { return each.is_raced; }));
}

/// Why a change cannot be raced alone.
void add_problems(const Diff& diff, std::vector<std::string>& notes) {
  for (const InputChange& each : diff.inputs) {
    if (!each.problem_in_a.empty())
      notes.push_back(core::printable(each.path) + " is not valid alone in A: " + core::printable(each.problem_in_a) +
                      '.');
    if (!each.problem_in_b.empty())
      notes.push_back("B is not valid without " + core::printable(each.path) + ": " +
                      core::printable(each.problem_in_b) + '.');
  }
}

/// What the amounts of either side are written in, where that is more than USD.
void add_money(const Diff& diff, std::vector<std::string>& notes) {
  if (diff.money_a == diff.money_b) {
    if (!diff.money_a.empty()) notes.push_back(diff.money_a);
    return;
  }
  if (!diff.money_a.empty()) notes.push_back("A: " + diff.money_a);
  if (!diff.money_b.empty()) notes.push_back("B: " + diff.money_b);
}

std::vector<std::string> notes_of(const Diff& diff) {
  std::vector<std::string> notes;
  if (diff.empty()) return notes;
  add_money(diff, notes);
  const std::size_t raced = raced_inputs(diff);
  const bool moves = !moved_strategies(diff).empty();
  if (raced == 1 && moves) {
    const auto only = std::find_if(diff.inputs.begin(), diff.inputs.end(),
                                   [](const InputChange& each) { return each.is_raced; });
    notes.push_back("All of it comes from " + core::printable(only->path) + ", the only change that a race reads.");
  } else if (moves) {
    notes.emplace_back(
        "From A is A with that change alone less A; from B is B less B without that change. Where the two differ changes "
        "interact; what is left of the whole difference is what they do together.");
  }
  std::vector<std::string> unraced;
  for (const InputChange& each : diff.inputs) {
    if (!each.is_raced) unraced.push_back(each.path);
  }
  if (!unraced.empty()) notes.push_back("No race reads " + listed(unraced) + '.');
  if (!diff.only_in_a.empty()) notes.push_back("Only A has the strategies " + listed(diff.only_in_a) + '.');
  if (!diff.only_in_b.empty()) notes.push_back("Only B has the strategies " + listed(diff.only_in_b) + '.');
  add_problems(diff, notes);
  if (diff.own_reference_flop != diff.reference_flop) {
    notes.push_back("Both are measured against the C0 of A, " + rough(diff.reference_flop) +
                    " FLOP. B by itself has one of " + rough(diff.own_reference_flop) +
                    " FLOP, to which its own results are relative.");
  }
  if (moves) notes.emplace_back("All figures of all outcomes are in csv and json.");
  return notes;
}

struct Titled {
  const char* title;
  Table table;
};

/// The tables that have something to say.
std::vector<Titled> tables_of(const Diff& diff) {
  std::vector<Titled> tables;
  const auto add = [&tables](const char* title, Table table) {
    if (!table.empty()) tables.push_back({title, std::move(table)});
  };
  add("What changed in the inputs", diff_inputs(diff));
  add("What changed in the outcomes", diff_outcomes(diff));
  if (raced_inputs(diff) > 1) add("What each change brought", diff_effects(diff));
  return tables;
}

}  // namespace

std::string answer(const Diff& diff) {
  const std::string sides = "A is " + core::printable(diff.name_a) + ", B is " + core::printable(diff.name_b) + ". ";
  if (diff.empty()) return sides + "They are the same: no input and no outcome differs.";
  const auto count = static_cast<std::int64_t>(diff.inputs.size());
  std::string text = sides + counted(count, "input differs", "inputs differ");
  const std::vector<std::string> moved = moved_strategies(diff);
  if (moved.empty()) return text + ", and no outcome of a strategy that both have does.";
  text += '.';
  static constexpr std::size_t kMostTold = 6;
  std::size_t told = 0;
  for (const std::string& each : moved) {
    const std::string of_it = told_of(diff, each);
    if (of_it.empty() || told == kMostTold) continue;
    text += (told == 0 ? " B less A: " : "; ") + of_it;
    ++told;
  }
  return told == 0 ? text : text + '.';
}

std::string diff_table(const Diff& diff, const TableStyle& style) {
  std::string text = core::wrapped(answer(diff), style.width);
  for (const Titled& each : tables_of(diff))
    text += '\n' + std::string(each.title) + "\n\n" + write_text(each.table, style);
  const std::vector<std::string> notes = notes_of(diff);
  if (!notes.empty()) text += '\n';
  for (const std::string& note : notes) text += core::wrapped(note, style.width);
  return text;
}

std::string diff_markdown(const Diff& diff) {
  std::string text = markdown_text(answer(diff)) + '\n';
  for (const Titled& each : tables_of(diff))
    text += "\n## " + std::string(each.title) + "\n\n" + write_markdown(each.table);
  const std::vector<std::string> notes = notes_of(diff);
  if (!notes.empty()) text += '\n';
  for (const std::string& note : notes) text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
