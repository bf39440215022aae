#include <algorithm>

#include "models/purchase/purchase_entries.hpp"
#include "sim/core/numeric/fit.hpp"

namespace fleetrace::models {

using core::Dimension;
using core::Shape;

namespace {

const core::Entry kRent{
    .name = "rent",
    .summary = "Accelerators that are rented from a date on for one term of the rental section.",
    .parameters =
        {
            purchase_date(),
            {.name = "accelerator", .summary = "which, by its name on sale", .shape = Shape::text, .required = true},
            {.name = "count",
             .summary = "how many",
             .dimension = Dimension::count,
             .range = core::between(1, 1e12),
             .required = true},
        },
};
constexpr const core::Entry* kRentEntries[] = {&kRent};
constexpr core::Family kRentList{
    .name = "rent_list", .summary = "Dated rents.", .selector = {}, .entries = kRentEntries, .preset = {}};

const core::Entry kMove{
    .name = "move",
    .summary = "Accelerators that are moved from one site to another.",
    .parameters =
        {
            purchase_date(),
            {.name = "accelerator", .summary = "which, by its name", .shape = Shape::text, .required = true},
            {.name = "count",
             .summary = "how many; where fewer are installed on that site, all of them",
             .dimension = Dimension::count,
             .range = core::between(1, 1e12),
             .required = true},
            {.name = "from",
             .summary = "the site that they leave, the oldest first",
             .shape = Shape::text,
             .required = true},
            {.name = "to",
             .summary = "the only site that they stand on from then on, where they wait if there is no room",
             .shape = Shape::text,
             .required = true},
            {.name = "cost",
             .summary = "what moving one of them costs",
             .dimension = Dimension::money,
             .range = core::between(0, 1e9),
             .preset = "0 USD",
             .usual = core::between(0, 1e5)},
            {.name = "pause",
             .summary = "how long they are out of service until they are on the other site; they do not age then",
             .dimension = Dimension::duration,
             .range = core::at_least(0),
             .required = true,
             .usual = core::between(0, 3.15576e10)},
        },
};
constexpr const core::Entry* kMoveEntries[] = {&kMove};
constexpr core::Family kMoveList{
    .name = "move_list", .summary = "Dated moves.", .selector = {}, .entries = kMoveEntries, .preset = {}};

}  // namespace

std::vector<core::Parameter> with_common_keys(std::vector<core::Parameter> own, bool budget_required) {
  own.push_back({.name = "budget",
                 .summary = "nominal money for hardware and for research (progress.cost) over the horizon",
                 .dimension = Dimension::money,
                 .range = core::between(0, 9e12),
                 .required = budget_required,
                 .usual = core::between(1e4, 1e13)});
  own.push_back(
      {.name = "budget_covers",
       .summary = "whether the budget pays for hardware and research only, or for energy too (reserved at purchase)",
       .shape = Shape::choice,
       .preset = "hardware",
       .choices = {"hardware", "all"}});
  own.push_back(
      {.name = "choose",
       .summary =
           "which accelerator on sale is bought: the best flop_per_usd or flop_per_watt, the newest, or a name. Ties (less "
           "than one part in 1e9) go on in this order: flop_per_usd, flop_per_watt, newest; what is equal in all three is "
           "bought in the order of the list",
       .shape = Shape::text,
       .preset = "flop_per_usd"});
  own.push_back({.name = "rented",
                 .summary = "share of the money at each review that rents, by the rental section, rather than buys",
                 .range = core::between(0, 1),
                 .preset = "0"});
  own.push_back(
      {.name = "rents",
       .summary =
           "accelerators to rent by number, beside what it owns: a list of {at, accelerator, count}, or the name of a CSV "
           "file with these columns. Price and term are those of the rental section; what they cost is set aside of the "
           "budget from the start, or is added to it where none is stated",
       .shape = Shape::list,
       .family = &kRentList});
  own.push_back(
      {.name = "moves",
       .summary =
           "accelerators to move between sites: a list of {at, accelerator, count, from, to, cost, pause}, or the name of a "
           "CSV file with these columns. What moving all of them costs is set aside of the budget like rents",
       .shape = Shape::list,
       .family = &kMoveList});
  own.push_back(
      {.name = "power_limits",
       .summary =
           "what site power, cooling and space limit: orders (nothing is bought that will find no room when it arrives, "
           "after what is on its way) or installation (it is bought and waits for room)",
       .shape = Shape::choice,
       .preset = "orders",
       .choices = {"orders", "installation"}});
  own.push_back(
      {.name = "sites",
       .summary =
           "where it installs: what arrives stands on the first of them with room; all sites in the order of the scenario "
           "where it is left out",
       .shape = Shape::texts});
  own.push_back(
      {.name = "with", .summary = "changes to other sections for this strategy alone", .shape = Shape::changes});
  return own;
}

core::Parameter review_interval(std::string_view preset, std::string_view source) {
  return {.name = "every",
          .summary = "interval between reviews, the first at the start of the horizon",
          .dimension = Dimension::duration,
          .range = core::at_least(1),
          .preset = preset,
          .source = source};
}

core::Parameter load() {
  return {.name = "load",
          .summary = "useful FLOP/s demanded at the start of the horizon",
          .dimension = Dimension::compute_rate,
          .range = core::above_up_to(0, 1e60),
          .required = true};
}

core::Parameter load_or_serving() {
  core::Parameter result = load();
  result.summary = "useful FLOP/s demanded at the start of the horizon; or serving, for the scenario's demand on it";
  result.choices = {"serving"};
  return result;
}

core::Parameter load_growth() {
  return {.name = "growth",
          .summary = "continuous yearly growth of the load",
          .dimension = Dimension::decline,
          .range = core::between(-20, 20),
          .preset = "0.5 /yr",
          .source = "the team's assumption",
          .verified = false};
}

core::Parameter purchase_date() {
  return {.name = "at",
          .summary = "when: a date, or a duration from the start of the horizon",
          .shape = Shape::instant,
          .dimension = Dimension::duration,
          .range = core::at_least(0),
          .required = true};
}

std::vector<DatedRow> dated_rows(const core::Spec& spec, std::string_view list, const PurchaseRequest& request,
                                 core::Diagnostics& diagnostics) {
  std::vector<DatedRow> result;
  const std::vector<core::Spec>& rows = spec.sections(list);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const core::Time at = rows[i].instant("at", request.start);
    const std::string path = request.path + '.' + std::string(list) + '.' + std::to_string(i);
    if (check_within_horizon(at, rows[i].value("at").where, path, request, diagnostics) && at < request.end)
      result.push_back({at, &rows[i], i});
  }
  std::stable_sort(result.begin(), result.end(), [](const DatedRow& a, const DatedRow& b) { return a.at < b.at; });
  return result;
}

