#include <algorithm>
#include <optional>

#include "fleetrace/core/quantity.hpp"
#include "sim/core/schema/read_log.hpp"
#include "sim/scenario/resolve/plant_parts.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Spec;

/// What training has of the fleet over time, as shares of the most that it ever has.
class FleetShareSchedule {
  static constexpr std::int64_t kMostSettings = 1'000'000;

 public:
  FleetShareSchedule(const Spec& operations, const PlantRequest& request, bool has_demand, Diagnostics& diagnostics)
      : spec_(operations),
        request_(request),
        has_demand_(has_demand),
        path_(request.prefix + "operations"),
        diagnostics_(diagnostics) {}

  /// Sets fleet_shares and training_share.
  void resolve(fleet::Operations& operations) {
    const std::vector<Spec>& rows = spec_.sections("shares");
    if (rows.empty()) {
      operations.training_share = spec_.number("training_share");
      if (has_demand_) operations.fleet_shares = {{request_.horizon.start, 1, 1 - operations.training_share}};
      return;
    }
    if (const core::Value& share = spec_.value("training_share"); !share.preset && share.source_text != "1") {
      diagnostics_.add({share.where, path_ + ".training_share", "shares say what trains, too",
                        "one of the two would be ignored", "Leave one of them out."});
    }
    double most = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
      add(rows[i], path_ + ".shares." + std::to_string(i), operations, most);
    auto& all = operations.fleet_shares;
    std::stable_sort(all.begin(), all.end(),
                     [](const fleet::FleetShare& a, const fleet::FleetShare& b) { return a.from < b.from; });
    check(operations, rows);
    if (!(most > 0)) return;
    for (fleet::FleetShare& each : all) each.training /= most;
    operations.training_share = most;
  }

 private:
  void add(const Spec& row, const std::string& path, fleet::Operations& operations, double& most) {
    if (std::holds_alternative<std::string>(row.value("serving").data))
      return add_as_needed(row, path, operations, most);
    const double serving = row.number("serving");
    const double research = research_of(row, serving);
    // Sums of decimal fractions miss 1 by rounding.
    const double rest = std::max(0.0, 1 - serving - research);
    const double training = row.has("training") ? row.number("training") : rest;
    if (serving + research + training > 1 + 1e-12) {
      diagnostics_.add({row.where, path, "the shares come to " + core::format_real(serving + research + training),
                        "more than all of the fleet", "Lower one of them to at most 1 in all."});
    }
    operations.fleet_shares.push_back({from_of(row, path), training, serving});
    most = std::max(most, training);
  }

  /// Serving may take all but research, and training has what it leaves.
  void add_as_needed(const Spec& row, const std::string& path, fleet::Operations& operations, double& most) {
    const core::Location where = row.value("serving").where;
    if (!has_demand_) {
      diagnostics_.add({where, path + ".serving", "nothing is asked of serving", "the scenario has no demand section",
                        "Add one, such as demand: {load: 1e17 FLOP/s}, or state a share."});
    }
    if (row.has("training")) {
      diagnostics_.add({row.value("training").where, path + ".training",
                        "what training has follows from what serving needs", "serving is as_needed",
                        "Leave it out, or state a share of serving."});
    }
    const double rest = 1 - row.number("research");
    const core::Duration every = row.has("every") ? row.duration("every") : core::kMonth;
    if ((request_.horizon.end - request_.horizon.start) / every > kMostSettings) {
      diagnostics_.add({row.value("every").where, path + ".every",
                        "serving's share would be set more than a million times", "each of them is simulated",
                        "Lengthen it or shorten the horizon."});
    }
    operations.fleet_shares.push_back({from_of(row, path), rest, rest, every});
    most = std::max(most, rest);
  }

  core::Time from_of(const Spec& row, const std::string& path) {
    const core::Time from = row.has("from") ? row.instant("from", request_.horizon.start) : request_.horizon.start;
    if (!request_.horizon.may_name(from)) {
      diagnostics_.add({row.value("from").where, path + ".from", core::to_date(from) + " is outside the horizon",
                        "it runs from " + core::to_date(request_.horizon.start) + " until before " +
                            core::to_date(request_.horizon.end),
                        ""});
    }
    return from;
  }

  /// Research is what training is left without. Beside a stated share of training that leaves accelerators idle it decides nothing:
  /// it does not count as read then.
  static double research_of(const Spec& row, double serving) {
    std::optional<core::ReadLog::Pause> pause;
    if (row.has("training")) pause.emplace();
    const double research = row.number("research");
    pause.reset();
    const bool is_whole = row.has("training") && serving + row.number("training") + research >= 1 - 1e-12;
    return is_whole ? row.number("research") : research;
  }

  void check(const fleet::Operations& operations, const std::vector<Spec>& rows) {
    const auto& all = operations.fleet_shares;
    const auto refuse = [&](const char* problem, const char* reason, const char* suggestion) {
      diagnostics_.add({rows.front().where, path_ + ".shares", problem, reason, suggestion});
    };
    if (all.front().from > request_.horizon.start) {
      refuse("nothing is said of the start", "the first shares hold later", "Leave out their from, or add a row.");
    } else if (!(all.front().training > 0)) {
      refuse("nothing trains at the start", "compute is relative to what a fleet trains then",
             "Let training have a share of it.");
    }
    const auto same = std::adjacent_find(
        all.begin(), all.end(),
        [](const fleet::FleetShare& a, const fleet::FleetShare& b) { return a.from == b.from; });
    if (same != all.end()) refuse("two rows hold from the same time", "one of them would be ignored", "Remove one.");
  }

  const Spec& spec_;
  const PlantRequest& request_;
  bool has_demand_;
  std::string path_;
  Diagnostics& diagnostics_;
};

}  // namespace

void resolve_fleet_shares(const Spec& spec, const PlantRequest& request, bool has_demand, fleet::Operations& operations,
                          Diagnostics& diagnostics) {
  FleetShareSchedule(spec, request, has_demand, diagnostics).resolve(operations);
}

}  // namespace fleetrace::scenario
