#include "sim/api/resolved.hpp"

#include <cmath>

#include "sim/core/schema/uncertain.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/scenario/reference/source_text.hpp"
#include "sim/scenario/reference/yaml_text.hpp"

namespace fleetrace {
namespace {

using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

/// "60 %" of a probability.
std::string percent(double share) { return core::format_real(std::round(share * 1e3) / 10) + " %"; }

std::string comment_of(const Parameter& parameter, const Value& value) {
  if (value.uncertain) {
    const core::Uncertain& known = *value.uncertain;
    std::string text = "  # median " + core::format_quantity(known.dimension(), known.written_median(),
                                                             core::written_unit(known.dimension(), value.source_text));
    if (known.cut() >= 0.0005) text += ", without the " + percent(known.cut()) + " that is out of range";
    return text;
  }
  if (!value.preset) return {};
  std::string text = "  # default";
  if (!parameter.verified) text += ", unverified";
  if (!parameter.source.empty()) text += ": " + std::string(parameter.source);
  return text;
}

/// Whether a default counts for nothing in its section, and would count if it were written out: that of price_decline where
/// prices are quoted.
bool is_idle_default(const Spec& spec, std::size_t index) {
  if (!spec.values[index].preset || spec.entry->parameters[index].name != "price_decline") return false;
  const bool has_price = spec.entry->find("price") != nullptr;
  const Spec* price = has_price ? spec.section("price") : nullptr;
  return price != nullptr && price->entry->name == "by_date";
}

class Writer {
 public:
  std::string write(const Spec& root) {
    members(root, {}, "");
    return std::move(yaml_);
  }

 private:
  /// The members of a section; `family` is empty for plain ones.
  void members(const Spec& spec, std::string_view selector, const std::string& indent) {
    if (!selector.empty()) yaml_ += indent + std::string(selector) + ": " + std::string(spec.entry->name) + '\n';
    for (std::size_t i = 0; i < spec.values.size(); ++i) {
      if (spec.values[i].given() && !is_idle_default(spec, i))
        member(spec.entry->parameters[i], spec.values[i], indent);
    }
  }

  void member(const Parameter& parameter, const Value& value, const std::string& indent) {
    yaml_ += indent + scenario::source_key(parameter, value) + ':';
    const auto* sections = std::get_if<std::vector<Spec>>(&value.data);
    if (sections == nullptr) {
      yaml_ += ' ' + scenario::source_value(parameter, value) + comment_of(parameter, value) + '\n';
    } else if (parameter.shape == Shape::list) {
      list(*sections, parameter.family->selector, indent + "  ");
    } else if (parameter.shape == Shape::table) {
      table(*sections, parameter.family->selector, indent + "  ");
    } else {
      const bool is_family = parameter.shape == Shape::section;
      section(sections->front(), is_family ? parameter.family->selector : "", comment_of(parameter, value),
              indent + "  ");
    }
  }

  /// A section behind its key, from which the line goes on.
  void section(const Spec& spec, std::string_view selector, const std::string& comment, const std::string& indent) {
    const std::size_t before = yaml_.size();
    members(spec, selector, indent);
    const bool empty = yaml_.size() == before;
    yaml_.insert(before, (empty ? " {}" : "") + comment + '\n');
  }

  void list(const std::vector<Spec>& sections, std::string_view selector, const std::string& indent) {
    yaml_ += sections.empty() ? " []\n" : "\n";
    for (const Spec& each : sections) {
      const std::size_t before = yaml_.size();
      members(each, selector, indent + "  ");
      if (yaml_.size() == before) yaml_ += indent + "  {}\n";
      yaml_[before + indent.size()] = '-';
    }
  }

  void table(const std::vector<Spec>& sections, std::string_view selector, const std::string& indent) {
    yaml_ += sections.empty() ? " {}\n" : "\n";
    for (const Spec& each : sections) {
      yaml_ += indent + scenario::yaml_text(each.name) + ':';
      section(each, selector, "", indent + "  ");
    }
  }

  std::string yaml_;
};

}  // namespace

std::string to_yaml(const scenario::Scenario& scenario) { return Writer().write(scenario.root()); }

}  // namespace fleetrace
