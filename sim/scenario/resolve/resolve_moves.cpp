#include "sim/scenario/resolve/resolve_moves.hpp"

#include <algorithm>

#include "sim/scenario/resolve/resolve_plant.hpp"
#include "sim/scenario/resolve/resolve_sites.hpp"

namespace fleetrace::scenario {
namespace {

/// The accelerator of that name among all that the fleet may have; beyond them where there is none.
std::size_t type_of(const core::Spec& row, const std::string& path, const models::Market& market,
                    core::Diagnostics& diagnostics) {
  const std::string& name = row.text("accelerator");
  const auto found = std::find_if(market.types.begin(), market.types.end(),
                                  [&](const models::AcceleratorType& each) { return each.name == name; });
  if (found == market.types.end()) {
    std::vector<std::string_view> known;
    for (const models::AcceleratorType& each : market.types) known.emplace_back(each.name);
    diagnostics.add({row.value("accelerator").where, path + ".accelerator",
                     "the fleet never has any \"" + core::printable(name) + '"', "nothing of that name could be moved",
                     core::suggest(name, known)});
  }
  return static_cast<std::size_t>(found - market.types.begin());
}

}  // namespace

void resolve_moves(const core::Spec& spec, const std::string& path, const fleet::Plant& plant,
                   const fleet::Horizon& horizon, fleet::Strategy& strategy, core::Diagnostics& diagnostics) {
  const std::vector<core::Spec>& rows = spec.sections("moves");
  if (rows.empty()) return;
  static constexpr std::size_t kMostMoves = 1'000'000;
  if (rows.size() > kMostMoves || plant.sites.size() < 2) {
    const bool is_alone = plant.sites.size() < 2;
    diagnostics.add({spec.value("moves").where, path + ".moves",
                     is_alone ? "there is nowhere to move to" : "there are more than a million moves",
                     is_alone ? "the scenario has fewer than two sites" : "each is an event",
                     is_alone ? "Name the sites under sites, or leave moves out." : "Join some of them."});
    return;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const core::Spec& row = rows[i];
    const std::string here = path + ".moves." + std::to_string(i);
    const auto refuse = [&](const char* key, std::string problem, std::string reason, std::string suggestion) {
      diagnostics.add(
          {row.value(key).where, here + '.' + key, std::move(problem), std::move(reason), std::move(suggestion)});
    };
    fleet::PlannedMove move;
    const std::size_t before = diagnostics.size();
    move.at = row.instant("at", horizon.start);
    if (!horizon.may_name(move.at))
      refuse("at", core::to_date(move.at) + " is outside the horizon",
             "it runs from " + core::to_date(horizon.start) + " until before " + core::to_date(horizon.end),
             "Correct the date.");
    move.type = type_of(row, here, plant.market, diagnostics);
    move.from = named_site(row.text("from"), row.value("from").where, here + ".from", plant.sites, diagnostics);
    move.to = named_site(row.text("to"), row.value("to").where, here + ".to", plant.sites, diagnostics);
    if (move.from == move.to && move.to != fleet::kAnySite)
      refuse("to", "they would stay where they are", "it is the site that they leave", "Name another one.");
    move.count = row.count("count");
    move.cost_each = row.money("cost");
    move.pause = row.duration("pause");
    const double usd = move.cost_each.usd() * static_cast<double>(move.count);
    if (!(strategy.set_aside.usd() + usd < kMostUsd))
      refuse("cost", "the moves come to more than 9 trillion USD", "money is counted exactly up to that", "Lower it.");
    if (diagnostics.size() > before || move.at >= horizon.end) continue;
    strategy.set_aside += move.cost_each * move.count;
    strategy.moves.push_back(move);
  }
  std::stable_sort(strategy.moves.begin(), strategy.moves.end(),
                   [](const fleet::PlannedMove& a, const fleet::PlannedMove& b) { return a.at < b.at; });
}

}  // namespace fleetrace::scenario
