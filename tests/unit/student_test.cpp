// Reference values were computed with 40 digits (mpmath 1.3) at the exact double confidences.

#include "sim/core/numeric/student.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace {

using fleetrace::core::student_two_sided;

struct Known {
  std::size_t freedom;
  double confidence;
  double t;
};

}  // namespace

TEST_CASE("Student's quantiles agree with 40-digit values") {
  const std::vector<Known> table = {
      {1, 0.1, 0.1583844403245363},          {1, 0.5, 1.0},
      {1, 0.95, 12.706204736174693},         {1, 0.999999, 636619.77234875132},
      {2, 0.1, 0.1421338109037403},          {2, 0.95, 4.3026527297494618},
      {2, 0.999999, 999.99924998546591},     {3, 0.5, 0.76489232840434528},
      {3, 0.99, 5.8409093097333554},         {5, 0.1, 0.13217517523168727},
      {5, 0.95, 2.5705818356363148},         {5, 0.999999, 28.478473462819561},
      {10, 0.5, 0.69981206131243163},        {10, 0.95, 2.2281388519862742},
      {30, 0.1, 0.1267296131320736},         {30, 0.95, 2.0422724563012379},
      {30, 0.999999, 6.1190756203738998},    {100, 0.5, 0.67695104301147148},
      {100, 0.99, 2.6258905214380176},       {999, 0.1, 0.12569329447058577},
      {999, 0.95, 1.9623414611334496},       {1000, 0.1, 0.12569326251871639},
      {1000, 0.95, 1.9623390808264081},      {1000, 0.999999, 4.9222895234238255},
      {1001, 0.1, 0.12569323063069539},      {1001, 0.95, 1.9623367052808795},
      {1001, 0.999999, 4.9222587364578593},  {5000, 0.95, 1.9604385517065075},
      {1'000'000, 0.95, 1.9599663568141067}, {1'000'000, 0.999999, 4.8916689607047266},
  };
  for (const Known& known : table) {
    INFO(known.freedom << " degrees of freedom, confidence " << known.confidence);
    CHECK(std::fabs(student_two_sided(known.freedom, known.confidence) / known.t - 1) < 1e-10);
  }
}

TEST_CASE("Student's quantiles fall with the degrees of freedom and rise with the confidence") {
  for (const double confidence : {0.01, 0.5, 0.9, 0.95, 0.999, 1 - 1e-9}) {
    double last = student_two_sided(1, confidence);
    for (std::size_t freedom = 2; freedom < 1200; ++freedom) {
      const double t = student_two_sided(freedom, confidence);
      CHECK(t < last);
      CHECK(student_two_sided(freedom, confidence + 0.5 * (1 - confidence)) > t);
      last = t;
    }
  }
}

TEST_CASE("Student's law refuses what it is not defined for") {
  CHECK_THROWS_AS(student_two_sided(0, 0.95), std::invalid_argument);
  for (const double confidence : {0.0, 1.0, -0.5, std::nan("")}) {
    CHECK_THROWS_AS(student_two_sided(5, confidence), std::invalid_argument);
  }
}
