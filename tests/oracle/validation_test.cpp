#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "tests/oracle/hindcast_figures.hpp"
#include "tests/oracle/published_fits.hpp"
#include "tests/oracle/published_fleets.hpp"
#include "tests/oracle/published_laws.hpp"

// The tables of published numbers and of hindcasts are docs/validation.md. A published number outside its tolerance is red, a hindcast
// outside of its own has to say why, and a table that differs from what is committed is red (FLEETRACE_REWRITE_GOLDENS=1 rewrites it).

namespace fleetrace::test {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

struct Predicted {
  HindcastRow row;
  std::optional<double> value;  ///< none before there is a scenario

  [[nodiscard]] bool inside() const { return value && Tolerance::parse(row.within).allows(*value, row.observed); }
  [[nodiscard]] double error() const { return *value / row.observed - 1; }
  [[nodiscard]] bool is_absolute() const { return Tolerance::parse(row.within).kind == Tolerance::Kind::absolute; }
};

std::vector<Predicted> predictions() {
  Hindcasts hindcasts;
  std::vector<Predicted> all;
  for (const HindcastRow& row : hindcast_rows()) all.push_back({row, hindcasts.predict(row)});
  return all;
}

std::string percent(double part) {
  // What is rounding is not shown: it differs between compilers.
  return std::fabs(part) < 1e-7 ? "0" : number(std::round(part * 1e8) / 1e6) + " %";
}

/// How many predictions came true, in a sentence.
std::string verdict(const std::vector<Predicted>& hindcasts) {
  std::vector<double> errors;
  std::size_t inside = 0;
  for (const Predicted& each : hindcasts) {
    if (!each.row.counts() || !each.value) continue;
    errors.push_back(std::fabs(each.error()));
    if (each.inside()) ++inside;
  }
  if (errors.empty()) return "None has been run yet.";
  std::sort(errors.begin(), errors.end());
  const std::size_t n = errors.size();
  char median[32];
  std::snprintf(median, sizeof median, "%.1f", 50 * (errors[(n - 1) / 2] + errors[n / 2]));
  return "Of " + std::to_string(n) + " end-to-end predictions " + std::to_string(inside) +
         " are inside their tolerance; the median absolute error is " + median + " %.";
}

void write_published(std::ostream& text, const std::vector<PublishedSection>& sections) {
  for (const PublishedSection& section : sections) {
    text << "\n## " << section.title << "\n\n| number | source | published | ours | difference | tolerance |\n"
         << "|---|---|---|---|---|---|\n";
    for (const PublishedNumber& row : section.rows) {
      text << "| " << row.what << " | " << row.source << " | " << number(row.published) << " | " << number(row.ours)
           << " | " << percent(row.difference()) << " | " << number(100 * row.tolerance) << " % |\n";
    }
  }
}

void write_hindcasts(std::ostream& text, const std::vector<Predicted>& hindcasts) {
  text
      << "\n## Hindcasts: whole scenarios\n\n"
      << verdict(hindcasts)
      << "\n\nEach row is a figure of a whole run, from dated orders to what was observed (lengths of training runs, by those of earlier\n"
         "years: of a trend that `fleetrace fit` continues). What is predicted, and within what, stands in tests/oracle/hindcasts.csv\n"
         "and was committed before the scenario was, but for three rows that were committed together with what they predict: the largest\n"
         "run of 2025, which takes the 30 % of all other runs, and the two rivals of `stock-2025`. The first lines of each scenario say what\n"
         "it was set by, with sources, and what it predicts; nothing that it predicts set it. A row that misses stays and says why.\n\n"
         "Many observed figures are themselves estimates (of Epoch AI, from satellite images, permits and revenue): there two models are\n"
         "compared. Four kinds of rows count in no verdict: of (sum) the record was made by the same sum as ours, so that it tests the\n"
         "scenario's arithmetic alone; (half) has half of what was observed among what set it; (bound) says only what is not passed;\n"
         "(rival) is a simpler model beside the one that predicts. An error is relative, or a difference where the tolerance is one.\n"
         "`fleetrace run colossus --by month` shows the first scenario by month, `fleetrace show colossus` what it was set by.\n";
  std::map<std::string, std::vector<Predicted>> by_scenario;
  for (const Predicted& each : hindcasts) by_scenario[each.row.hindcast].push_back(each);
  std::string scenario;
  for (const Predicted& each : hindcasts) {
    const HindcastRow& row = each.row;
    if (row.hindcast != scenario) {
      scenario = row.hindcast;
      text
          << "\n### " << scenario << "\n\n"
          << (each.value ? reader::scenario_description(scenario) + ". " : "") << verdict(by_scenario[scenario])
          << "\n\n| prediction | source | predicted | observed | error | within | inside | why not |\n|---|---|---|---|---|---|---|---|\n";
    }
    text << "| " << row.what << (row.counts() ? "" : " (" + row.kind + ")") << " | " << row.source << " | "
         << (each.value ? number(*each.value) : "-") << " | " << number(row.observed) << " | "
         << (!each.value          ? "-"
             : each.is_absolute() ? number(*each.value - row.observed)
                                  : percent(each.error()))
         << " | " << row.within << " | "
         << (!each.value     ? "-"
             : each.inside() ? "yes"
                             : "no")
         << " | " << row.why << " |\n";
  }
}

std::string table(const std::vector<PublishedSection>& sections, const std::vector<Predicted>& hindcasts) {
  std::ostringstream text;
  std::size_t count = 0;
  for (const PublishedSection& section : sections) count += section.rows.size();
  text
      << "# Validation\n\n"
      << count + hindcasts.size() << " rows, printed by `./dev validate` and checked with the tests. " << count
      << " are published numbers and closed forms\nof others beside what this program computes: components, each by itself. "
      << hindcasts.size()
      << " are [hindcasts](#hindcasts-whole-scenarios):\nwhole scenarios beside what real fleets came to. "
      << verdict(hindcasts)
      << "\n\nA tolerance is the precision with which a number was published or rounded, or how far a measurement may lie from a law "
         "without\nit being wrong. It is not fitted. Those of published numbers stand beside each in tests/oracle/published_laws.hpp "
         "and\npublished_fleets.hpp.\n";
  write_published(text, sections);
  write_hindcasts(text, hindcasts);
  return text.str();
}

}  // namespace

