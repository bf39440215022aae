#include "sim/study/optimise/expected_world.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/purchase/expectation.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/fleet/beliefs/forecast.hpp"
#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {
namespace {

using models::AcceleratorType;
using models::Market;

/// A change of ln A that is rounding.
constexpr double kRounding = 1e-12;

core::Time later(core::Time at, double years) { return core::saturating_add(at, core::Duration::from_years(years)); }

class Expectation {
 public:
  Expectation(const fleet::StrategySetup& believed, const fleet::StrategySetup& drawn, core::Time now)
      : believed_(believed), drawn_(drawn), now_(now), world_(believed) {
    forecast_.reset(drawn);
  }

  fleet::StrategySetup make() {
    world_.strategy.budget = drawn_.strategy.budget;
    world_.strategy.research = drawn_.strategy.research;
    world_.loss.reference = drawn_.loss.reference;
    expect_market();
    expect_progress();
    expect_sites();
    world_.plant.initial = drawn_.plant.initial;
    for (fleet::InitialCohort& each : world_.plant.initial) {
      if (each.capacity <= 0) each.type = index_of(drawn_.plant.market.types[each.type].name);
    }
    std::vector<fleet::Allocation>& allocations = world_.plant.supply.allocations;
    for (fleet::Allocation& each : allocations) each.type = index_of(believed_.plant.market.types[each.type].name);
    std::erase_if(allocations, [&](const fleet::Allocation& each) { return each.type >= market().types.size(); });
    return std::move(world_);
  }

 private:
  Market& market() { return world_.plant.market; }

  std::size_t index_of(const std::string& name) {
    const auto& types = market().types;
    const auto found = std::find_if(types.begin(), types.end(),
                                    [&](const AcceleratorType& type) { return type.name == name; });
    return static_cast<std::size_t>(found - types.begin());
  }

  void expect_market() {
    const Market& drawn = drawn_.plant.market;
    if (drawn.trend) {
      models::Offer offer;
      forecast_.expect(offer, *drawn.trend, now_);
      market().trend = models::Trend{now_, drawn.trend->price_performance_at(now_), offer.growth / core::kLn2,
                                     drawn.trend->power_per_flops_at(now_), offer.efficiency / core::kLn2};
      market().types = drawn.types;
      return;
    }
    std::size_t released = 0;
    while (released < drawn.on_sale && drawn.types[released].released <= now_) ++released;
    std::vector<AcceleratorType> types;
    for (std::size_t i = 0; i < released; ++i) types.push_back(seen(drawn.types[i], released));
    add_announced(types);
    if (released > 0) add_releases(released, types);
    std::stable_sort(types.begin(), types.end(),
                     [](const AcceleratorType& a, const AcceleratorType& b) { return a.released < b.released; });
    market().on_sale = types.size();
    types.insert(types.end(), drawn.types.begin() + static_cast<std::ptrdiff_t>(drawn.on_sale), drawn.types.end());
    market().types = std::move(types);
    if (market().releases) market().releases->shape = std::numeric_limits<double>::infinity();
  }

  /// What is on sale, at the price of now and with the decline that is expected of it.
  AcceleratorType seen(const AcceleratorType& type, std::size_t released) {
    AcceleratorType result = type;
    if (type.price.learns_from_own()) return result;
    models::Offer offer;
    forecast_.expect(offer, drawn_.plant.market, released, now_);
    if (now_ > type.priced) {
      result.chip_price = type.chip_price * type.price.factor((now_ - type.priced).years());
      result.priced = now_;
    }
    result.price = {};
    result.price.decline = offer.growth;
    return result;
  }

  /// Whether an accelerator is the base of later generations, or one of them.
  [[nodiscard]] bool is_generation(const std::string& name) const {
    const auto& law = drawn_.plant.market.releases;
    if (!law) return false;
    return name == law->base || name.rfind(law->base + '+', 0) == 0;
  }

  /// What comes on a stated date.
  void add_announced(std::vector<AcceleratorType>& types) const {
    const Market& all = believed_.plant.market;
    for (std::size_t i = 0; i < all.on_sale; ++i) {
      const bool is_there = std::any_of(types.begin(), types.end(),
                                        [&](const AcceleratorType& each) { return each.name == all.types[i].name; });
      // Of the generations only the base has a stated date.
      const bool has_date = !is_generation(all.types[i].name) ||
                            all.types[i].name == drawn_.plant.market.releases->base;
      if (is_there || !has_date) continue;
      types.push_back(all.types[i]);
      types.back().released = std::max(types.back().released, now_ + core::kMillisecond);
    }
  }

