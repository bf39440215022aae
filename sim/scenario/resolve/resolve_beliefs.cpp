#include "sim/scenario/resolve/resolve_beliefs.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "models/purchase/belief.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/schema/read_log.hpp"
#include "sim/core/schema/uncertain.hpp"
#include "sim/scenario/resolve/plan_purchases.hpp"
#include "sim/scenario/resolve/resolve_plant.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Spec;

bool plans(const Spec& strategy) { return strategy.entry->find("information") != nullptr; }

bool has_hindsight(const Spec& strategy) { return plans(strategy) && strategy.text("information") == "hindsight"; }

/// Whether it plans with rates of growth. The others take what is on sale as they find it: learning changes nothing for them.
bool plans_with_rates(const Spec& strategy) {
  const std::string_view name = strategy.entry->name;
  if (name == "refresh") return strategy.text("timing") == "optimal";
  return name != "real_option" && name != "capacity_triggered" && name != "optimal";
}

bool learns(const Spec& strategy) { return plans(strategy) && plans_with_rates(strategy) && strategy.flag("learns"); }

/// Whether it says that it learns, which does not count as read.
bool states_learning(const Spec& strategy) {
  const core::ReadLog::Pause pause;
  return strategy.flag("learns");
}

/// The section that a strategy has of that key, where its model takes it.
const Spec* section_of(const Spec& strategy, std::string_view key) {
  return strategy.entry->find(key) == nullptr ? nullptr : strategy.section(key);
}

const models::PurchaseEntry& entry_of(const Spec& strategy) {
  return *static_cast<const models::PurchaseEntry*>(strategy.entry);
}

/// Rates that are learned: growth rates, and what prices fall by.
bool is_learned(const core::Parameter& parameter) {
  return parameter.shape == core::Shape::growth || parameter.name == "price_decline" ||
         parameter.name == "learning_rate";
}

/// The value at so many standard deviations of a normal law with the same quantile: higher rates for positive ones.
double shifted(double value, const core::Uncertain& law, double deviations) {
  const double there = law.at(core::normal_cdf(law.is_doubling_time() ? -deviations : deviations));
  // A belief of one's own keeps the spread that the distribution has in relation to its median.
  return law.median() == 0 ? value + there : value * (there / law.median());
}

/// Shifts what is learned in a section. `laws` and `world` are the same section with its distributions, as the strategy
/// believes it and as the world has it; the latter count where the strategy believes a number.
void shift(Spec& section, const Spec& laws, const Spec& world, double deviations) {
  for (std::size_t i = 0; i < section.values.size(); ++i) {
    core::Value& value = section.values[i];
    const bool is_same = world.entry == section.entry;
    if (laws.entry != section.entry) return;
    if (auto* below = std::get_if<std::vector<Spec>>(&value.data)) {
      const auto* laws_below = std::get_if<std::vector<Spec>>(&laws.values[i].data);
      const auto* world_below = is_same ? std::get_if<std::vector<Spec>>(&world.values[i].data) : nullptr;
      if (section.entry->parameters[i].shape != core::Shape::section || laws_below == nullptr) continue;
      shift(below->front(), laws_below->front(), world_below == nullptr ? laws_below->front() : world_below->front(),
            deviations);
      continue;
    }
    if (!is_learned(section.entry->parameters[i])) continue;
    const core::Uncertain* law = laws.values[i].uncertain.get();
    if (law == nullptr && is_same) law = world.values[i].uncertain.get();
    if (law != nullptr) value.data = shifted(std::get<double>(value.data), *law, deviations);
  }
}

class Believer {
 public:
  Believer(const Scenario& at_medians, const Scenario& laws, Diagnostics& diagnostics)
      : medians_(at_medians), laws_(laws), diagnostics_(diagnostics), is_certain_(is_certain(laws.root())) {
    Diagnostics known;
    horizon_ = resolve_horizon(medians_, known);
  }

