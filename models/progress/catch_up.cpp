#include "models/progress/catch_up.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/progress/progress_entries.hpp"
#include "models/progress/quadrature.hpp"
#include "models/theory/root.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kLatest = 1e4;    // years: after the end of any horizon
constexpr double kForgotten = 45;  // e^-45 of a gap is nothing in double precision

double log_gap(const ProgressLaw& law, double years) {
  const CatchUp& c = law.catch_up;
  return c.log_lead + c.frontier * years - c.log_own(law, years);
}

// How fast ln (F/B) falls.
double fall(const ProgressLaw& law, double years) { return law.catch_up.own_rate(law, years) - law.catch_up.frontier; }

// M at `to` where the law is behind from `from` on, at which M is `level`:
//   e^(-k (to - from)) level + k times the integral of e^(-k (to - s)) F/B(s)
double behind(const ProgressLaw& law, double from, double level, double to) {
  const double k = law.catch_up.flow;
  if (!(to > from)) return level;
  const double start = std::max(from, to - kForgotten / k);
  const double steepest = std::max(std::fabs(fall(law, start)), std::fabs(fall(law, to)));
  const auto f = [&](double years) { return core::exp(log_gap(law, years) - k * (to - years)); };
  return core::exp(-k * (to - from)) * level + k * gauss_panels(start, to, (k + steepest) * (to - start), f);
}

// M at `to` from that at `from`.
double level_from(const ProgressLaw& law, double from, double level, double to) {
  const CatchUp& c = law.catch_up;
  if (to <= c.meets) return behind(law, from, level, to);
  return to <= c.passes ? c.met : behind(law, std::max(from, c.passes), from < c.passes ? c.met : level, to);
}

double level_at(const ProgressLaw& law, double years) {
  return level_from(law, law.catch_up.since, law.catch_up.level, years);
}

double value(const ProgressLaw& law, double years) {
  return core::exp(law.catch_up.log_own(law, years)) * level_at(law, years);
}

double log_value(const ProgressLaw& law, double years) {
  return law.catch_up.log_own(law, years) + core::log(level_at(law, years));
}

double integral(const ProgressLaw& law, double from, double to) {
  return integral_of_catching_up(law, from, to, [&law](double years, double level) {
    return core::exp(law.catch_up.log_own(law, years)) * level;
  });
}

double rate(const ProgressLaw& law, double years) {
  const CatchUp& c = law.catch_up;
  const double ahead = core::exp(log_gap(law, years)) / level_at(law, years) - 1;
  return c.own_rate(law, years) + c.flow * std::max(0.0, ahead);
}

// When ln (F/B), which falls until `bottom` and rises then, comes back to `level`.
double comes_back(const ProgressLaw& law, double bottom, double level) {
  const auto above = [&](double years) { return log_gap(law, years) - core::log(level); };
  if (above(bottom) >= 0) return bottom;
  for (double step = 1; bottom + step < kLatest; step *= 2) {
    if (above(bottom + step) >= 0) return theory::root_between(above, bottom, bottom + step);
  }
  return kNever;
}

// When M, which starts below F/B, comes up with it while F/B falls, until `bottom`.
double comes_up(const ProgressLaw& law, double bottom) {
  const CatchUp& c = law.catch_up;
  const double end = std::min(bottom, kLatest);
  const auto above = [&](double years) {
    return behind(law, c.since, c.level, years) - core::exp(log_gap(law, years));
  };
  double from = c.since;
  for (double step = 0.1 / (c.flow + fall(law, c.since)); from < end; step *= 2) {
    const double to = std::min(end, from + step);
    if (above(to) >= 0) return theory::root_between(above, from, to);
    from = to;
  }
  return kNever;
}

// When ln (F/B) is least.
double least_gap(const ProgressLaw& law) {
  const double since = law.catch_up.since;
  if (!(fall(law, since) > 0)) return since;
  if (!(fall(law, kLatest) < 0)) return kNever;
  return theory::root_between([&law](double years) { return fall(law, years); }, since, kLatest);
}

const core::Entry& entry() {
  static const core::Entry kSpillover{
      .name = "spillover",
      .summary = "What is copied from a frontier ahead: sigma (F - A)/tau on top of dA/dt, F(t) = lead 2^(f t).",
      .parameters = frontier_parameters("doubling time of the frontier"),
  };
  return kSpillover;
}

}  // namespace

