#include "sim/core/units/calendar_text.hpp"

#include <catch2/catch.hpp>

#include "fleetrace/core/time.hpp"

namespace fleetrace::core {
namespace {

std::string suggestion(std::string_view text) {
  const auto problem = misspelt_date(text);
  return problem ? problem->suggestion : "";
}

TEST_CASE("a month and a quarter are their first instant", "[time]") {
  CHECK(parse_date("2027-03") == parse_iso8601("2027-03-01"));
  CHECK(parse_date("2027-12") == parse_iso8601("2027-12-01"));
  CHECK(parse_date("2027-Q1") == parse_iso8601("2027-01-01"));
  CHECK(parse_date("2027-Q2") == parse_iso8601("2027-04-01"));
  CHECK(parse_date("2027-Q3") == parse_iso8601("2027-07-01"));
  CHECK(parse_date("2027-Q4") == parse_iso8601("2027-10-01"));
  CHECK(parse_date("2027-03-15") == parse_iso8601("2027-03-15"));
  for (const char* text : {"2027-13", "2027-00", "2027-Q0", "2027-Q5", "2027-3", "2027-q1", "2027", "27-03", "2027-0a"})
    CHECK_FALSE(parse_date(text));
}

TEST_CASE("a date in another form is told how to be written", "[time]") {
  CHECK(suggestion("01/03/2027") == "Write 2027-03-01 or 2027-01-03.");
  CHECK(suggestion("31/03/2027") == "Write 2027-03-31.");
  CHECK(suggestion("03/31/2027") == "Write 2027-03-31.");
  CHECK(suggestion("5.5.2027") == "Write 2027-05-05.");
  CHECK(suggestion("2027/3/1") == "Write 2027-03-01.");
  CHECK(suggestion("1 March 2027") == "Write 2027-03-01.");
  CHECK(suggestion("March 1, 2027") == "Write 2027-03-01.");
  CHECK(suggestion("2027 Mar 1") == "Write 2027-03-01.");
  CHECK(suggestion("Mar 2027") == "Write 2027-03.");
  CHECK(suggestion("3/2027") == "Write 2027-03.");
  CHECK(suggestion("Q1 2027") == "Write 2027-Q1.");
  CHECK(suggestion("2027Q1") == "Write 2027-Q1.");
  CHECK(suggestion("2027-q4") == "Write 2027-Q4.");
  CHECK(suggestion("2027") == "Write 2027-01-01.");
  for (const char* text : {"", "6 months", "3 yr", "2026-13-01", "2026-02-30", "soon", "32/13/2027", "1/2/3",
                           "2000 days", "2027-03-01", "2027-03", "12:30", "1e3"})
    CHECK(suggestion(text).empty());
}

}  // namespace
}  // namespace fleetrace::core
