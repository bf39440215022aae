#pragma once

#include <vector>

/// Numbers that others have published or derived, beside ours. Each row states a tolerance that is not fitted to the difference.
/// Ours come from the library or from a shipped scenario, never from the publication.
namespace fleetrace::test {

struct PublishedNumber {
  const char* what;
  const char* source;
  double published;
  double ours;
  double tolerance;  ///< relative

  [[nodiscard]] double difference() const { return ours / published - 1; }
};

struct PublishedSection {
  const char* title;
  std::vector<PublishedNumber> rows;
};

}  // namespace fleetrace::test
