#pragma once

#include <sha256.h>

#include <string>
#include <string_view>

namespace fleetrace::reader {

/// Computes a SHA-256 piece by piece. A copy continues from the state in which it was made.
class Sha256 {
 public:
  Sha256();
  Sha256& add(std::string_view text);
  /// The hash of everything that was added, hexadecimal.
  [[nodiscard]] std::string text() const;

 private:
  SHA2_CTX context_;
};

}  // namespace fleetrace::reader
