#include "sim/api/milestone_law.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "sim/core/schema/read_value.hpp"
#include "sim/core/schema/uncertain.hpp"
#include "sim/reader/reader.hpp"
#include "sim/reader/yaml/node.hpp"

namespace fleetrace {
namespace {

/// Keys of a `loss` section that say what a race counts and reports, and nothing of the law.
constexpr std::array<std::string_view, 5> kOfRaces{"compute", "reference", "targets", "beside", "capabilities"};

core::Spec relative(double kappa) {
  core::Spec spec = core::preset_spec(*models::loss_family().find("relative"));
  spec.value("kappa").data = kappa;
  return spec;
}

core::Spec read(const std::string& text) {
  core::Diagnostics diagnostics;
  const reader::Node node = reader::parse_yaml(text, "law", diagnostics);
  diagnostics.throw_if_any();
  core::Spec spec = reader::read_section(node, models::loss_family(), "loss", nullptr, diagnostics);
  diagnostics.throw_if_any();
  models::check_loss(spec, "loss", diagnostics);
  diagnostics.throw_if_any();
  return spec;
}

}  // namespace

MilestoneLaw::MilestoneLaw(const MilestoneRequest& request)
    : spec_(request.law.empty() ? relative(request.kappa) : read(request.law)),
      reference_flop_(request.reference_flop),
      name_(spec_.entry->name) {
  for (std::size_t i = 0; i < spec_.values.size(); ++i) {
    const std::string_view key = spec_.entry->parameters[i].name;
    const core::Value& value = spec_.values[i];
    if (value.given() && !value.preset && std::find(kOfRaces.begin(), kOfRaces.end(), key) != kOfRaces.end())
      throw std::invalid_argument("milestones count all compute, so that the law takes no " + std::string(key));
    if (value.uncertain == nullptr) continue;
    if (!uncertain_.empty()) {
      throw std::invalid_argument("both " + uncertain_ + " and " + std::string(key) +
                                  " of the law are uncertain, and milestones take one uncertain number");
    }
    uncertain_ = key;
  }
  if (at(0.5).reference_loss > 0 && reference_flop_ <= 0) {
    throw std::invalid_argument("the law " + name_ +
                                " has an absolute scale and needs the reference compute C0, such as 3.8e25 FLOP");
  }
}

core::Spec MilestoneLaw::spec_at(double u) const {
  core::Spec spec = spec_;
  if (!uncertain_.empty()) {
    core::Value& value = spec.value(uncertain_);
    value.data = value.uncertain->at(u);
  }
  return spec;
}

models::LossLaw MilestoneLaw::at(double u) const {
  models::LossLaw law = models::resolve_loss(spec_at(u), reference_flop_ > 0 ? reference_flop_ : 1);
  if (reference_flop_ > 0) law.tabulate();
  return law;
}

}  // namespace fleetrace
