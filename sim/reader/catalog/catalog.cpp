#include <map>
#include <mutex>

#include "sim/reader/catalog/embedded.hpp"
#include "sim/reader/load.hpp"
#include "sim/reader/reader.hpp"

namespace fleetrace::reader {
namespace {

constexpr std::string_view kFolder = "scenarios/catalog/accelerators/";

/// The name in a catalog file without reading it all: the line "name: H100".
std::string_view name_in(std::string_view bytes) {
  constexpr std::string_view kKey = "\nname: ";
  const std::size_t start = bytes.find(kKey);
  if (start == std::string_view::npos) return {};
  const std::string_view rest = bytes.substr(start + kKey.size());
  return rest.substr(0, rest.find_first_of(" \r\n"));
}

class EmbeddedCatalog : public models::AcceleratorCatalog {
 public:
  EmbeddedCatalog() {
    for (const EmbeddedFile& file : embedded_files()) {
      if (file.path.substr(0, kFolder.size()) == kFolder) files_.emplace(name_in(file.bytes), file);
    }
  }

  [[nodiscard]] const core::Spec* find(std::string_view name) const override {
    const auto file = files_.find(name);
    if (file == files_.end()) return nullptr;
    const std::lock_guard lock(mutex_);
    // Keyed by the file's own name: the caller's may not live long.
    const auto [place, is_new] = read_.try_emplace(file->first);
    if (is_new) place->second = read(file->second);
    return &place->second;
  }

  [[nodiscard]] std::vector<std::string_view> names() const override {
    std::vector<std::string_view> names;
    for (const auto& [name, file] : files_) names.push_back(name);
    return names;
  }

 private:
  static core::Spec read(const EmbeddedFile& file) {
    core::Diagnostics diagnostics;
    const Node node = parse_yaml(file.bytes, std::string(file.path), diagnostics);
    core::Spec spec = read_section(node, models::accelerator_family(), "", nullptr, diagnostics);
    diagnostics.throw_if_any();
    return spec;
  }

  std::map<std::string_view, EmbeddedFile> files_;
  mutable std::mutex mutex_;
  mutable std::map<std::string_view, core::Spec, std::less<>> read_;
};

}  // namespace

std::shared_ptr<const models::AcceleratorCatalog> embedded_catalog() {
  static const auto kCatalog = std::make_shared<const EmbeddedCatalog>();
  return kCatalog;
}

}  // namespace fleetrace::reader
