#include "models/hardware/price.hpp"

#include <algorithm>

#include "models/hardware/hardware_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kAge{
    .name = "age",
    .summary = "The price falls with age, at the constant rate price_decline.",
    .parameters = {},
    .scope = "One rate for every accelerator, however well it sells.",
};

const core::Entry kLearning{
    .name = "learning",
    .summary =
        "The price falls by the same share with each doubling of the accelerator's cumulative volume (Wright's law).",
    .parameters =
        {
            {.name = "learning_rate",
             .summary = "share by which each doubling of the volume lowers the price; 1 less the progress ratio",
             .range = {0, 0.5, false, true},
             .why = "from 0.5 on ever more accelerators would cost hardly more in total, at 1 nothing at all",
             .preset = "0.2",
             .source = "a progress ratio of 80 %, usual for electronics",
             .verified = false},
            {.name = "volume_doubling",
             .summary = "doubling time of the volume that the whole market has bought",
             .shape = Shape::growth,
             .dimension = Dimension::growth,
             .range = core::between(0, 20),
             .preset = "1.46 yr",
             .source = "makes a learning rate of 0.2 lower prices by the default price_decline, 0.153 /yr"},
            {.name = "volume",
             .summary =
                 "accelerators of a type made by the date of its price; where it is given, the strategy's own purchases "
                 "add to it and lower the price further",
             .range = core::between(1, 1e15)},
        },
    .scope =
        "A curve of its own for each accelerator, which starts at the date of its price (for generations to come, at the "
        "offset from their launch that the base has); what is learned on one helps no other. The market's volume grows "
        "exponentially whatever the strategy does. From a learning rate of 0.5 on, ever more accelerators would cost a "
        "finite sum, so it must be below that. A large order is priced along the curve, unit by unit.",
};

const core::Entry kQuote{
    .name = "quote",
    .summary = "A price on a date.",
    .parameters =
        {
            {.name = "accelerator", .summary = "of which accelerator", .shape = Shape::text, .required = true},
            {.name = "date", .summary = "when it was quoted", .shape = Shape::date, .required = true},
            {.name = "price",
             .summary = "of the accelerator alone",
             .dimension = Dimension::money,
             .range = core::above_up_to(0, 9e12),
             .required = true},
        },
};
constexpr const core::Entry* kQuoteEntries[] = {&kQuote};
constexpr core::Family kQuotes{
    .name = "quotes", .summary = "Prices on dates.", .selector = {}, .entries = kQuoteEntries, .preset = {}};

const core::Entry kByDate{
    .name = "by_date",
    .summary = "The price is what was quoted on dates, for hindcasts; each quote holds until the next.",
    .parameters =
        {
            {.name = "quotes",
             .summary =
                 "a list of {accelerator, date, price}, or the name of a CSV file with the columns accelerator, date and price_usd, "
                 "such as catalog/prices.csv",
             .shape = Shape::list,
             .required = true,
             .family = &kQuotes},
        },
    .scope =
        "For the past: a strategy knows the price of the day and price_decline, not the quotes to come. Before its first quote an "
        "accelerator costs that. After its last the price stays as it is, unless price_decline is stated here; then it falls by "
        "that, as do accelerators without any quote and generations to come, from the catalog's price or the first quote.",
};

constexpr const core::Entry* kEntries[] = {&kAge, &kByDate, &kLearning};

/// The default of price_decline is about prices that fall with age; quotes say themselves how prices moved.
double decline_of(const core::Spec& hardware) {
  const bool is_quoted = hardware.section("price")->entry == &kByDate;
  return is_quoted && hardware.value("price_decline").preset ? 0 : hardware.number("price_decline");
}

}  // namespace

double PriceQuotes::factor(double at) const {
  if (at <= 0) return 1;
  if (at >= years.back()) return core::exp(logs.back() - decline * (at - years.back()));
  const auto next = std::upper_bound(years.begin(), years.end(), at);
  return core::exp(logs[static_cast<std::size_t>(next - years.begin()) - 1]);
}

double PriceLaw::factor(double years, double own) const {
  if (quotes) return quotes->factor(years);
  years = std::max(0.0, years);
  if (own == 0 || !learns_from_own()) return core::exp(-decline * years);
  return core::exp(-exponent * core::log(core::exp(growth * years) + own / volume));
}

double PriceLaw::batch(double years, double own, double units) const {
  const double next = factor(years, own);
  if (!learns_from_own()) return next * units;
  const double made = volume * core::exp(growth * std::max(0.0, years)) + own;
  return next * made * core::integral_of_exp(1 - exponent, core::log1p(units / made));
}

double PriceLaw::units(double years, double own, double sum) const {
  const double next = factor(years, own);
  if (!learns_from_own()) return sum / next;
  const double made = volume * core::exp(growth * std::max(0.0, years)) + own;
  return made * core::expm1(core::log1p((1 - exponent) * sum / (next * made)) / (1 - exponent));
}

const core::Family& price_family() {
  static constexpr core::Family kFamily{.name = "price",
                                        .summary = "How the price of an accelerator falls after the date of its price.",
                                        .selector = "model",
                                        .entries = kEntries,
                                        .preset = "age"};
  return kFamily;
}

PriceLaw resolve_price(const core::Spec& hardware) {
  const core::Spec& spec = *hardware.section("price");
  if (spec.entry != &kLearning) return {.decline = decline_of(hardware)};
  PriceLaw law;
  law.exponent = -core::log2(1 - spec.number("learning_rate"));
  law.growth = spec.number("volume_doubling") * core::kLn2;
  law.decline = law.exponent * law.growth;
  if (spec.has("volume")) law.volume = spec.number("volume");
  return law;
}

std::optional<QuotedPrice> resolve_quotes(const core::Spec& hardware, std::string_view accelerator,
                                          const std::string& path, core::Diagnostics& diagnostics) {
  const core::Spec& spec = *hardware.section("price");
  if (spec.entry != &kByDate) return std::nullopt;
  std::vector<const core::Spec*> rows;
  for (const core::Spec& row : spec.sections("quotes")) {
    if (row.text("accelerator") == accelerator) rows.push_back(&row);
  }
  if (rows.empty()) return std::nullopt;
  const auto date = [](const core::Spec* row) { return row->instant("date", {}); };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const core::Spec* a, const core::Spec* b) { return date(a) < date(b); });
  QuotedPrice first{rows.front()->number("price"), date(rows.front()), nullptr};
  auto quotes = std::make_shared<PriceQuotes>();
  quotes->decline = decline_of(hardware);
  for (const core::Spec* row : rows) {
    const double years = (date(row) - first.at).years();
    if (!quotes->years.empty() && years == quotes->years.back()) {
      diagnostics.add({row->where, path + ".price.quotes",
                       std::string(accelerator) + " has two prices on " + core::to_date(date(row)),
                       "it can have one at a time", "Keep one of them, or their mean."});
      continue;
    }
    quotes->years.push_back(years);
    quotes->logs.push_back(core::log(row->number("price") / first.usd));
  }
  first.quotes = std::move(quotes);
  return first;
}

}  // namespace fleetrace::models
