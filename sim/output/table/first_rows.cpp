#include "sim/output/table/first_rows.hpp"

#include <algorithm>
#include <map>

#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

bool is_long(std::size_t rows) { return rows > kShortTable; }

}  // namespace

Table first_rows(const Table& table) {
  if (!is_long(table.rows().size())) return table;
  Table first(table.columns());
  for (std::size_t i = 0; i < kFirstRows; ++i) first.add_row(table.rows()[i]);
  return first;
}

std::string more_rows(const Table& table) {
  if (!is_long(table.rows().size())) return {};
  return grouped(static_cast<std::int64_t>(table.rows().size() - kFirstRows)) + " more in results.json.\n";
}

Table best_first(const Table& table, const std::vector<std::string>& names) {
  if (!is_long(names.size())) return table;
  std::map<std::string, std::size_t> ranks;
  for (const std::string& name : names) ranks.try_emplace(name, ranks.size());
  const auto rank = [&](const Table::Row& row) {
    const auto found = ranks.find(row.front().text());
    return found == ranks.end() ? ranks.size() : found->second;
  };
  std::vector<Table::Row> rows = table.rows();
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Table::Row& a, const Table::Row& b) { return rank(a) < rank(b); });
  Table ordered(table.columns());
  for (Table::Row& row : rows) ordered.add_row(std::move(row));
  return ordered;
}

}  // namespace fleetrace::output
