#include <cstdint>
#include <cstdio>

#include "tests/golden/golden_file.hpp"
#include "tests/oracle/random_scenario.hpp"
#include "tests/unit/bits.hpp"

/// Results of random scenarios with all features, to nine digits: a line for each strategy has all numbers of the end of the horizon,
/// field by field as fleet::Summary has them, and a sum over the digits of all else. Rewritten with FLEETRACE_REWRITE_GOLDENS=1.
namespace fleetrace::test {
namespace {

/// A value as text, field by field.
class Digits {
 public:
  template <class Value>
  explicit Digits(const Value& value) {
    add(value);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void add(double value) {
    // What sums leave that cancel is rounding.
    const bool is_rounding = std::fabs(value) < 1e-13;
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.9g ", is_rounding ? 0 : value);
    text_ += digits;
  }
  template <class Value>
  requires std::integral<Value> || std::is_enum_v<Value>
  void add(Value value) { text_ += std::to_string(static_cast<std::int64_t>(value)) + ' '; }
  void add(core::Time value) { add(value.milliseconds()); }
  void add(core::Duration value) { add(value.milliseconds()); }
  void add(core::Money value) { add(value.usd()); }
  void add(const std::string& value) { text_ += value + ' '; }
  template <class Value>
  void add(const std::vector<Value>& values) {
    add_all(values);
  }
  template <class Value, std::size_t Size>
  void add(const std::array<Value, Size>& values) {
    add_all(values);
  }
  template <class Value>
  void add(const std::optional<Value>& value) {
    value ? add(*value) : add(std::string("-"));
  }
  template <class Value>
  requires std::is_aggregate_v<Value>
  void add(const Value& value) {
    each_field(value, [this](const auto& field) { this->add(field); });
  }
  template <class Values>
  void add_all(const Values& values) {
    add(values.size());
    for (const auto& value : values) add(value);
  }

  std::string text_;
};

/// FNV-1a, 64 bits.
std::uint64_t sum_of(const std::string& text) {
  std::uint64_t sum = 0xcbf29ce484222325;
  for (const char each : text) sum = (sum ^ static_cast<unsigned char>(each)) * 0x100000001b3;
  return sum;
}

std::string line_of(std::uint64_t seed, const fleet::Outcome& outcome) {
  const auto& result = static_cast<const fleet::StrategyResult&>(outcome);
  char sum[20];
  std::snprintf(sum, sizeof sum, "%016llx",
                static_cast<unsigned long long>(sum_of(Digits(result).text() + Digits(outcome.cohorts).text())));
  return std::to_string(seed) + ' ' + outcome.strategy + ": " + Digits(outcome.final).text() + "else " + sum + '\n';
}

}  // namespace

TEST_CASE("Results of random scenarios") {
  constexpr std::uint64_t kFiles = 8;
  constexpr std::uint64_t kSeeds = 25;
  for (std::uint64_t file = 0; file < kFiles; ++file) {
    const std::string name = "random-" + std::to_string(file) + ".txt";
    DYNAMIC_SECTION(name) {
      std::string found;
      for (std::uint64_t seed = file * kSeeds; seed < (file + 1) * kSeeds; ++seed) {
        for (const fleet::StrategySetup& one : random_cases(seed, seed % 2 == 1, seed % 3 == 1, seed % 5 == 1))
          found += line_of(seed, fleet::simulate(one));
      }
      compare(name, found);
    }
  }
}

}  // namespace fleetrace::test
