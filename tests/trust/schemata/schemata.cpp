#include "schemata.hpp"

#include <cstdio>
#include <cstdlib>

namespace fleetrace_mutants {
namespace {

int chosen() {
  const char* text = std::getenv("FLEETRACE_MUTANT");
  return text == nullptr ? -1 : std::atoi(text);
}

}  // namespace

Settings::Settings()
    : chosen(fleetrace_mutants::chosen()), records(std::getenv("FLEETRACE_MUTANT_RECORD") != nullptr) {}

// Before all other globals, since some of these call what is mutated.
__attribute__((init_priority(101))) const Settings kSettings;
unsigned char passed[kMost];

bool note_invalid(int number) {
  if (const char* path = std::getenv("FLEETRACE_MUTANT_RECORD"); path != nullptr) {
    if (std::FILE* file = std::fopen(path, "a"); file != nullptr) {
      std::fprintf(file, "invalid\t%d\n", number);
      std::fclose(file);
    }
  }
  return true;
}

}  // namespace fleetrace_mutants
