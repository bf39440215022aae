#include "sim/core/units/calendar_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <string>
#include <vector>

#include "fleetrace/core/time.hpp"

namespace fleetrace::core {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A part of a date as people write it: digits or letters.
struct Token {
  std::string_view text;
  int number = -1;  ///< -1 for letters

  [[nodiscard]] bool is_year() const { return text.size() == 4 && number >= 1900 && number <= 2999; }
  [[nodiscard]] bool is_short() const { return number >= 0 && text.size() <= 2; }
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size();) {
    const auto same_kind = [&](char c) { return is_digit(text[i]) ? is_digit(c) : is_letter(c); };
    if (!is_digit(text[i]) && !is_letter(text[i])) {
      if (std::string_view(" /.,-").find(text[i]) == std::string_view::npos) return {};
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && same_kind(text[end])) ++end;
    Token token{text.substr(i, end - i)};
    if (is_digit(text[i])) std::from_chars(token.text.data(), token.text.data() + token.text.size(), token.number);
    tokens.push_back(token);
    i = end;
  }
  return tokens;
}

/// The number of a month by its name or the first three letters of it, or 0.
int month_named(std::string_view word) {
  constexpr std::array<std::string_view, 12> kNames = {"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};
  std::string name;
  for (const char c : word) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (name.size() < 3) return 0;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i].substr(0, name.size()) == name) return static_cast<int>(i) + 1;
  }
  return 0;
}

/// The date as the program writes it, or nothing where the calendar has no such day.
std::optional<std::string> iso(int year, int month, int day) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, month, day);
  if (!parse_iso8601(buffer)) return std::nullopt;
  return buffer;
}

std::string month_of(int year, int month) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d", year, month);
  return buffer;
}

/// The readings of three numbers, one of which is a year.
std::vector<std::string> readings(const Token& a, const Token& b, const Token& c) {
  std::vector<std::string> found;
  const auto add = [&found](const std::optional<std::string>& date) {
    if (date && std::find(found.begin(), found.end(), *date) == found.end()) found.push_back(*date);
  };
  if (a.is_year() && b.is_short() && c.is_short()) add(iso(a.number, b.number, c.number));
  if (c.is_year() && a.is_short() && b.is_short()) {
    add(iso(c.number, b.number, a.number));  // day before month
    add(iso(c.number, a.number, b.number));
  }
  return found;
}

/// How a text that names a date, a month, a quarter or a year is written; more than one where it has several readings.
std::vector<std::string> meant_dates(std::string_view text) {
  const std::vector<Token> tokens = tokens_of(text);
  if (tokens.size() == 1 && tokens[0].is_year()) return {std::string(text) + "-01-01"};
  if (tokens.size() == 2 && (tokens[0].is_year() || tokens[1].is_year())) {
    const Token& year = tokens[0].is_year() ? tokens[0] : tokens[1];
    const Token& other = tokens[0].is_year() ? tokens[1] : tokens[0];
    if (const int month = month_named(other.text); month > 0) return {month_of(year.number, month)};
    if (other.is_short() && other.number >= 1 && other.number <= 12) return {month_of(year.number, other.number)};
    return {};
  }
  if (tokens.size() != 3) return {};
  // The quarter of a year: its letter and its number stand beside each other.
  for (const std::size_t q : {std::size_t{0}, std::size_t{1}}) {
    const Token& year = tokens[q == 0 ? 2 : 0];
    const bool is_quarter = (tokens[q].text == "Q" || tokens[q].text == "q") && tokens[q + 1].number >= 1 &&
                            tokens[q + 1].number <= 4 && tokens[q + 1].text.size() == 1;
    if (is_quarter && year.is_year()) return {std::string(year.text) + "-Q" + std::string(tokens[q + 1].text)};
  }
  for (const std::size_t m : {std::size_t{0}, std::size_t{1}}) {
    const int month = month_named(tokens[m].text);
    const Token& year = tokens[2].is_year() ? tokens[2] : tokens[0];
    const Token& day = tokens[2].is_year() ? tokens[1 - m] : tokens[2];
    if (month == 0 || !year.is_year() || !day.is_short()) continue;
    if (const auto date = iso(year.number, month, day.number)) return {*date};
  }
  return readings(tokens[0], tokens[1], tokens[2]);
}

}  // namespace

std::optional<Time> parse_date(std::string_view text) {
  if (const auto date = parse_iso8601(text)) return date;
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const std::string year(text.substr(0, 5));
  if (text[5] == 'Q') {
    static constexpr std::array<std::string_view, 4> kFirsts = {"01-01", "04-01", "07-01", "10-01"};
    if (text[6] < '1' || text[6] > '4') return std::nullopt;
    return parse_iso8601(year + std::string(kFirsts.at(static_cast<std::size_t>(text[6] - '1'))));
  }
  return parse_iso8601(std::string(text) + "-01");
}

std::optional<QuantityProblem> misspelt_date(std::string_view text) {
  if (text.size() > 40 || parse_date(text)) return std::nullopt;
  const std::vector<std::string> meant = meant_dates(text);
  if (meant.empty()) return std::nullopt;
  const bool is_clear = meant.size() == 1;
  std::string suggestion = "Write ";
  for (std::size_t i = 0; i < meant.size(); ++i) suggestion += (i == 0 ? "" : " or ") + meant[i];
  return QuantityProblem{'"' + std::string(text) + "\" is a date in another form",
                         is_clear ? "dates are written as year-month-day" : "day and month could be either",
                         suggestion + '.'};
}

}  // namespace fleetrace::core
