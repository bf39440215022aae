#include <algorithm>

#include "models/hardware/hardware_entries.hpp"

namespace fleetrace::models {
namespace {

/// Whether it is a generation that may be released within the horizon of one draw and not within that of another, or that lies
/// beyond the horizon: B200+4 where there is a base B200.
bool may_come(const Market& market, const std::string& name) {
  return market.releases && name.rfind(market.releases->base + '+', 0) == 0;
}

}  // namespace

void take_off_sale(const core::Spec& spec, Market& market) {
  for (const core::Spec& row : spec.sections("off_sale")) {
    for (AcceleratorType& type : market.types) {
      if (type.name == row.text("accelerator")) type.off_sale = row.instant("date", {});
    }
  }
}

void check_off_sale(const Market& market, const core::Spec& spec, const MarketRequest& request,
                    core::Diagnostics& diagnostics) {
  std::vector<std::string_view> known;
  for (const AcceleratorType& type : market.types) known.emplace_back(type.name);
  const std::vector<core::Spec>& rows = spec.sections("off_sale");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string& name = rows[i].text("accelerator");
    const std::string path = request.path + ".off_sale." + std::to_string(i);
    const auto refuse = [&](const char* key, std::string problem, std::string reason, std::string suggestion) {
      diagnostics.add(
          {rows[i].value(key).where, path + '.' + key, std::move(problem), std::move(reason), std::move(suggestion)});
    };
    const bool is_repeated = std::any_of(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(i),
                                         [&](const core::Spec& row) { return row.text("accelerator") == name; });
    if (is_repeated) refuse("accelerator", core::printable(name) + " has two dates", "its sale ends once", "Keep one.");
    const AcceleratorType* type = market.find(name);
    if (type == nullptr) {
      if (!may_come(market, name)) {
        refuse("accelerator", '"' + core::printable(name) + "\" is not on sale", "its sale cannot end",
               core::suggest(name, known));
      }
    } else if (rows[i].instant("date", {}) <= type->released && !may_come(market, name)) {
      refuse("date", name + " goes off sale on " + core::to_date(rows[i].instant("date", {})),
             "it is released on " + core::to_date(type->released), "State a later date.");
    }
  }
}

}  // namespace fleetrace::models