  [[nodiscard]] StrategyBeliefs resolve(std::size_t index) {
    const Spec& strategy = medians_.root().sections("strategies")[index];
    path_ = "strategies." + strategy.name;
    check_keys(strategy);
    StrategyBeliefs result;
    const Spec* const own = section_of(strategy, models::kBelieves);
    // Where nothing is drawn, what is believed is so.
    if (has_hindsight(strategy) || (is_certain_ && own == nullptr)) return result;
    if (own != nullptr && !check_own(*own)) return result;
    const bool is_plain = own == nullptr && strategy.section("with") == nullptr && !learns(strategy);
    if (is_plain && is_plain_refused_) return result;
    if (!is_plain || !plain_) {
      const Spec believed = believed_world(medians_.root(), strategy, true);
      fleet::Plant plant;
      if (!resolve_world(believed, own != nullptr, plant)) {
        is_plain_refused_ = is_plain;
        return result;
      }
      fleet::Beliefs beliefs = fleet::beliefs_of(plant);
      if (learns(strategy)) learn(believed, index, beliefs);
      result.beliefs = std::make_shared<const fleet::Beliefs>(std::move(beliefs));
      result.sites = std::move(plant.sites);
      if (is_plain) plain_ = result;
    } else {
      result = *plain_;
    }
    if (entry_of(strategy).believe != nullptr) result.policy = policy_of(strategy);
    if (plans(strategy) && diagnostics_.empty())
      result.setup = believed_setup(medians_, believed_world(medians_.root(), strategy, true), strategy, result.beliefs,
                                    diagnostics_);
    return result;
  }

 private:
  void refuse(const core::Location& where, const std::string& path, const char* problem, const char* reason,
              const char* suggestion) {
    diagnostics_.add({where, path, problem, reason, suggestion});
  }

  void check_keys(const Spec& strategy) {
    if (!plans(strategy)) return;
    const core::ReadLog::Pause pause;  // what is only checked is not yet heeded
    const auto given = [&](std::string_view key) { return strategy.has(key) && !strategy.value(key).preset; };
    const auto refuse_beside_hindsight = [&](std::string_view key, bool is_asked_for) {
      if (!has_hindsight(strategy) || !is_asked_for) return;
      refuse(strategy.value(key).where, path_ + '.' + std::string(key),
             "hindsight leaves nothing to believe or to learn", "the strategy is told what is drawn",
             "Leave it out, or write information: beliefs.");
    };
    refuse_beside_hindsight(models::kBelieves, given(models::kBelieves));
    refuse_beside_hindsight("learns", states_learning(strategy));
    refuse_beside_hindsight("observation_error", given("observation_error"));
    if (!has_hindsight(strategy) && given("observation_error") && !states_learning(strategy)) {
      refuse(strategy.value("observation_error").where, path_ + ".observation_error", "nothing is learned",
             "only a strategy that learns reads it", "Write learns: true, or leave it out.");
    }
  }

  /// Whether each section is one that beliefs are made of.
  bool check_own(const Spec& changes) {
    const std::size_t before = diagnostics_.size();
    for (const core::Parameter& each : changes.entry->parameters) {
      if (!changes.has(each.name) || scenario::may_be_believed(each.name)) continue;
      refuse(changes.value(each.name).where, path_ + ".believes." + std::string(each.name),
             "there is nothing to believe of it", "a strategy plans without it",
             "Leave it out, or change it for the strategy in `with`.");
    }
    const Spec* hardware = changes.section("hardware");
    const Spec* world = medians_.root().section("hardware");
    if (hardware != nullptr && (world == nullptr || world->entry != hardware->entry)) {
      refuse(changes.value("hardware").where, path_ + ".believes.hardware",
             "it believes in other hardware than is on sale", "what is on sale is seen",
             "Change its rates, not its model.");
    }
    return diagnostics_.size() == before;
  }

  /// The scenario as the strategy changes it, and as it believes it to be.
  static Spec believed_world(const Spec& root, const Spec& strategy, bool is_believed) {
    Spec world = merged(root, strategy.section("with"));
    const Spec* const believes = is_believed ? section_of(strategy, models::kBelieves) : nullptr;
    return believes == nullptr ? world : merged(world, believes);
  }

  /// What is wrong with the scenario without beliefs of a strategy's own is said elsewhere.
  bool resolve_world(const Spec& root, bool is_own, fleet::Plant& plant) {
    Diagnostics found;
    const std::string prefix = path_ + ".believes.";
    resolve_plant(root, {horizon_, medians_.catalog.get(), prefix, {}}, plant, found);
    for (const core::Diagnostic& each : found.found()) {
      const auto& known = diagnostics_.found();
      const bool is_known = std::any_of(known.begin(), known.end(), [&](const core::Diagnostic& other) {
        return other.problem == each.problem && other.where.line == each.where.line &&
               other.where.column == each.where.column;
      });
      if (is_own && !is_known) diagnostics_.add(each);
    }
    return found.empty();
  }

