#include "sim/reader/starter.hpp"

#include <set>

#include "sim/core/text/wrap.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/reference/description.hpp"
#include "sim/scenario/reference/source_text.hpp"
#include "sim/scenario/reference/yaml_text.hpp"

namespace fleetrace::reader {
namespace {

using core::Entry;
using core::Family;
using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

constexpr std::size_t kWidth = 100;

constexpr std::string_view kHead =
    R"(# yaml-language-server: $schema=fleetrace.schema.json
#
# A scenario to start from: two strategies with the same money, the same accelerators and the same
# progress of algorithms. Change what you like, then
#
#   fleetrace validate FILE     says what is wrong, and where
#   fleetrace run FILE          races once
#   fleetrace compare FILE      races on many draws, once something is uncertain
#
# A line like "#lifetime: unlimited", with no space behind its #, is a key that is left out, with
# its default if it has one: take the # away to change it. Any number may be a distribution, such as
# {uniform: {low: 0.04, high: 0.06}}. fleetrace list format has every key of every model.
#
# The first line helps editors with a YAML language server to check keys and to explain them, when
# the schema lies beside this file: fleetrace schema > fleetrace.schema.json
)";

// What is not at its default. The numbers are those of the scenario hare-and-turtle, with their sources in the catalog.
constexpr std::string_view kChoices = R"(fleetrace: 1
name: my-race
description: All at once, or every quarter
horizon: {start: 2026-01-01, length: 8 yr}
hardware: {model: catalog, accelerators: [H100, B200, GB300], then: {cadence: 2 yr}}
progress: {model: exponential, doubling: 8 months}
operations: {lifetime: 5 yr, mfu: 0.38, failures: {law: exponential, mtbf: 96517 h, repair: 72 h}}
sites:
  main: {power: 150 MW, pue: 1.1, electricity: 0.0826 USD/kWh}
loss: {model: relative, kappa: 0.05, targets: [0.9, 0.8, 0.7]}
initial_fleet:
  - {accelerator: H100, count: 4096, installed: 2025-01-01}
strategies:
  hare: {buy: front_loaded, budget: 2e9 USD}
  turtle: {buy: incremental, budget: 2e9 USD, every: 3 months}
study: {replications: 400, objective: final_loss, confidence: 0.95}
)";

class Writer {
 public:
  std::string write(const Spec& root) {
    text_ = kHead;
    for (std::size_t i = 0; i < root.values.size(); ++i) {
      const Parameter& parameter = root.entry->parameters[i];
      if (parameter.family != nullptr || i == 0) text_ += '\n';
      member("", parameter, root.values[i], "");
    }
    return std::move(text_);
  }

 private:
  void explain(const std::string& words, const std::string& indent) {
    const std::string lines = core::wrapped(words, kWidth - indent.size() - 2);
    for (std::size_t from = 0; from < lines.size();) {
      const std::size_t end = lines.find('\n', from);
      text_ += indent + "# " + lines.substr(from, end - from) + '\n';
      from = end + 1;
    }
  }

  static std::string models(const Family& family) {
    std::string names;
    for (const Entry* entry : family.entries) names += (names.empty() ? "" : ", ") + std::string(entry->name);
    return std::string(family.selector) + " is one of " + names + " (fleetrace list " + std::string(family.name) + ").";
  }

  static std::string meaning(const Parameter& parameter) {
    std::string words = scenario::sentence(parameter.summary);
    const bool is_section = parameter.shape == Shape::section || parameter.shape == Shape::table;
    if (is_section && !parameter.family->selector.empty()) words += ' ' + models(*parameter.family);
    if (parameter.shape == Shape::choice) {
      std::string choices;
      for (const std::string_view each : parameter.choices)
        choices += (choices.empty() ? "" : ", ") + std::string(each);
      words += " One of " + choices + '.';
    }
    return words;
  }

  /// A key, commented out where it is not chosen; explained where it is met for the first time.
  void member(const std::string& family, const Parameter& parameter, const Value& value, const std::string& indent) {
    const bool given = value.given();
    const bool chosen = given && !value.preset;
    const bool is_new = met_.insert(family + '.' + std::string(parameter.name)).second;
    if (!chosen && !is_new) return;
    if (is_new) explain(meaning(parameter), indent);
    const std::string key = (chosen ? "" : "#") +
                            (given ? scenario::source_key(parameter, value) : first_key(parameter)) + ':';
    const auto* sections = given ? std::get_if<std::vector<Spec>>(&value.data) : nullptr;
    if (sections == nullptr) {
      text_ += indent + key + default_of(parameter, value) + '\n';
    } else if (parameter.shape == Shape::section && !chosen && !parameter.family->selector.empty()) {
      text_ += indent + key + ' ' + std::string(sections->front().entry->name) + '\n';
    } else {
      text_ += indent + key + '\n';
      below(parameter, *sections, indent + "  ");
    }
  }

  static std::string first_key(const Parameter& parameter) {
    return parameter.shape == Shape::growth ? core::growth_keys(parameter).doubling : std::string(parameter.name);
  }

  static std::string default_of(const Parameter& parameter, const Value& value) {
    if (value.given()) return ' ' + scenario::source_value(parameter, value);
    const bool is_section = parameter.shape == Shape::section || parameter.shape == Shape::changes;
    return is_section ? " {}" : parameter.shape == Shape::list ? " []" : "";
  }

  void below(const Parameter& parameter, const std::vector<Spec>& sections, const std::string& indent) {
    for (const Spec& each : sections) {
      if (parameter.shape == Shape::table) {
        text_ += indent + scenario::yaml_text(each.name) + ":\n";
        section(*parameter.family, each, indent + "  ");
      } else if (parameter.shape == Shape::list) {
        const std::size_t before = text_.size();
        section(*parameter.family, each, indent + "  ");
        mark_item(before, indent.size());
      } else {
        section(*parameter.family, each, indent);
      }
    }
  }

  /// The first key of a list's entry gets the dash.
  void mark_item(std::size_t from, std::size_t column) {
    std::size_t line = from;
    while (text_[text_.find_first_not_of(' ', line)] == '#') line = text_.find('\n', line) + 1;
    text_[line + column] = '-';
  }

  void section(const Family& family, const Spec& spec, const std::string& indent) {
    if (!family.selector.empty()) {
      if (met_.insert(std::string(family.name) + " " + std::string(spec.entry->name)).second)
        explain(scenario::sentence(spec.entry->summary), indent);
      text_ += indent + std::string(family.selector) + ": " + std::string(spec.entry->name) + '\n';
    }
    for (std::size_t i = 0; i < spec.values.size(); ++i)
      member(std::string(family.name), spec.entry->parameters[i], spec.values[i], indent);
  }

  std::string text_;
  std::set<std::string> met_;  ///< what is explained already: "purchase.budget"
};

}  // namespace

std::string starter_scenario() { return Writer().write(load_bytes(kChoices, "the scenario to start from").root()); }

}  // namespace fleetrace::reader
