#include <algorithm>

#include "entries_data.hpp"
#include "fleetrace/output/text.hpp"
#include "fleetrace/scenario/load.hpp"

namespace fleetrace::output::listing {
namespace {

using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;
using grid::cell;
using grid::Cell;
using grid::Grid;
using grid::Json;

constexpr std::string_view kUnverified = "unverified";

/// A number for programs, in base units; a date as text.
Cell value_cell(const Value& value) {
  if (const auto* number = std::get_if<double>(&value.data)) return cell(*number, value.written);
  return cell(value.written);
}

/// "27000 to 45000 USD"; empty where no range is known.
std::string range_text(const Parameter& parameter, const core::Provenance& provenance) {
  if (provenance.low == provenance.high) return {};
  std::string low = core::format_quantity(parameter.dimension, provenance.low);
  const std::string high = core::format_quantity(parameter.dimension, provenance.high);
  const std::size_t unit = low.find(' ');
  if (unit != std::string::npos && high.find(low.substr(unit)) == high.find(' ')) low.resize(unit);
  return low + " to " + high;
}

bool is_number(const Parameter& parameter, const Value& value) {
  return parameter.sourced && value.given() && value.provenance != nullptr;
}

Cell unverified_keys(const Spec& spec) {
  Cell keys{{}, Json::array()};
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    const Parameter& parameter = spec.entry->parameters[i];
    if (!is_number(parameter, spec.values[i]) || spec.values[i].provenance->verified != kUnverified) continue;
    keys.text += (keys.text.empty() ? "" : ", ") + std::string(parameter.name);
    keys.data.push_back(parameter.name);
  }
  return keys;
}

/// All numbers of an accelerator. `sources` collects each source once; rows refer to it by its number.
Grid numbers(const Spec& spec, std::vector<std::string>& sources) {
  Grid grid;
  grid.columns = {{"name", "key"}, {"value", "value", true}, {"low", ""},    {"high", ""},   {"", "range"},
                  {"unit", ""},    {"verified", ""},         {"source", ""}, {"", "source"}, {"summary", "meaning"}};
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    const Parameter& parameter = spec.entry->parameters[i];
    const Value& value = spec.values[i];
    if (!is_number(parameter, value)) continue;
    const core::Provenance& provenance = *value.provenance;
    auto place = std::find(sources.begin(), sources.end(), provenance.source);
    if (place == sources.end()) place = sources.insert(sources.end(), provenance.source);
    const bool is_date = parameter.shape == Shape::date;
    const Cell missing;
    const std::string number = '[' + std::to_string(place - sources.begin() + 1) + ']';
    grid.rows.push_back({cell(std::string(parameter.name)), value_cell(value),
                         is_date ? missing : cell(provenance.low, {}), is_date ? missing : cell(provenance.high, {}),
                         cell(is_date ? std::string() : range_text(parameter, provenance)),
                         is_date ? missing : cell(std::string(core::base_unit(parameter.dimension))),
                         cell(provenance.verified), cell(provenance.source), cell(provenance.verified + ' ' + number),
                         cell(std::string(parameter.summary))});
  }
  return grid;
}

std::string title(const Spec& spec) {
  std::string text = spec.text("name") + ": " + spec.text("vendor");
  if (spec.has("architecture")) text += ' ' + spec.text("architecture");
  return text;
}

std::string as_text(const Spec& spec, bool markdown) {
  std::vector<std::string> sources;
  const Grid grid = numbers(spec, sources);
  std::string text = markdown ? "## " + title(spec) + "\n\n" + grid::markdown(grid) + "\nSources:\n\n"
                              : title(spec) + "\n\n" + grid::table(grid) + "\nSources:\n";
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    if (markdown) {
      text += number + ". " + sources[i] + '\n';
    } else {
      const std::string first = std::string(number.size() < 2 ? 1 : 0, ' ') + '[' + number + "] ";
      text += wrapped(sources[i], grid::kWidth, first);
    }
  }
  return text;
}

}  // namespace

Grid accelerator_grid() {
  const auto catalog = scenario::embedded_catalog();
  Grid grid;
  grid.columns = {{"name", "accelerator"},           {"vendor", "vendor"},   {"released", "released"},
                  {"bf16_flop_per_s", "bf16", true}, {"tdp_w", "TDP", true}, {"price_usd", "price", true},
                  {"unverified", "unverified"}};
  for (const std::string_view name : catalog->names()) {
    const Spec& spec = *catalog->find(name);
    grid.rows.push_back({cell(std::string(name)), cell(spec.text("vendor")), value_cell(spec.value("released")),
                         value_cell(spec.value("bf16")), value_cell(spec.value("tdp")), value_cell(spec.value("price")),
                         unverified_keys(spec)});
  }
  return grid;
}

std::string show_accelerator(const std::string& name, ListFormat format) {
  const auto catalog = scenario::embedded_catalog();
  const Spec& spec = *catalog->find(name);
  if (format == ListFormat::table || format == ListFormat::markdown)
    return as_text(spec, format == ListFormat::markdown);
  std::vector<std::string> sources;
  const Grid grid = numbers(spec, sources);
  if (format == ListFormat::csv) return grid::csv(grid);
  Json json = grid::header();
  json["family"] = kAccelerators;
  json["name"] = name;
  json["vendor"] = spec.text("vendor");
  json["architecture"] = spec.has("architecture") ? Json(spec.text("architecture")) : Json();
  json["numbers"] = grid::json(grid);
  return grid::dump(json);
}

}  // namespace fleetrace::output::listing
