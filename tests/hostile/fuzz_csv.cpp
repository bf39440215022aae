// libFuzzer harness of the CSV reader: the first byte chooses what the rows are, the rest is a file. Any bytes give rows, or findings;
// so do the data of one's own that constants are fitted to.
#include <optional>
#include <set>
#include <span>

#include "sim/core/units/currency.hpp"
#include "sim/reader/csv/csv.hpp"
#include "sim/reader/csv/data_table.hpp"
#include "tests/hostile/fuzz.hpp"

namespace {

using namespace fleetrace;
using fuzz::require;

/// The families of every list that a scenario may take from a file.
void collect(const core::Entry& entry, std::set<const core::Family*>& seen, std::vector<const core::Family*>& lists) {
  for (const core::Parameter& parameter : entry.parameters) {
    if (parameter.family == nullptr || !seen.insert(parameter.family).second) continue;
    if (parameter.shape == core::Shape::list) lists.push_back(parameter.family);
    for (const core::Entry* below : parameter.family->entries) collect(*below, seen, lists);
  }
}

const std::vector<const core::Family*>& families() {
  static const std::vector<const core::Family*> found = [] {
    std::set<const core::Family*> seen;
    std::vector<const core::Family*> lists;
    collect(*fuzz::small_scenario().root().entry, seen, lists);
    return lists;
  }();
  return found;
}

void read_data(std::string_view bytes) {
  static const std::vector<core::Parameter> columns = {
      {.name = "at", .summary = "date", .shape = core::Shape::date, .required = true},
      {.name = "power", .summary = "power", .dimension = core::Dimension::power, .range = core::above(0)},
      {.name = "censored", .summary = "flag", .shape = core::Shape::flag}};
  try {
    const reader::DataTable table = reader::read_data(bytes, "fuzz/x.csv", columns);
    for (const std::vector<double>& column : table.columns)
      require(column.empty() || column.size() == table.lines.size());
  } catch (const core::InputError& error) {
    fuzz::check(error);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::uint8_t kData = 255;
  if (data[0] == kData) {
    read_data(fuzz::text_of(data + 1, size - 1));
    return 0;
  }
  const core::Family& family = *families()[data[0] % families().size()];
  core::Diagnostics diagnostics;
  reader::Findings findings(diagnostics);
  const std::optional<reader::Node> rows = reader::read_csv(fuzz::text_of(data + 1, size - 1), "fuzz/x.csv", family,
                                                            "list", core::Currency{"EUR", "1.08"}, findings);
  require(rows.has_value() || !diagnostics.empty());
  if (!rows) return 0;
  require(rows->kind == reader::Node::Kind::sequence);
  for (const reader::Node& row : rows->items) {
    require(row.kind == reader::Node::Kind::mapping && row.where.line >= 1);
    for (const reader::Member& member : row.members) require(!member.key.empty() && member.where.line >= 1);
  }
  return 0;
}
