#include <cstdint>

#include "sim/output/json/document.hpp"
#include "sim/output/studies/diff.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"

/// A difference for programs.
namespace fleetrace::output {
namespace {

using Number = std::optional<double>;

Cell real_or_none(const Number& value) { return value ? Cell::real(*value) : Cell::none(); }
Cell text_or_none(const std::string& text) { return text.empty() ? Cell::none() : Cell(text); }

/// The rows of one part are together, in this order.
enum class Part { input, outcome, effect, interaction };

/// Rows under the names of CSV.
class Rows {
 public:
  explicit Rows(const Diff& diff) : diff_(diff) {}

  void add(Part part) {
    switch (part) {
      case Part::input:
        for (const InputChange& each : diff_.inputs) add_input(each);
        return;
      case Part::outcome:
        for (const OutcomeChange& each : diff_.outcomes) add_outcome(each);
        return;
      case Part::effect:
        for (const ChangeEffect& each : diff_.effects) add_effect(each);
        return;
      case Part::interaction:
        for (std::size_t i = 0; i < diff_.outcomes.size(); ++i) add_interaction(i);
        return;
    }
  }

  [[nodiscard]] Table table() && { return std::move(table_); }

 private:
  /// What a row is about; of an outcome the first three.
  struct Subject {
    const char* part = nullptr;
    const OutcomeChange* outcome = nullptr;
    const InputChange* input = nullptr;
  };

  void add(const Subject& about, const Number& before, const Number& after, const Number& from_a, const Number& from_b,
           const Number& relative, const std::string& problem = {}) {
    const OutcomeChange* outcome = about.outcome;
    const InputChange* input = about.input;
    table_.add_row({about.part, outcome == nullptr ? Cell::none() : Cell(outcome->strategy),
                    outcome == nullptr ? Cell::none() : Cell(outcome->metric),
                    outcome == nullptr ? Cell::none() : text_or_none(outcome->unit),
                    input == nullptr ? Cell::none() : Cell(input->path),
                    input == nullptr ? Cell::none() : text_or_none(input->before),
                    input == nullptr ? Cell::none() : text_or_none(input->after), real_or_none(before),
                    real_or_none(after), real_or_none(from_a), real_or_none(from_b), real_or_none(relative),
                    text_or_none(problem)});
  }
  void add_input(const InputChange& input) {
    std::string problem = input.problem_in_a;
    if (!input.problem_in_b.empty() && input.problem_in_b != problem)
      problem += (problem.empty() ? "" : "; ") + input.problem_in_b;
    add({"input", nullptr, &input}, {}, {}, {}, {}, {}, problem);
  }
  void add_outcome(const OutcomeChange& outcome) {
    add({"outcome", &outcome}, outcome.before, outcome.after, outcome.difference(), outcome.difference(),
        outcome.relative());
  }
  void add_effect(const ChangeEffect& effect) {
    add({"effect", &diff_.outcomes[effect.outcome], &diff_.inputs[effect.input]}, {}, {}, effect.from_a, effect.from_b,
        {});
  }
  void add_interaction(std::size_t outcome) {
    if (const Number from_a = diff_.interaction_from_a(outcome))
      add({"interaction", &diff_.outcomes[outcome]}, {}, {}, from_a, diff_.interaction_from_b(outcome), {});
  }

  const Diff& diff_;
  Table table_{{{.name = "part"},
                {.name = "strategy"},
                {.name = "metric"},
                {.name = "unit"},
                {.name = "path"},
                {.name = "input_a"},
                {.name = "input_b"},
                {.name = "outcome_a"},
                {.name = "outcome_b"},
                {.name = "from_a"},
                {.name = "from_b"},
                {.name = "relative"},
                {.name = "problem"}}};
};

Table part_of(const Diff& diff, Part part) {
  Rows rows(diff);
  rows.add(part);
  return std::move(rows).table();
}

Table rows_of(const Diff& diff) {
  Rows rows(diff);
  for (const Part part : {Part::input, Part::outcome, Part::effect, Part::interaction}) rows.add(part);
  return std::move(rows).table();
}

void write_text_or_null(core::JsonWriter& json, std::string_view key, const std::string& text) {
  json.key(key);
  text.empty() ? json.null() : json.text(text);
}

void write_side(core::JsonWriter& json, std::string_view key, const std::string& name, const std::string& sha256,
                const std::string& money) {
  json.begin_flat_object(key);
  json.text("name", name);
  json.text("sha256", sha256);
  if (!money.empty()) json.text("money", money);
  json.end_object();
}

void write_outcome(core::JsonWriter& json, const Diff& diff, std::size_t index) {
  const OutcomeChange& outcome = diff.outcomes[index];
  json.begin_object();
  json.text("strategy", outcome.strategy);
  json.text("metric", outcome.metric);
  write_text_or_null(json, "unit", outcome.unit);
  json.real("a", outcome.before);
  json.real("b", outcome.after);
  json.real("difference", outcome.difference());
  json.real("relative", outcome.relative());
  json.begin_array("effects");
  for (const ChangeEffect& effect : diff.effects) {
    if (effect.outcome != index) continue;
    json.begin_flat_object();
    json.text("path", diff.inputs[effect.input].path);
    json.real("from_a", effect.from_a);
    json.real("from_b", effect.from_b);
    json.end_object();
  }
  json.end_array();
  json.begin_flat_object("interaction");
  json.real("from_a", diff.interaction_from_a(index));
  json.real("from_b", diff.interaction_from_b(index));
  json.end_object();
  json.end_object();
}

}  // namespace

std::string diff_json(const Diff& diff) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  write_side(json, "a", diff.name_a, diff.sha256_a, diff.money_a);
  write_side(json, "b", diff.name_b, diff.sha256_b, diff.money_b);
  json.boolean("same", diff.empty());
  json.real("reference_compute_flop", diff.reference_flop);
  json.real("reference_compute_of_b_flop", diff.own_reference_flop);
  json.flat_objects("inputs", diff.inputs, [&](const InputChange& each) {
    json.text("path", each.path);
    write_text_or_null(json, "a", each.before);
    write_text_or_null(json, "b", each.after);
    json.boolean("raced", each.is_raced);
    write_text_or_null(json, "problem_in_a", each.problem_in_a);
    write_text_or_null(json, "problem_in_b", each.problem_in_b);
  });
  json.begin_array("outcomes");
  for (std::size_t i = 0; i < diff.outcomes.size(); ++i) write_outcome(json, diff, i);
  json.end_array();
  write_texts(json, "strategies_only_in_a", diff.only_in_a);
  write_texts(json, "strategies_only_in_b", diff.only_in_b);
  json.end_object();
  return std::move(json).finish();
}

std::string diff_jsonl(const Diff& diff) {
  const Table rows = rows_of(diff);
  std::string lines;
  for (const Table::Row& row : rows.rows()) {
    core::JsonWriter json(core::JsonWriter::Layout::compact);
    json.begin_object();
    write_json_members(rows, row, json);
    json.end_object();
    lines += std::move(json).finish();
  }
  return lines;
}

std::string diff_csv(const Diff& diff) { return write_csv(rows_of(diff)); }

std::string diff_xlsx(const Diff& diff) {
  return write_xlsx({{"results", rows_of(diff)},
                     {"inputs", part_of(diff, Part::input)},
                     {"outcomes", part_of(diff, Part::outcome)},
                     {"effects", part_of(diff, Part::effect)},
                     {"interactions", part_of(diff, Part::interaction)}});
}

}  // namespace fleetrace::output
