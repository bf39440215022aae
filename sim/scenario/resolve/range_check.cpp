#include "sim/scenario/resolve/range_check.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "sim/scenario/resolve/purchase_planner.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::scenario {
namespace {

/// One input, by its index into Inputs::names(), at a cumulated probability.
struct Setting {
  std::size_t name;
  double u;
};
using Corner = std::vector<Setting>;

constexpr std::size_t kMostAlone = 200;   ///< inputs that are looked at one by one
constexpr std::size_t kMostValues = 32;   ///< of a choice; of more, the least and the largest
constexpr std::size_t kMostInFull = 6;    ///< inputs whose corners are all looked at
constexpr std::size_t kMostPairs = 100;   ///< of more inputs, pairs
constexpr std::size_t kMostFindings = 5;  ///< of inputs together

/// A quantity with four digits, in the unit that it is shown in.
std::string rough(core::Dimension dimension, double value) {
  const std::string text = core::format_quantity(dimension, value);
  const std::size_t space = std::min(text.find(' '), text.size());
  double number = 0;
  std::from_chars(text.data(), text.data() + space, number);
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::general, 4).ptr;
  return std::string(digits, end) + text.substr(space);
}

class RangeCheck {
 public:
  RangeCheck(const Inputs& inputs, core::Diagnostics& diagnostics)
      : inputs_(inputs), diagnostics_(diagnostics), drawn_(inputs), extremes_(inputs.names().size()) {
    resolution_.believe(inputs.scenario(), inputs.scenario());
    for (const UncertainInput& each : inputs.all()) {
      std::vector<double> own = each.law.law().extremes();
      // By value: those of a choice come in the order in which they are written.
      std::sort(own.begin(), own.end(), [&](double a, double b) { return each.law.at(a) < each.law.at(b); });
      if (own.size() > kMostValues) own = {own.front(), own.back()};
      std::vector<double>& all = extremes_[each.name];
      for (const double u : own) {
        if (std::find(all.begin(), all.end(), u) == all.end()) all.push_back(u);
      }
    }
  }

  void run() {
    std::vector<std::size_t> fine;
    for (std::size_t name = 0; name < extremes_.size(); ++name) {
      if (extremes_.size() > kMostAlone || !report_alone(name)) fine.push_back(name);
    }
    if (fine.size() <= kMostInFull) return all_corners(fine, 0, {});
    if (extremes_.size() <= kMostAlone) pairs(fine);
    for (const bool high : {false, true}) {
      Corner corner;
      for (const std::size_t name : fine) corner.push_back({name, end_of(name, high)});
      report(std::move(corner));
    }
  }

 private:
  [[nodiscard]] double end_of(std::size_t name, bool high) const {
    return high ? extremes_[name].back() : extremes_[name].front();
  }

  [[nodiscard]] std::vector<double> values(const Corner& corner) const {
    std::vector<double> result;
    result.reserve(inputs_.all().size());
    for (const UncertainInput& each : inputs_.all()) {
      const auto found = std::find_if(corner.begin(), corner.end(),
                                      [&](const Setting& one) { return one.name == each.name; });
      result.push_back(found == corner.end() ? each.law.median() : each.law.at(found->u));
    }
    return result;
  }

  bool fails(const Corner& corner) {
    try {
      (void)resolution_.resolve(drawn_.at(values(corner)), {});
      return false;
    } catch (const core::InputError&) {
      return true;
    }
  }

  /// Says what is wrong at the least and at the largest value that make no sense, with the medians of all other inputs. Whether
  /// there is any.
  bool report_alone(std::size_t name) {
    std::vector<double> wrong;
    for (const double u : extremes_[name]) {
      if (fails({{name, u}})) wrong.push_back(u);
    }
    if (wrong.empty()) return false;
    add({{name, wrong.front()}});
    if (wrong.size() > 1) add({{name, wrong.back()}});
    return true;
  }

  /// Says what is wrong at a corner, and of which inputs. Whether anything is.
  bool report(Corner corner) {
    if (reported_ >= kMostFindings || !fails(corner)) return false;
    for (std::size_t i = corner.size(); i-- > 0 && corner.size() > 1;) {
      Corner fewer = corner;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (fails(fewer)) corner = std::move(fewer);
    }
    std::vector<std::size_t> names;
    for (const Setting& each : corner) names.push_back(each.name);
    if (std::find(said_.begin(), said_.end(), names) != said_.end()) return true;
    said_.push_back(names);
    ++reported_;
    add(corner);
    return true;
  }

  void add(const Corner& corner) {
    std::optional<core::Diagnostic> found;
    try {
      (void)resolution_.resolve(inputs_.at(values(corner)), {});  // whose texts are those of the draw
    } catch (const core::InputError& error) {
      found = error.diagnostics().front();
    }
    if (!found) return;
    const UncertainInput& first = input(corner.front());
    std::string problem = "it can be drawn as " + shown(first, corner.front().u);
    for (std::size_t i = 1; i < corner.size(); ++i)
      problem += (i == 1 ? " with " : ", ") + input(corner[i]).path + " at " + shown(input(corner[i]), corner[i].u);
    problem += ", where ";
    if (found->path != first.path) problem += found->path + ": ";
    core::Diagnostic one{find(inputs_.scenario(), first.path)->where, first.path, problem + found->problem,
                         found->reason, "Narrow its distribution, so that every draw of it can be run."};
    diagnostics_.add(std::move(one));
  }

  [[nodiscard]] const UncertainInput& input(const Setting& setting) const {
    return *std::find_if(inputs_.all().begin(), inputs_.all().end(),
                         [&](const UncertainInput& each) { return each.name == setting.name; });
  }

  /// The end of the law, or how far it goes where it has none.
  static std::string shown(const UncertainInput& input, double u) {
    const core::Distribution& law = input.law.law();
    const double end = law.quantile(u < 0.5 ? 0 : 1);
    const double value = law.quantile(u);
    const bool is_end = std::isfinite(end) && std::fabs(value - end) <= 1e-6 * std::fabs(end);
    return is_end ? input.text(end) : rough(input.law.dimension(), value);
  }

  void all_corners(const std::vector<std::size_t>& names, std::size_t next, const Corner& corner) {
    if (next == names.size()) {
      if (corner.size() > 1) report(corner);
      return;
    }
    const std::size_t name = names[next];
    std::vector<double> ends{end_of(name, false), end_of(name, true)};
    for (const double u : ends) {
      Corner more = corner;
      more.push_back({name, u});
      all_corners(names, next + 1, more);
    }
  }

  void pairs(const std::vector<std::size_t>& names) {
    std::size_t looked_at = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
      for (std::size_t k = i + 1; k < names.size(); ++k) {
        if (++looked_at > kMostPairs) return;
        for (const bool a : {false, true}) {
          for (const bool b : {false, true}) report({{names[i], end_of(names[i], a)}, {names[k], end_of(names[k], b)}});
        }
      }
    }
  }

  const PlanningPause pause_;  ///< the plans of the draws do not matter here
  const Inputs& inputs_;
  core::Diagnostics& diagnostics_;
  DrawnScenario drawn_;
  Resolution resolution_;
  std::vector<std::vector<double>> extremes_;  ///< of each name
  std::vector<std::vector<std::size_t>> said_;
  std::size_t reported_ = 0;  ///< of inputs together
};

}  // namespace

void check_ranges(const Inputs& inputs, core::Diagnostics& diagnostics) {
  if (!inputs.all().empty()) RangeCheck(inputs, diagnostics).run();
}

}  // namespace fleetrace::scenario
