#include "sim/fleet/sites/available_capacity.hpp"

#include <algorithm>
#include <optional>

namespace fleetrace::fleet {
namespace {

std::int64_t units_by(std::int64_t power_milliwatt, std::int64_t nameplate_milliwatt) {
  return nameplate_milliwatt > 0 && power_milliwatt != kNoLimit ? power_milliwatt / nameplate_milliwatt : kNoLimit;
}

std::int64_t plus(std::int64_t a, std::int64_t b) { return a == kNoLimit || b == kNoLimit ? kNoLimit : a + b; }

std::int64_t left(std::int64_t fitting, std::int64_t taken) {
  return fitting == kNoLimit ? kNoLimit : std::max<std::int64_t>(0, fitting - taken);
}

/// Goes over rows in order of their date.
template <class Rows>
class Upcoming {
 public:
  explicit Upcoming(const Rows& rows) : rows_(rows) {}
  /// Calls `apply(row)` for each that is due by then.
  template <class Apply>
  void pass(core::Time until, const Apply& apply) {
    for (; next_ < rows_.size() && date(rows_[next_]) <= until; ++next_) apply(rows_[next_]);
  }
  [[nodiscard]] core::Time next() const { return next_ < rows_.size() ? date(rows_[next_]) : core::Time::latest(); }

 private:
  static core::Time date(core::Time at) { return at; }
  template <class Row>
  static core::Time date(const Row& row) {
    return row.at;
  }

