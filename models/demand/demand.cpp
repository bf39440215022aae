#include "models/demand/demand.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fleetrace/core/time.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Entry;
using core::Family;
using core::Shape;

const Entry kUtilisation{
    .name = "utilisation",
    .summary = "Load may take a stated share of serving's capacity.",
    .parameters =
        {
            {.name = "most",
             .summary = "that share",
             .range = core::above_up_to(0, 1),
             .why = "more than all of it cannot be used",
             .preset = "1"},
        },
    .scope = "What peaks of the day and the week need stands idle otherwise: it is what the share leaves.",
};

const Entry kWaitingTime{
    .name = "waiting_time",
    .summary = "Requests wait no longer than a stated time on average, in the queue M/M/c.",
    .parameters =
        {
            {.name = "wait",
             .summary = "mean wait until work on a request begins",
             .dimension = Dimension::duration,
             .range = core::above(0),
             .required = true},
            {.name = "request",
             .summary = "useful work of a request, on average",
             .dimension = Dimension::compute,
             .range = core::above(0),
             .required = true},
            {.name = "server",
             .summary = "accelerators that work on one request at a time",
             .dimension = Dimension::count,
             .range = core::between(1, 1e9),
             .preset = "8",
             .source = "one node of eight accelerators",
             .verified = false},
        },
    .scope =
        "Requests come without memory and one at a time, and their work is exponential: batches, sessions and rush hours wait "
        "longer. Servers are alike, as fast as serving's accelerators are on average, and any of them takes any request.",
};

constexpr const Entry* kTargets[] = {&kUtilisation, &kWaitingTime};
constexpr Family kTargetFamily{.name = "service_target",
                               .summary = "The service that serving owes its users.",
                               .selector = "model",
                               .entries = kTargets,
                               .preset = "utilisation"};

const Entry kDifficulty{
    .name = "difficulty",
    .summary = "Requests of one difficulty.",
    .parameters =
        {
            {.name = "share",
             .summary = "share of all requests that are so difficult; shares add up to 1",
             .range = core::above_up_to(0, 1),
             .required = true},
            {.name = "compute",
             .summary = "compute of an answer, over that of an answer without further thought",
             .range = core::between(1, 1e9),
             .why = "an answer takes its own compute at least",
             .required = true},
        },
};
constexpr const Entry* kDifficulties[] = {&kDifficulty};
constexpr Family kDifficultyFamily = core::plain_section("difficulty", kDifficulties);

const Entry kDemand{
    .name = "demand",
    .summary = "What serving is asked for.",
    .parameters =
        {
            {.name = "load",
             .summary = "useful FLOP/s that serving is asked for at the start",
             .dimension = Dimension::compute_rate,
             .range = core::above_up_to(0, 1e60),
             .required = true},
            {.name = "doubling",
             .summary = "doubling time of the load",
             .shape = Shape::growth,
             .dimension = Dimension::growth,
             .range = core::between(-20, 20),
             .preset = "none"},
            {.name = "mfu",
             .summary = "useful over peak FLOP/s in serving; that of training where it is left out",
             .range = core::above_up_to(0, 1),
             .why = "no accelerator does more than its peak"},
            {.name = "target",
             .summary = "the service that is owed",
             .shape = Shape::section,
             .preset = "utilisation",
             .family = &kTargetFamily},
            {.name = "difficulty",
             .summary =
                 "how long requests are thought about: shares of them, and the compute of their answers. `load` is then what answers "
                 "without further thought would take, and so is `request`",
             .shape = Shape::list,
             .family = &kDifficultyFamily},
        },
    .scope =
        "The load is a smooth exponential and does not react to what is served: what is not met is counted and lost. Better "
        "algorithms do not lighten it; state a slower growth for that. Serving's accelerators are those handed down and the "
        "share of the rest that operations.shares gives it; what they do not use stands idle.",
};
constexpr const Entry* kEntries[] = {&kDemand};

/// Mean compute of an answer over that of one without further thought; 1 where no difficulties are stated.
double answer_compute(const core::Spec& demand) {
  double sum = 0;
  for (const core::Spec& each : demand.sections("difficulty")) sum += each.number("share") * each.number("compute");
  return sum > 0 ? sum : 1;
}

double seconds(double years) { return years * core::kYear.seconds(); }

}  // namespace

double DemandLaw::load_at(double years) const { return load * core::exp(growth * years); }

double DemandLaw::carried(const ServingFleet& fleet) const {
  if (wait < 0) return most_used * fleet.useful;
  if (!(fleet.accelerators >= server_size)) return 0;
  const double server = fleet.useful / fleet.accelerators * server_size;
  const auto servers = static_cast<std::int64_t>(fleet.accelerators / server_size);
  return server * most_offered(servers, wait * server / request);
}

double DemandLaw::demanded(double from, double to) const {
  return seconds(load_at(from) * core::integral_of_exp(growth, to - from));
}

double DemandLaw::unmet(double from, double to, double carried) const {
  // The load is monotone, so it exceeds what is carried always, never, or on one side of a single crossing.
  const double begins = load_at(from);
  const double ends = load_at(to);
  if (std::max(begins, ends) <= carried) return 0;
  if (std::min(begins, ends) < carried) {
    const double crossing = std::clamp(core::log(carried / load) / growth, from, to);
    (begins < carried ? from : to) = crossing;
  }
  return std::max(0.0, demanded(from, to) - seconds(carried * (to - from)));
}

double DemandLaw::served(double from, double to, double carried, double pace) const {
  const auto weighted = [](double rate, double begin, double end) {
    return seconds(core::exp(rate * begin) * core::integral_of_exp(rate, end - begin));
  };
  const auto whole = [&](double begin, double end) { return load * weighted(growth - pace, begin, end); };
  const auto limited = [&](double begin, double end) { return carried * weighted(-pace, begin, end); };
  const bool is_short = load_at(from) > carried;
  if (is_short == (load_at(to) > carried)) return is_short ? limited(from, to) : whole(from, to);
  // The load is monotone: it crosses what is carried once.
  const double crossing = carried > 0 ? std::clamp(core::log(carried / load) / growth, from, to) : from;
  return is_short ? limited(from, crossing) + whole(crossing, to) : whole(from, crossing) + limited(crossing, to);
}

double DemandLaw::exceeded_from(double from, double carried) const {
  if (load_at(from) > carried) return from;
  if (growth <= 0) return std::numeric_limits<double>::infinity();
  return std::max(from, core::log(carried / load) / growth);
}

const core::Family& demand_family() {
  static constexpr Family kFamily{.name = "demand",
                                  .summary = "What serving is asked for.",
                                  .selector = {},
                                  .entries = kEntries,
                                  .preset = "demand"};
  return kFamily;
}

DemandLaw resolve_demand(const core::Spec& spec, double mfu) {
  DemandLaw law;
  const double thought = answer_compute(spec);
  law.load = spec.number("load") * thought;
  law.growth = spec.number("doubling") * core::kLn2;
  law.mfu = spec.has("mfu") ? spec.number("mfu") : mfu;
  const core::Spec& target = *spec.section("target");
  if (target.entry == &kUtilisation) {
    law.most_used = target.number("most");
  } else {
    law.wait = target.number("wait") / 1e3;
    law.request = target.number("request") * thought;
    law.server_size = target.number("server");
  }
  return law;
}

}  // namespace fleetrace::models