std::vector<core::Parameter> frontier_parameters(std::string_view of_frontier_doubling) {
  return {
      {.name = "frontier_doubling",
       .summary = of_frontier_doubling,
       .shape = core::Shape::growth,
       .dimension = core::Dimension::growth,
       .range = core::between(0, 100),
       .preset = "8 months",
       .source = kAlgorithmSource,
       .usual = core::between(-2, 6)},
      {.name = "lead",
       .summary = "the frontier's A at the start, where the follower's is 1",
       .range = core::between(1, 1e6),
       .why = "a frontier behind the follower is none",
       .preset = "3",
       .source = "the team's assumption: a year behind at the frontier's pace",
       .verified = false},
      {.name = "share",
       .summary = "sigma, the share of the gap that can be copied",
       .range = core::between(0, 1),
       .why = "no more than the whole gap can be copied",
       .preset = "1"},
      {.name = "delay",
       .summary = "tau, the time in which a gap that stands still falls to 1/e",
       .dimension = core::Dimension::duration,
       .range = core::at_least(1),
       .preset = "1 yr",
       .source = "a value of the literature that was not read again",
       .verified = false},
  };
}

core::Parameter spillover_section() {
  static const core::Entry* const kEntries[] = {&entry()};
  static const core::Family kFamily = core::plain_section("spillover", kEntries);
  core::Parameter parameter;
  parameter.name = "spillover";
  parameter.summary = "what is copied from a frontier that is ahead; nothing without it";
  parameter.shape = core::Shape::section;
  parameter.family = &kFamily;
  return parameter;
}

void resolve_catch_up(const core::Spec& spec, ProgressLaw& law, CatchUp::Function log_own, CatchUp::Function own_rate) {
  const core::Spec* section = spec.section("spillover");
  if (section == nullptr || !(section->number("share") > 0)) return;
  law.catch_up.flow = section->number("share") / section->duration("delay").years();
  law.catch_up.frontier = section->number("frontier_doubling") * core::kLn2;
  law.catch_up.log_lead = core::log(section->number("lead"));
  law.catch_up.log_own = log_own;
  law.catch_up.own_rate = own_rate;
  law.value = value;
  law.log_value = log_value;
  law.integral_of = integral;
  law.rate = rate;
  plan_catch_up(law);
}

void settle_catch_up(ProgressLaw& law, double years) {
  if (law.catch_up.flow == 0) return;
  law.catch_up.level = level_at(law, years);
  law.catch_up.since = years;
}

void plan_catch_up(ProgressLaw& law) {
  CatchUp& c = law.catch_up;
  if (c.flow == 0) return;
  const double bottom = least_gap(law);
  const bool is_behind = log_gap(law, c.since) > core::log(c.level);
  c.meets = c.since;
  if (is_behind) c.meets = bottom > c.since ? comes_up(law, bottom) : kNever;
  c.met = std::isinf(c.meets) || !is_behind ? c.level : behind(law, c.since, c.level, c.meets);
  c.passes = std::isinf(bottom) || std::isinf(c.meets) ? kNever : comes_back(law, bottom, c.met);
}

// Between `meets` and `passes`, and for some 1/k after each change, M changes otherwise than B: panels end there.
double integral_of_catching_up(const ProgressLaw& law, double from, double to,
                               const std::function<double(double years, double level)>& f) {
  const CatchUp& c = law.catch_up;
  double sum = 0;
  double level = level_at(law, from);
  while (from < to) {
    double end = to;
    for (const double cut : {c.meets, c.passes, c.since + kForgotten / c.flow, c.passes + kForgotten / c.flow}) {
      if (cut > from) end = std::min(end, cut);
    }
    const bool is_settling = (from < c.meets && from < c.since + kForgotten / c.flow) ||
                             (from >= c.passes && from < c.passes + kForgotten / c.flow);
    const double steepest = std::max(c.own_rate(law, from), c.frontier) + (is_settling ? c.flow : 0);
    const auto panels = static_cast<int>(std::clamp(std::ceil(4 * steepest * (end - from)), 1.0, 4096.0));
    const double width = (end - from) / panels;
    for (int panel = 0; panel < panels; ++panel) {
      const double start = from + panel * width;
      sum += gauss_five(start, width, [&](double years) { return f(years, level_from(law, start, level, years)); });
      level = level_from(law, start, level, start + width);
    }
    from = end;
  }
  return sum;
}

}  // namespace fleetrace::models