TEST_CASE("published numbers and ours", "[validation]") {
  const std::vector<PublishedSection> sections = {loss_rows(),        paper_rows(),      purchase_rows(),
                                                  longest_run_rows(), operations_rows(), network_rows(),
                                                  site_rows(),        progress_rows(),   fit_rows()};
  std::size_t count = 0;
  for (const PublishedSection& section : sections) {
    for (const PublishedNumber& row : section.rows) {
      CAPTURE(row.what, row.published, row.ours);
      CHECK(std::fabs(row.difference()) <= row.tolerance);
      ++count;
    }
  }
  const std::vector<Predicted> hindcasts = predictions();
  std::size_t whole = 0;
  for (const Predicted& each : hindcasts) {
    CAPTURE(each.row.hindcast, each.row.what, each.row.observed, each.row.within, each.value.value_or(0));
    if (!each.value) continue;
    if (each.row.counts() || each.row.kind == "bound") CHECK(each.inside() == each.row.why.empty());
    if (each.row.counts()) ++whole;
  }
  CHECK(count + whole >= 150);
  CHECK(whole >= 50);
  const std::string text = table(sections, hindcasts);
  const std::string path = std::string(FLEETRACE_SOURCE_DIR) + "/docs/validation.md";
  const char* rewrite = std::getenv("FLEETRACE_REWRITE_GOLDENS");
  if (rewrite != nullptr && std::string(rewrite) == "1") std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  INFO(path << ": ./dev golden writes it");
  CHECK(committed == text);
}

}  // namespace fleetrace::test
