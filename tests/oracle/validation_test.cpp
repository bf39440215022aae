#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/oracle/published_fits.hpp"
#include "tests/oracle/published_fleets.hpp"
#include "tests/oracle/published_laws.hpp"

// The table of published numbers is docs/validation.md. A row outside its tolerance is red, and so is a table that differs from
// what is committed (FLEETRACE_REWRITE_GOLDENS=1 rewrites it).

namespace fleetrace::test {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string table(const std::vector<PublishedSection>& sections) {
  std::ostringstream text;
  std::size_t count = 0;
  for (const PublishedSection& section : sections) count += section.rows.size();
  text
      << "# Validation\n\nPublished numbers and closed forms of others beside what this program computes: " << count
      << " rows, printed by `./dev validate`\nand checked with the tests. The tolerance is the precision with which a number "
         "was published or rounded, or how far a\nmeasurement may lie from a law without it being wrong; it is not fitted, and stands "
         "beside each number in\ntests/oracle/published_laws.hpp and published_fleets.hpp.\n";
  for (const PublishedSection& section : sections) {
    text << "\n## " << section.title << "\n\n| number | source | published | ours | difference | tolerance |\n"
         << "|---|---|---|---|---|---|\n";
    for (const PublishedNumber& row : section.rows) {
      // What is rounding is not shown: it differs between compilers.
      const double off = row.difference();
      text << "| " << row.what << " | " << row.source << " | " << number(row.published) << " | " << number(row.ours)
           << " | " << (std::fabs(off) < 1e-7 ? "0" : number(std::round(off * 1e8) / 1e6) + " %") << " | "
           << number(100 * row.tolerance) << " % |\n";
    }
  }
  return text.str();
}

}  // namespace

TEST_CASE("published numbers and ours", "[validation]") {
  const std::vector<PublishedSection> sections = {loss_rows(),    paper_rows(), purchase_rows(), operations_rows(),
                                                  network_rows(), site_rows(),  progress_rows(), fit_rows()};
  std::size_t count = 0;
  for (const PublishedSection& section : sections) {
    for (const PublishedNumber& row : section.rows) {
      CAPTURE(row.what, row.published, row.ours);
      CHECK(std::fabs(row.difference()) <= row.tolerance);
      ++count;
    }
  }
  CHECK(count >= 40);
  const std::string path = std::string(FLEETRACE_SOURCE_DIR) + "/docs/validation.md";
  const char* rewrite = std::getenv("FLEETRACE_REWRITE_GOLDENS");
  if (rewrite != nullptr && std::string(rewrite) == "1") std::ofstream(path, std::ios::binary) << table(sections);
  std::ifstream file(path, std::ios::binary);
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  INFO(path << ": ./dev golden writes it");
  CHECK(committed == table(sections));
}

}  // namespace fleetrace::test
