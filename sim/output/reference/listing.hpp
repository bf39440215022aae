#pragma once

#include <functional>
#include <string>

#include "sim/core/text/json_writer.hpp"
#include "sim/output/formats.hpp"
#include "sim/output/table/table.hpp"

/// What `fleetrace list` prints, in any of its formats.
namespace fleetrace::output {

/// A listing, which each format writes on demand.
struct Listing {
  std::function<std::string(const TableStyle&)> text;
  std::function<std::string()> csv;
  std::function<std::string()> json;
  std::function<std::string()> markdown;
  std::function<std::string()> xlsx;
};

inline constexpr Format<Listing> kListingFormats[] = {
    {"table", [](const Listing& listing, const TableStyle& style) { return listing.text(style); }},
    {"csv", [](const Listing& listing) { return listing.csv(); }},
    {"json", [](const Listing& listing) { return listing.json(); }},
    {"markdown", [](const Listing& listing) { return listing.markdown(); }},
    Format<Listing>::spreadsheet([](const Listing& listing) { return listing.xlsx(); }),
};

/// Writes some members of a JSON object.
using WriteMembers = std::function<void(core::JsonWriter&)>;
/// A JSON document of the program's version and these members.
[[nodiscard]] std::string json_document(const WriteMembers& members);

/// A listing that is a table. As text it stands between `before` and `after`; in JSON the members of `head` come first, and the
/// rows stand under `key`.
[[nodiscard]] Listing table_listing(Table table, std::string key, WriteMembers head, std::string before = {},
                                    std::string after = {});

}  // namespace fleetrace::output