  const Rows& rows_;
  std::size_t next_ = 0;
};

}  // namespace

std::int64_t AvailableCapacity::units(std::int64_t nameplate_milliwatt) const {
  if (at.empty()) return kNoLimit;
  std::int64_t sum = 0;
  for (const AtSite& each : at)
    sum = plus(sum, std::min(units_by(each.power_milliwatt, nameplate_milliwatt), each.places));
  return sum;
}

std::int64_t AvailableCapacity::milliwatt_at_one_site() const {
  if (at.empty()) return kNoLimit;
  std::int64_t most = 0;
  for (const AtSite& each : at) most = std::max(most, each.power_milliwatt);
  return most;
}

BindingConstraint AvailableCapacity::binding(std::int64_t nameplate_milliwatt) const {
  const AtSite first = at.empty() ? AtSite{} : at.front();
  const bool is_space = first.places < units_by(first.power_milliwatt, nameplate_milliwatt);
  return {is_space ? Constraint::space : power_by, site};
}

const AvailableCapacity& CapacityForecast::on_arrival(const FleetToday& today, std::uint32_t site) {
  const std::vector<Site>& plant = today.setup.plant.sites;
  const core::Time arrival = today.expected_arrival(today.now);
  const std::span<const std::uint32_t> used = site == kAnySite ? std::span(today.setup.strategy.sites)
                                                               : std::span(&site, 1);
  available_.at.clear();
  // A site without limits takes whatever comes.
  const bool is_limited = std::all_of(used.begin(), used.end(), [&](std::uint32_t each) {
    const SiteCapacity limits = plant[each].counted_on(today.now, arrival);
    return limits.limits_power() || limits.limits_space();
  });
  if (!is_limited) return available_;
  begin(today, arrival);
  go_through(today, arrival);
  for (const std::uint32_t each : used) {
    const Room& room = rooms_[each];
    available_.at.push_back({left(room.limits.it_power_milliwatt, room.powered_milliwatt),
                             left(room.limits.accelerators, room.places_taken)});
  }
  available_.power_by = rooms_[used.front()].limits.power_by;
  available_.site = plant.size() > 1 ? used.front() : BindingConstraint::kNoSite;
  return available_;
}

void CapacityForecast::begin(const FleetToday& today, core::Time arrival) {
  rooms_.clear();
  openings_.clear();
  for (std::uint32_t i = 0; i < today.sites.size(); ++i) {
    const SiteState& site = today.sites[i];
    rooms_.push_back({site.limits, site.powered_milliwatt, site.accelerators});
    for (const SiteAddition& each : today.setup.plant.sites[i].additions) {
      if (each.opens > today.now && each.announced > today.now && each.announced <= arrival)
        openings_.push_back(each.announced);
    }
  }
  std::sort(openings_.begin(), openings_.end());
  waiting_.clear();
  for (const std::uint32_t index : today.sites.queue())
    waiting_.push_back({today.now, index, today.inventory[index].count(State::waiting_for_power)});
  coming_.clear();
  bool has_dates = false;
  for (std::uint32_t i = today.inventory.first_coming(); i < today.inventory.cohorts().size(); ++i) {
    const Cohort& cohort = today.inventory[i];
    if (cohort.coming() == 0) continue;
    const bool is_dated = cohort.arrives > core::Time::earliest();
    const core::Time expected = is_dated ? cohort.arrives : today.expected_arrival(cohort.ordered);
    has_dates = has_dates || is_dated;
    coming_.push_back({std::max(today.now, expected), i, cohort.coming()});
  }
  if (has_dates) {
    std::stable_sort(coming_.begin(), coming_.end(), [](const Coming& a, const Coming& b) { return a.at < b.at; });
  }
  leaving_.clear();
}

void CapacityForecast::go_through(const FleetToday& today, core::Time arrival) {
  const std::span<const Retirement> to_come = today.retirements.to_come();
  Upcoming retirements(to_come);
  Upcoming openings(openings_);
  Upcoming coming(coming_);
  Upcoming leaving(leaving_);
  for (core::Time at = today.now; at <= arrival;) {
    bool opens = false;
    openings.pass(at, [&](core::Time) { opens = true; });
    for (std::uint32_t i = 0; opens && i < rooms_.size(); ++i)
      rooms_[i].limits = today.setup.plant.sites[i].counted_on(today.now, at);
    retirements.pass(at, [&](const Retirement& each) { free(each.site, each.nameplate_milliwatt, each.places); });
    leaving.pass(at, [&](const Leaving& each) { free(each.site, each.milliwatt, each.places); });
    coming.pass(at, [&](const Coming& each) { waiting_.push_back(each); });
    install_waiting(today, at, arrival);
    const core::Time next = std::min({openings.next(), retirements.next(), leaving.next(), coming.next()});
    if (next == core::Time::latest()) break;
    at = next;
  }
}

void CapacityForecast::free(std::uint32_t site, std::int64_t milliwatt, std::int64_t places) {
  rooms_[site].powered_milliwatt -= milliwatt;
  rooms_[site].places_taken -= places;
}

/// Lives differ in length by type: what is installed later may leave first.
void CapacityForecast::add_leaving(const Leaving& leaving) {
  const auto is_earlier = [](const Leaving& a, const Leaving& b) { return a.at < b.at; };
  leaving_.insert(std::upper_bound(leaving_.begin(), leaving_.end(), leaving, is_earlier), leaving);
}

void CapacityForecast::install_waiting(const FleetToday& today, core::Time at, core::Time arrival) {
  for (Coming& each : waiting_) {
    const Cohort& cohort = today.inventory[each.cohort];
    const std::int64_t places = cohort.takes_place() ? 1 : 0;
    const core::Time end_of_life = std::max(today.setup.plant.retires(cohort, at),
                                            at + core::Duration::from_milliseconds(1));
    for (const std::uint32_t site : today.sites.open_to(cohort, today.inventory.is_initial(each.cohort))) {
      Room& room = rooms_[site];
      const std::int64_t count = room.limits.room(each.count, cohort.nameplate_milliwatt, cohort.takes_place(),
                                                  room.powered_milliwatt, room.places_taken);
      if (count == 0) continue;
      free(site, -count * cohort.nameplate_milliwatt, -count * places);
      if (end_of_life <= arrival) add_leaving({end_of_life, site, count * cohort.nameplate_milliwatt, count * places});
      each.count -= count;
      if (each.count == 0) break;
    }
  }
  waiting_.erase(std::remove_if(waiting_.begin(), waiting_.end(), [](const Coming& each) { return each.count == 0; }),
                 waiting_.end());
}

}  // namespace fleetrace::fleet
