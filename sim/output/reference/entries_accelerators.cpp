#include <algorithm>

#include "sim/core/text/wrap.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/output/reference/entries_data.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/reader/load.hpp"

namespace fleetrace::output::listing {
namespace {

using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

constexpr std::string_view kUnverified = "unverified";

/// A number for programs, in base units; a date as text.
Cell value_cell(const Value& value) {
  if (const auto* number = std::get_if<double>(&value.data)) return Cell::real(*number, value.source_text);
  return value.source_text;
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
  std::vector<std::string> keys;
  std::string text;
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    const Parameter& parameter = spec.entry->parameters[i];
    if (!is_number(parameter, spec.values[i]) || spec.values[i].provenance->verified != kUnverified) continue;
    text += (text.empty() ? "" : ", ") + std::string(parameter.name);
    keys.emplace_back(parameter.name);
  }
  return {std::move(keys), std::move(text)};
}

/// All numbers of an accelerator. `sources` collects each source once; rows refer to it by its number.
Table numbers(const Spec& spec, std::vector<std::string>& sources) {
  Table table({text_column("key", "name"),
               {.heading = "value", .name = "value"},
               {.name = "low"},
               {.name = "high"},
               text_column("range"),
               {.name = "unit"},
               {.name = "verified"},
               {.name = "source"},
               text_column("source"),
               {.heading = "meaning", .align = Align::left, .name = "summary", .wraps = true}});
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    const Parameter& parameter = spec.entry->parameters[i];
    const Value& value = spec.values[i];
    if (!is_number(parameter, value)) continue;
    const core::Provenance& provenance = *value.provenance;
    auto place = std::find(sources.begin(), sources.end(), provenance.source);
    if (place == sources.end()) place = sources.insert(sources.end(), provenance.source);
    const bool is_date = parameter.shape == Shape::date;
    const std::string_view unit = is_date ? std::string_view{} : core::usual_unit(parameter.dimension);
    const auto in_unit = [&](double number) { return core::amount_in(parameter.dimension, number, unit); };
    const auto* number_there = std::get_if<double>(&value.data);
    const std::string number = '[' + std::to_string(place - sources.begin() + 1) + ']';
    table.add_row({parameter.name,
                   number_there == nullptr ? value_cell(value) : Cell::real(in_unit(*number_there), value.source_text),
                   is_date ? Cell() : Cell::real(in_unit(provenance.low)),
                   is_date ? Cell() : Cell::real(in_unit(provenance.high)),
                   is_date ? std::string() : range_text(parameter, provenance), is_date ? Cell() : Cell(unit),
                   provenance.verified, provenance.source, provenance.verified + ' ' + number, parameter.summary});
  }
  return table;
}

/// Numbers, dates and names alone: programs find the sources and what a number means in the JSON.
Table without_prose(const Table& table) {
  std::vector<Column> columns = table.columns();
  for (Column& column : columns) {
    if (column.name == "source" || column.name == "summary") column = text_column("left out");
  }
  Table result(std::move(columns));
  for (const Table::Row& row : table.rows()) result.add_row(row);
  return result;
}

std::string title(const Spec& spec) {
  std::string text = spec.text("name") + ": " + spec.text("vendor");
  if (spec.has("architecture")) text += ' ' + spec.text("architecture");
  return text;
}

std::string as_text(const Spec& spec, bool markdown) {
  std::vector<std::string> sources;
  const Table table = numbers(spec, sources);
  std::string text = markdown
                         ? "## " + title(spec) + "\n\n" + write_markdown(table, Markdown::markup) + "\nSources:\n\n"
                         : title(spec) + "\n\n" + write_text(table) + "\nSources:\n";
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    if (markdown) {
      text += number + ". " + sources[i] + '\n';
    } else {
      const std::string first = std::string(number.size() < 2 ? 1 : 0, ' ') + '[' + number + "] ";
      text += core::wrapped(sources[i], kTextWidth, first);
    }
  }
  return text;
}

}  // namespace

Table accelerators_table() {
  const auto catalog = reader::embedded_catalog();
  Table table({text_column("accelerator", "name"),
               text_column("vendor", "vendor"),
               text_column("released", "released"),
               {.heading = "bf16", .name = "bf16_flop_per_s"},
               {.heading = "TDP", .name = "tdp_w"},
               {.heading = "price", .name = "price_usd"},
               {.heading = "unverified", .align = Align::left, .name = "unverified", .wraps = true}});
  for (const std::string_view name : catalog->names()) {
    const Spec& spec = *catalog->find(name);
    table.add_row({name, spec.text("vendor"), value_cell(spec.value("released")), value_cell(spec.value("bf16")),
                   value_cell(spec.value("tdp")), value_cell(spec.value("price")), unverified_keys(spec)});
  }
  return table;
}

Listing show_accelerator(const std::string& name) {
  const auto catalog = reader::embedded_catalog();
  const auto spec = [catalog, name]() -> const Spec& { return *catalog->find(name); };
  const auto table = [spec] {
    std::vector<std::string> sources;
    return numbers(spec(), sources);
  };
  const auto write_members = [spec, table, name](core::JsonWriter& json) {
    json.text("family", kAccelerators);
    json.text("name", name);
    json.text("vendor", spec().text("vendor"));
    json.key("architecture");
    spec().has("architecture") ? json.text(spec().text("architecture")) : json.null();
    json.key("numbers");
    write_json(table(), json);
  };
  return {
      .text = [spec](const TableStyle&) { return as_text(spec(), false); },
      .csv = [table] { return write_csv(without_prose(table())); },
      .json = [write_members] { return json_document(write_members); },
      .markdown = [spec] { return as_text(spec(), true); },
      .xlsx = [table] { return write_xlsx(without_prose(table())); },
  };
}

}  // namespace fleetrace::output::listing
