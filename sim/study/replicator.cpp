#include "sim/study/replicator.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/models/registry.hpp"
#include "sim/fleet/results/own_objective.hpp"
#include "sim/study/race_follower.hpp"
#include "sim/study/race_memory.hpp"

namespace fleetrace::study {
namespace {

using fleet::StrategySetup;

/// The index of the target among those of the setup, added where it is not there yet.
std::optional<std::size_t> ask_for(const std::optional<double>& target, StrategySetup& setup) {
  if (!target) return std::nullopt;
  std::vector<double>& targets = setup.loss.targets;
  const auto known = std::find(targets.begin(), targets.end(), *target);
  const auto index = static_cast<std::size_t>(known - targets.begin());
  if (known == targets.end()) targets.push_back(*target);
  return index;
}

}  // namespace

Replicator::Replicator(const StudyDesign& design) : Replicator(design, std::make_shared<RaceMemory>()) {}

void Replicator::run(std::uint32_t replication, std::span<fleet::Metrics> row) {
  design_->inputs.uniforms({design_->seed, replication, fleet::InputDraw::drawn}, uniforms_);
  design_->inputs.values(uniforms_, values_);
  run(replication, values_, row);
}

void Replicator::run(std::uint32_t replication, std::span<const double> values, std::span<fleet::Metrics> row) {
  const auto refuse = [replication](const std::string& why) {
    throw ReplicationError("replication " + std::to_string(replication) + " cannot be run: " + why);
  };
  try {
    std::vector<StrategySetup>& setups = setups_of({design_->seed, replication}, values);
    const bool is_observed = observe && replication < observed;
    fleet::World& world = memory_->world;
    fleet::Outcome& outcome = memory_->outcome;
    const std::optional<fleet::WithoutPurchases> base = race_base({design_->seed, replication});
    for (std::size_t i = 0; i < setups.size(); ++i) {
      const std::optional<std::size_t> target = ask_for(design_->target, setups[i]);
      if (is_observed) {
        world.recorder.keep(design_->observed, target, design_->dates);
      } else {
        world.recorder.keep(fleet::Detail::metrics, target);
      }
      if (is_observed && design_->follow) {
        race_followed(replication, i, setups[i]);
      } else {
        fleet::simulate(world, setups[i], outcome);
      }
      row[i] = fleet::measure(setups[i], outcome, target, base);
      if (design_->own_objective) fleet::add_own(*design_->own_objective, setups[i].strategy.name, row[i]);
      if (base) outcome.final.finance.marginal_usd_per_pf_day = fleet::marginal_usd_per_pf_day(outcome.final, *base);
      if (is_observed) observe(replication, i, setups[i], outcome);
    }
  } catch (const core::InputError& error) {
    refuse(std::string("with the inputs that it draws, ") + error.what());
  } catch (const std::overflow_error& error) {  // of money or time
    refuse(error.what());
  } catch (const models::ModelError& error) {
    refuse(error.what());
  }
}

void Replicator::race_followed(std::uint32_t replication, std::size_t strategy, const StrategySetup& setup) {
  if (follower_ == nullptr) follower_ = design_->follow();
  fleet::World& world = memory_->world;
  follower_->begin(setup);
  fleet::simulate(world, setup, memory_->outcome,
                  [&](const fleet::World&, const fleet::Event& event) { follower_->before(world, event.time); });
  follower_->end(replication, strategy, world, memory_->outcome);
}

std::vector<StrategySetup>& Replicator::setups_of(const fleet::Draw& chance, std::span<const double> values) {
  if (holds_for_all_ && !alter) {
    for (StrategySetup& each : resolution_.setups()) each.draw = chance;
    return resolution_.setups();
  }
  holds_for_all_ = false;
  std::vector<StrategySetup>& setups = resolve(chance, values);
  holds_for_all_ = !design_->resolves_by_draw && !alter;
  return setups;
}

std::vector<StrategySetup>& Replicator::resolve(const fleet::Draw& chance, std::span<const double> values) {
  if (!believes_) believe();
  if (!alter) {
    if (!drawn_) drawn_ = std::make_unique<scenario::DrawnScenario>(design_->inputs);
    return resolve(drawn_->at(values), chance);
  }
  scenario::Scenario drawn = design_->inputs.at(values);
  if (alter) alter(drawn);
  return resolve(drawn, chance);
}

std::vector<StrategySetup>& Replicator::resolve(const scenario::Scenario& drawn, const fleet::Draw& chance) {
  std::vector<StrategySetup>& setups = resolution_.resolve(drawn, chance);
  if (design_->has_base) base_ = scenario::without_purchases(drawn, setups);
  return setups;
}

std::optional<fleet::WithoutPurchases> Replicator::race_base(const fleet::Draw& chance) {
  if (!design_->has_base) return std::nullopt;
  if (!base_) return fleet::WithoutPurchases{};
  base_->draw = chance;
  memory_->world.recorder.keep(fleet::Detail::metrics, std::nullopt);
  fleet::simulate(memory_->world, *base_, memory_->outcome);
  return fleet::without_purchases(memory_->outcome.final);
}

/// Beliefs are those at the medians, whatever is drawn; what alters every draw is known to the strategies.
void Replicator::believe() {
  const scenario::Inputs& inputs = design_->inputs;
  if (alter) {
    scenario::Scenario at_medians = inputs.at(inputs.medians());
    alter(at_medians);
    resolution_.believe(at_medians, inputs.scenario());
  } else {
    resolution_.believe(inputs.scenario(), inputs.scenario());
  }
  believes_ = true;
}

}  // namespace fleetrace::study