PurchasePolicy regular_reviews(const core::Spec& spec, const PurchaseRequest& request, PurchasePolicy::Review review,
                               core::Diagnostics& diagnostics, std::int64_t most) {
  PurchasePolicy policy;
  policy.every = spec.duration("every");
  const auto refuse = [&](std::string problem, std::string reason, std::string suggestion) {
    diagnostics.add({spec.value("every").where, request.path + ".every", std::move(problem), std::move(reason),
                     std::move(suggestion)});
    return PurchasePolicy{};
  };
  const core::Duration length = request.end - request.start;
  if (policy.every > length) {
    return refuse("the interval is longer than the horizon", "nothing would be reviewed after the start",
                  "Shorten it, or buy once.");
  }
  policy.reviews = (length - core::kMillisecond) / policy.every + 1;
  if (policy.reviews > most) {
    return refuse("there would be " + std::to_string(policy.reviews) + " reviews",
                  "more than " + std::to_string(most) + " are not run",
                  "Lengthen the interval or shorten the horizon.");
  }
  policy.review = review;
  policy.first_review = request.start;
  return policy;
}

bool check_has_power(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  if (request.has_power) return true;
  diagnostics.add({spec.value("power").where, request.path + ".power", "the hardware on sale draws no power",
                   "its power_per_flops is left out", "State it, such as power_per_flops: 0.8 W/(TFLOP/s)."});
  return false;
}

core::Time next_regular(const PurchasePolicy& policy, const Observation& seen) {
  return core::saturating_add(seen.now, policy.every);
}

bool is_spent(const Observation& seen) {
  return seen.released >= seen.budget &&
         (seen.cash <= core::Money{} || !core::fits(seen.offer.unit_usd, seen.cash.usd()));
}

bool check_within_horizon(core::Time when, const core::Location& where, const std::string& path,
                          const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  if (when >= request.start && when < std::max(request.end, request.dates_until.value_or(request.end))) return true;
  diagnostics.add({where, path + ".at", core::to_date(when) + " is outside the horizon",
                   "it runs from " + core::to_date(request.start) + " until before " + core::to_date(request.end), ""});
  return false;
}

}  // namespace fleetrace::models
