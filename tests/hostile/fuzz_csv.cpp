// libFuzzer harness of the CSV reader: the first byte chooses what the rows are, the rest is a file. Any bytes give rows, or findings.
#include <optional>
#include <set>
#include <span>

#include "sim/core/units/currency.hpp"
#include "sim/reader/csv/csv.hpp"
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
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
