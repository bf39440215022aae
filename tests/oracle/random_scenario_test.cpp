#include "tests/oracle/random_scenario.hpp"

namespace fleetrace::test {

TEST_CASE("parts of random scenarios are drawn from left to right by every compiler") {
  int drawn = 0;
  const auto next = [&drawn] { return std::to_string(++drawn); };
  CHECK(("{" << next() << ", " << next() << ", " << next() << "}") == "{1, 2, 3}");
  std::string result = "[";
  result += next() << " to " << next() << "]";
  CHECK(result == "[4 to 5]");
}

}  // namespace fleetrace::test
