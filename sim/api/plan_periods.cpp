#include "sim/api/plan_periods.hpp"

#include <array>
#include <charconv>
#include <set>
#include <stdexcept>

namespace fleetrace {
namespace {

using core::Time;

constexpr std::array<std::string_view, 3> kNames{"month", "quarter", "year"};
constexpr int kMonths[] = {1, 3, 12};

int months_of(Period period) { return kMonths[static_cast<std::size_t>(period)]; }

/// A month of the calendar.
class Month {
 public:
  /// The one to which an instant belongs.
  explicit Month(Time time) {
    // "2026-01-17", with a sign beyond year 9999: the year ends six characters before the end.
    std::string date = core::to_date(time);
    year_ = date.substr(0, date.size() - 6);
    const std::string month = date.substr(date.size() - 5, 2);
    std::from_chars(month.data(), month.data() + month.size(), number_);
    date.replace(date.size() - 2, 2, "01");
    begins_ = core::parse_iso8601(date).value();
  }
  [[nodiscard]] const std::string& year() const { return year_; }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] Time begins() const { return begins_; }
  [[nodiscard]] std::string text() const { return year_ + (number_ < 10 ? "-0" : "-") + std::to_string(number_); }

  [[nodiscard]] Month earlier(int count) const {
    Month month = *this;
    for (int i = 0; i < count; ++i) month = Month(month.begins_ - core::kDay);
    return month;
  }
  [[nodiscard]] Month later(int count) const {
    Month month = *this;
    for (int i = 0; i < count; ++i) month = Month(month.begins_ + core::kDay * 31);
    return month;
  }

 private:
  std::string year_;
  int number_ = 1;
  Time begins_;
};

/// How many months of its year, which begins in month `first`, have gone by before a month.
int month_of_year(const Month& month, int first) { return (month.number() - first + 12) % 12; }

/// The name of the period that begins with a month, where the horizon holds all of it.
std::string name_of(const Month& first, const PlanOptions& options) {
  if (options.by == Period::month) return first.text();
  const int past = month_of_year(first, options.fiscal_year_begins);
  const std::string year = (options.fiscal_year_begins == 1 ? "" : "FY") + first.earlier(past).later(11).year();
  return options.by == Period::year ? year : year + "-Q" + std::to_string(past / 3 + 1);
}

/// The name of a part of a period.
std::string dates_of(Time begins, Time ends) {
  if (ends - begins < core::kDay) {
    const auto clock = [](Time time) { return core::to_iso8601(time).substr(core::to_date(time).size() + 1, 5); };
    return core::to_date(begins) + ' ' + clock(begins) + " to " + clock(ends);
  }
  return core::to_date(begins) + " to " + core::to_date(ends - core::kMillisecond);
}

/// Whether there are more periods than a plan may have; some more may still pass.
bool are_too_many(Time start, Time end, Period by) {
  return (end - start) / (core::kMonth * months_of(by)) > static_cast<std::int64_t>(kMostPeriods);
}

}  // namespace

std::vector<PlanDates> plan_periods(Time start, Time end, const PlanOptions& options) {
  if (options.fiscal_year_begins < 1 || options.fiscal_year_begins > 12)
    throw std::invalid_argument("a fiscal year begins in a month from 1 to 12");
  if (are_too_many(start, end, options.by)) {
    throw std::invalid_argument("the horizon has more than " + std::to_string(kMostPeriods) + ' ' +
                                std::string(to_string(options.by)) + "s");
  }
  const int months = months_of(options.by);
  Month month(start);
  month = month.earlier(month_of_year(month, options.fiscal_year_begins) % months);
  std::vector<PlanDates> periods;
  while (month.begins() < end) {
    const Month next = month.later(months);
    const Time begins = std::max(start, month.begins());
    const Time ends = std::min(end, next.begins());
    const bool is_whole = begins == month.begins() && ends == next.begins();
    periods.push_back({is_whole ? name_of(month, options) : dates_of(begins, ends), begins, ends});
    month = next;
  }
  return periods;
}

std::vector<PlanDates> ledger_periods(const std::vector<fleet::StrategySetup>& setups, const PlanOptions& options) {
  if (setups.empty()) return {};
  const fleet::Horizon& horizon = setups.front().horizon;
  std::set<Time> corrections;
  for (const fleet::StrategySetup& setup : setups) {
    if (!setup.actuals) continue;
    for (const auto& index : {setup.actuals->corrects_fleet, setup.actuals->corrects_money})
      if (index) corrections.insert(setup.actuals->states[*index].date);
  }
  const Time begin = corrections.empty() ? horizon.from.value_or(horizon.start) : *corrections.begin();
  std::vector<PlanDates> periods;
  for (PlanDates& each : plan_periods(begin, horizon.end, options)) {
    for (auto at = corrections.lower_bound(each.begins); at != corrections.end() && *at < each.ends; ++at) {
      if (each.begins < *at) periods.push_back({dates_of(each.begins, *at), each.begins, *at});
      periods.push_back({"to actuals", *at, *at, true});
      if (each.begins < *at) each = {dates_of(*at, each.ends), *at, each.ends};
    }
    periods.push_back(std::move(each));
  }
  return periods;
}

std::optional<PlanOptions> usual_plan(Time start, Time end) {
  for (const Period by : {Period::quarter, Period::year}) {
    if (!are_too_many(start, end, by)) return PlanOptions{by};
  }
  return std::nullopt;
}

std::string_view to_string(Period period) { return kNames.at(static_cast<std::size_t>(period)); }

std::string to_string(const PlanOptions& options) {
  return "by " + std::string(to_string(options.by)) +
         (options.fiscal_year_begins == 1 ? "" : " from month " + std::to_string(options.fiscal_year_begins));
}

std::optional<PlanOptions> find_plan_options(const std::string& text) {
  // The longest text first: "by year" begins what is longer.
  for (int first = 12; first >= 1; --first) {
    for (const Period by : {Period::month, Period::quarter, Period::year}) {
      const std::string wanted = to_string(PlanOptions{by, first});
      const std::size_t found = text.find(wanted);
      const std::size_t behind = found + wanted.size();
      if (found != std::string::npos && (behind == text.size() || text[behind] == ',')) return PlanOptions{by, first};
    }
  }
  return std::nullopt;
}

}  // namespace fleetrace