  void learn(const Spec& believed, std::size_t index, fleet::Beliefs& beliefs) {
    const Spec& strategy = laws_.root().sections("strategies")[index];
    beliefs.learns = true;
    beliefs.observation_error = strategy.has("observation_error") ? strategy.number("observation_error")
                                                                  : models::kObservationError;
    const Spec laws = believed_world(laws_.root(), strategy, true);
    const Spec world = believed_world(laws_.root(), strategy, false);
    std::array<fleet::Beliefs, 2> shifted_beliefs;
    for (std::size_t i = 0; i < 2; ++i) {
      Spec root = believed;
      for (const std::string_view key : {std::string_view("hardware"), std::string_view("progress")}) {
        auto* sections = std::get_if<std::vector<Spec>>(&root.value(key).data);
        if (sections != nullptr && laws.section(key) != nullptr && world.section(key) != nullptr)
          shift(sections->front(), *laws.section(key), *world.section(key), i == 0 ? -1 : 1);
      }
      fleet::Plant plant;
      if (!resolve_world(root, false, plant)) return;
      shifted_beliefs[i] = fleet::beliefs_of(plant);
    }
    fleet::doubt(beliefs, shifted_beliefs[0], shifted_beliefs[1]);
  }

  [[nodiscard]] models::PurchasePolicy policy_of(const Spec& strategy) const {
    Diagnostics known;
    const models::PurchaseRequest request{horizon_.start, horizon_.end, path_, true, true, true, horizon_.dates_until};
    return models::resolve_purchase(strategy, request, known);
  }

  const Scenario& medians_;
  const Scenario& laws_;
  Diagnostics& diagnostics_;
  fleet::Horizon horizon_;
  bool is_certain_;
  std::optional<StrategyBeliefs> plain_;  ///< beliefs of strategies that have none of their own
  bool is_plain_refused_ = false;         ///< whether what they believe was refused, which is said once
  std::string path_;
};

}  // namespace

bool is_certain(const Spec& section) {
  for (std::size_t i = 0; i < section.values.size(); ++i) {
    const core::Value& value = section.values[i];
    if (value.uncertain) return false;
    const auto* below = std::get_if<std::vector<Spec>>(&value.data);
    if (below == nullptr || section.entry->parameters[i].name == models::kBelieves) continue;
    if (!std::all_of(below->begin(), below->end(), is_certain)) return false;
  }
  return true;
}

std::vector<StrategyBeliefs> resolve_beliefs(const Scenario& at_medians, const Scenario& laws,
                                             Diagnostics& diagnostics) {
  Believer believer(at_medians, laws, diagnostics);
  std::vector<StrategyBeliefs> result;
  for (std::size_t i = 0; i < at_medians.root().sections("strategies").size(); ++i)
    result.push_back(believer.resolve(i));
  return result;
}

void adopt_beliefs(const std::vector<Spec>& strategies, const std::vector<StrategyBeliefs>& beliefs,
                   std::vector<fleet::StrategySetup>& setups, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < setups.size(); ++i) {
    fleet::StrategySetup& setup = setups[i];
    fleet::Strategy& strategy = setup.strategy;
    if (beliefs[i].beliefs == nullptr) {
      fleet::Beliefs known = fleet::beliefs_of(setup.plant);
      known.is_hindsight = has_hindsight(strategies[i]);
      strategy.beliefs = std::make_shared<const fleet::Beliefs>(std::move(known));
      if (strategy.beliefs->is_hindsight) {
        for (fleet::Site& site : setup.plant.sites) {
          for (fleet::SiteAddition& part : site.additions) part.announced = part.opens;
        }
      }
      continue;
    }
    strategy.beliefs = beliefs[i].beliefs;
    if (beliefs[i].policy && strategy.policy.review != nullptr)
      entry_of(strategies[i]).believe(strategy.policy, *beliefs[i].policy);
    if (fleet::announce(setup.plant.sites, beliefs[i].sites)) continue;
    diagnostics.add({strategies[i].where, "strategies." + strategies[i].name + ".believes.sites",
                     "it believes in other sites or other parts of them",
                     "what is announced is known, but not when it opens",
                     "Change dates and power, and keep the list of phases and projects."});
  }
}

}  // namespace fleetrace::scenario