  /// Generations to come, each a mean interval after the one before, from the last one that was released.
  void add_releases(std::size_t released, std::vector<AcceleratorType>& types) const {
    const Market& drawn = drawn_.plant.market;
    std::size_t last = released;
    while (last > 0 && !is_generation(drawn.types[last - 1].name)) --last;
    const std::optional<models::ReleaseNews> news = last > 0 ? forecast_.releases(drawn, last) : std::nullopt;
    if (!news) return;
    models::Observation observation{now_, drawn_.horizon.start, drawn_.horizon.end, {}, {}};
    observation.outlook.releases = news;
    const double wait = models::expected_wait(observation);
    if (!std::isfinite(wait)) return;
    AcceleratorType next = drawn.types[last - 1];
    models::PriceLaw price;
    price.decline = types.front().price.decline;
    if (!next.price.learns_from_own()) next.price = price;
    const std::string& base = news->law.base;
    std::size_t number = next.name == base ? 0 : std::stoul(next.name.substr(base.size() + 1));
    core::Time at = news->law.shape == std::numeric_limits<double>::infinity()
                        ? std::max(core::saturating_add(next.released, news->law.cadence), now_ + core::kMillisecond)
                        : later(now_, wait);
    for (; at < drawn_.horizon.end; at = core::saturating_add(at, news->law.cadence)) {
      const core::Duration since = at - next.released;
      next.name = base + '+' + std::to_string(++number);
      next.priced = core::saturating_add(next.priced, since);
      next.off_sale = core::saturating_add(next.off_sale, since);
      next.end_of_life = core::saturating_add(next.end_of_life, since);
      next.released = at;
      next.peak *= news->law.jump;
      next.h100s.bf16 *= news->law.jump;
      next.h100s.eight_bit *= news->law.jump;
      next.nameplate_power *= news->law.jump / news->law.efficiency_jump;
      next.average_power *= news->law.jump / news->law.efficiency_jump;
      types.push_back(next);
    }
  }

  /// The level that algorithms have come to, and the growth that is expected of them. The level alone changes no plan, so that laws
  /// whose steps are stated, or that follow research, stay as believed.
  void expect_progress() {
    models::ProgressLaw& law = world_.plant.progress;
    if (law.wait != nullptr)
      throw PlanError(
          "progress comes in jumps whose dates nobody knows in advance. Try --set progress=\"{model: exponential}\", or "
          "information: hindsight");
    if (law.fund != nullptr || !world_.plant.adoptions.empty()) return;
    const double years = drawn_.horizon.years_at(now_);
    if (!(years > 0)) return;
    const double multiplier = drawn_.plant.progress.multiplier(years);
    const models::AdoptionStep step{years, core::log(multiplier / law.multiplier(years)),
                                    forecast_.progress(years, multiplier) - law.expected_growth(years)};
    if (std::fabs(step.log_level) > kRounding || std::fabs(step.growth) > kRounding) step.apply(law);
  }

  /// What is open is seen; what is late is not counted on until it opens.
  void expect_sites() {
    std::vector<fleet::Site>& sites = world_.plant.sites;
    for (std::size_t i = 0; i < sites.size() && i < drawn_.plant.sites.size(); ++i) {
      sites[i].base = drawn_.plant.sites[i].base;
      for (fleet::SiteAddition& part : sites[i].additions) {
        for (const fleet::SiteAddition& other : drawn_.plant.sites[i].additions) {
          if (other.part != part.part) continue;
          const bool is_open = other.opens <= now_;
          if (is_open) part.adds = other.adds;
          part.opens = is_open ? other.opens : part.opens > now_ ? part.opens : core::Time::latest();
        }
        part.announced = part.opens;
        part.announces.reset();
      }
      std::stable_sort(sites[i].additions.begin(), sites[i].additions.end(),
                       [](const auto& a, const auto& b) { return a.opens < b.opens; });
    }
  }

  const fleet::StrategySetup& believed_;
  const fleet::StrategySetup& drawn_;
  core::Time now_;
  fleet::Forecast forecast_;
  fleet::StrategySetup world_;
};

}  // namespace

fleet::StrategySetup expected_world(const fleet::StrategySetup& believed, const fleet::StrategySetup& drawn,
                                    core::Time now) {
  return Expectation(believed, drawn, now).make();
}

}  // namespace fleetrace::study
