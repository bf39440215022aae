#include "sim/reader/sha256.hpp"

namespace fleetrace::reader {

Sha256::Sha256() : context_() { SHA256Init(&context_); }

Sha256& Sha256::add(std::string_view text) {
  SHA256Update(&context_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return *this;
}

std::string Sha256::text() const {
  SHA2_CTX last = context_;
  char hex[SHA256_DIGEST_STRING_LENGTH];
  return SHA256End(&last, hex);
}

}  // namespace fleetrace::reader
