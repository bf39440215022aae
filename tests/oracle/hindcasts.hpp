#pragma once

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

/// What was observed of real fleets, and how near a whole scenario has to come to it: tests/oracle/hindcasts.csv. Each row was
/// committed before its scenario existed, but for three that docs/validation.md names.
namespace fleetrace::test {

/// How far a prediction may lie from what was observed.
struct Tolerance {
  enum class Kind { relative, absolute, factor, interval, bound };
  Kind kind = Kind::relative;
  double low = 0;  ///< or the only number
  double high = 0;

  /// "5 %", "0.01", "factor 2", "0.2 to 0.4", where the interval is that of the observation, or "an upper bound".
  static Tolerance parse(const std::string& text) {
    if (text == "an upper bound") return {Kind::bound, 0, 0};
    const char* begin = text.c_str();
    char* end = nullptr;
    if (text.rfind("factor ", 0) == 0) return {Kind::factor, std::strtod(begin + 7, &end), 0};
    const double number = std::strtod(begin, &end);
    const std::string rest = end;
    if (end == begin) throw std::invalid_argument(text);
    if (rest == " %") return {Kind::relative, number / 100, 0};
    if (rest.empty()) return {Kind::absolute, number, 0};
    if (rest.rfind(" to ", 0) != 0) throw std::invalid_argument(text);
    return {Kind::interval, number, std::strtod(rest.c_str() + 4, &end)};
  }
  [[nodiscard]] bool allows(double predicted, double observed) const {
    switch (kind) {
      case Kind::relative: return std::fabs(predicted / observed - 1) <= low;
      case Kind::absolute: return std::fabs(predicted - observed) <= low;
      case Kind::factor: return predicted <= observed * low && predicted >= observed / low;
      case Kind::bound: return predicted >= observed;
      case Kind::interval: return predicted >= low && predicted <= high;
    }
    return false;
  }
};

struct HindcastRow {
  std::string hindcast;  ///< the scenario's name
  std::string strategy;  ///< `*` for all of them together
  /// `prediction`; `sum` where the record was made by the same sum; `half` where half of what the figure is made of set the
  /// scenario; `bound`, which what is observed may not pass; `rival`, a model that is expected to miss
  std::string kind;
  std::string from;   ///< where the figure begins, of those that are of a time
  std::string until;  ///< the end of the horizon in the place of the scenario's, a date or a length
  std::string figure;
  double observed = 0;
  std::string within;
  std::string what;
  std::string source;
  std::string why;  ///< of a row outside its tolerance

  [[nodiscard]] bool counts() const { return kind == "prediction"; }
};

/// The cells of a line of a CSV file (RFC 4180).
inline std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

inline std::vector<HindcastRow> hindcast_rows() {
  std::ifstream file(std::string(FLEETRACE_SOURCE_DIR) + "/tests/oracle/hindcasts.csv");
  std::vector<HindcastRow> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = cells_of(line);
    if (cells.size() != 11) throw std::invalid_argument(line);
    HindcastRow row{cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], std::stod(cells[6]),
                    cells[7], cells[8], cells[9], cells[10]};
    (void)Tolerance::parse(row.within);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace fleetrace::test
