// Linked into a test program: writes which mutants each of its tests passes, and how long it takes.
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iterator>

#include "schemata.hpp"

namespace {

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct Recorder : Catch::TestEventListenerBase {
  using TestEventListenerBase::TestEventListenerBase;

  /// What is set up before the first test: all tests pass it.
  void testRunStarting(const Catch::TestRunInfo& info) override {
    TestEventListenerBase::testRunStarting(info);
    const auto no_fields = [](std::FILE*) {};
    write_line("before", no_fields, fleetrace_mutants::passed);
  }

  void testCaseStarting(const Catch::TestCaseInfo& info) override {
    TestEventListenerBase::testCaseStarting(info);
    std::fill(std::begin(whole_), std::end(whole_), false);
    whole_began_ = processor_seconds();
    begin_section();
  }

  /// Each section of a test, with what stands before it in the test.
  void sectionEnded(const Catch::SectionStats& stats) override {
    if (m_sectionStack.size() == 2) {
      gather();
      write("section", stats.sectionInfo.name, stats.assertions.allOk(), processor_seconds() - section_began_,
            fleetrace_mutants::passed);
      begin_section();
    }
    TestEventListenerBase::sectionEnded(stats);
  }

  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    gather();
    write("test", "", stats.totals.assertions.allOk(), processor_seconds() - whole_began_, whole_);
    TestEventListenerBase::testCaseEnded(stats);
  }

 private:
  void begin_section() {
    std::fill(std::begin(fleetrace_mutants::passed), std::end(fleetrace_mutants::passed),
              static_cast<unsigned char>(0));
    section_began_ = processor_seconds();
  }

  void gather() {
    for (int i = 0; i < fleetrace_mutants::kMost; ++i) whole_[i] |= fleetrace_mutants::passed[i];
  }

  void write(const char* what, const std::string& section, bool ok, double seconds, const unsigned char* passed) {
    const auto fields = [&](std::FILE* file) {
      std::fprintf(file, "%s\t%s\t%d\t%.4f\t", currentTestCaseInfo->name.c_str(), section.c_str(), ok ? 1 : 0, seconds);
    };
    write_line(what, fields, passed);
  }

  template <class Fields>
  static void write_line(const char* what, const Fields& fields, const unsigned char* passed) {
    const char* path = std::getenv("FLEETRACE_MUTANT_RECORD");
    std::FILE* file = path == nullptr ? nullptr : std::fopen(path, "a");
    if (file == nullptr) return;
    std::fprintf(file, "%s\t", what);
    fields(file);
    for (int i = 0; i < fleetrace_mutants::kMost; ++i)
      if (passed[i] != 0) std::fprintf(file, " %d", i);
    std::fputc('\n', file);
    std::fclose(file);
  }

  double whole_began_ = 0;
  double section_began_ = 0;
  unsigned char whole_[fleetrace_mutants::kMost] = {};
};

}  // namespace

CATCH_REGISTER_LISTENER(Recorder)
