#pragma once

// The work that every contestant does, so that nothing but the engines differs: the same random numbers in the same order,
// times in whole milliseconds, and a digest of what happened.

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

namespace workload {

/// Marsaglia's xorshift64.
class Random {
 public:
  std::uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  /// A whole number from 0 to before n.
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((next() >> 32) * n >> 32); }
  double uniform() { return (static_cast<double>(next() >> 11) + 0.5) * 0x1p-53; }
  std::int64_t exponential(double mean) { return static_cast<std::int64_t>(-std::log(uniform()) * mean); }

 private:
  std::uint64_t state_ = 88'172'645'463'325'252U;
};

/// Hold: so many events are pending; each, when it comes, schedules itself again at an exponential distance. The distances are
/// drawn beforehand, so that no logarithm is measured.
class Hold {
 public:
  Hold() {
    for (auto& distance : distances_) distance = random_.exponential(31'557'600'000.0);
  }
  std::int64_t distance() { return distances_[random_.next() >> 48]; }
  void happened(std::uint32_t event) { digest_ = digest_ * 31 + event; }
  [[nodiscard]] std::uint64_t digest() const { return digest_; }

 private:
  Random random_;
  std::vector<std::int64_t> distances_ = std::vector<std::int64_t>(65'536);
  std::uint64_t digest_ = 0;
};

/// A fleet for ten years: every accelerator fails and is repaired at exponential times, each an event, beside a yearly one.
class Fleet {
 public:
  static constexpr std::int64_t kYear = 31'557'600'000;
  static constexpr std::int64_t kEnd = 10 * kYear;
  static constexpr double kLife = 5'844 * 3.6e6;
  static constexpr double kRepair = 72 * 3.6e6;

  explicit Fleet(std::int64_t devices) : working_(devices) {}
  std::int64_t life() { return random_.exponential(kLife); }
  std::int64_t repair() { return random_.exponential(kRepair); }
  void fails(std::int64_t now) {
    count(now);
    --working_;
    ++failures_;
  }
  void is_repaired(std::int64_t now) {
    count(now);
    ++working_;
    ++repairs_;
  }
  void year_ends(std::int64_t now) {
    count(now);
    ++years_;
  }
  void finish() { count(kEnd); }
  [[nodiscard]] std::uint64_t events() const { return failures_ + repairs_ + years_; }
  [[nodiscard]] std::uint64_t failures() const { return failures_; }
  /// Device years in service.
  [[nodiscard]] double up() const { return up_ / static_cast<double>(kYear); }

 private:
  void count(std::int64_t now) {
    up_ += static_cast<double>(working_) * static_cast<double>(now - since_);
    since_ = now;
  }
  Random random_;
  std::int64_t working_;
  std::int64_t since_ = 0;
  double up_ = 0;
  std::uint64_t failures_ = 0, repairs_ = 0, years_ = 0;
};

/// What a program is asked to do: `hold PENDING EVENTS`, `fleet DEVICES` or `study DEVICES REPLICATIONS`.
struct Task {
  const char* name;
  std::int64_t size;
  std::int64_t count;
  [[nodiscard]] bool is(const char* other) const { return std::strcmp(name, other) == 0; }
};
inline Task task(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s hold PENDING EVENTS | fleet DEVICES | study DEVICES REPLICATIONS\n", argv[0]);
    std::exit(2);
  }
  return {argv[1], std::atoll(argv[2]), argc > 3 ? std::atoll(argv[3]) : 1};
}

/// CPU time of this process [s].
inline double cpu_seconds() {
  std::timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Peak memory [MiB] of this process; getrusage would count whoever started it.
inline double peak_memory() {
  double kib = 0;
  char line[256];
  if (std::FILE* const status = std::fopen("/proc/self/status", "r")) {
    while (std::fgets(line, sizeof line, status) != nullptr && std::sscanf(line, "VmHWM: %lf", &kib) != 1) {
    }
    std::fclose(status);
  }
  return kib / 1024;
}

/// One line for compare.py: nanoseconds of CPU an event, events, peak memory, and the digest of what happened.
inline void report(double seconds, std::uint64_t events, const char* digest) {
  std::printf("%.2f %llu %.1f %s\n", seconds * 1e9 / static_cast<double>(events),
              static_cast<unsigned long long>(events), peak_memory(), digest);
}
inline void report(double seconds, std::uint64_t events, std::uint64_t digest) {
  char text[32];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(digest));
  report(seconds, events, text);
}
inline void report(double seconds, std::uint64_t events, std::uint64_t failures, double device_years_up) {
  char text[64];
  std::snprintf(text, sizeof text, "failures=%llu,up=%.3f", static_cast<unsigned long long>(failures), device_years_up);
  report(seconds, events, text);
}

}  // namespace workload
