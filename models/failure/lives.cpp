#include "models/failure/failure_entries.hpp"

namespace fleetrace::models {
namespace {

/// The record of the rows: that of the law before where it has the same numbers; null where the rows make no life together.
std::shared_ptr<const LifeRecord> record_of(const core::Spec& spec, const LifeRows& rows, const std::string& path,
                                            core::Diagnostics& diagnostics, const FailureLaw& before) {
  std::vector<double> numbers = rows.numbers(spec);
  if (before.record && before.record->made_by == &rows && before.record->numbers == numbers) return before.record;
  const std::size_t known = diagnostics.size();
  rows.check(spec, path, diagnostics);
  if (diagnostics.size() > known) return nullptr;
  HazardSteps hazard = rows.hazard(numbers);
  return std::make_shared<const LifeRecord>(LifeRecord{&rows, std::move(numbers), std::move(hazard)});
}

}  // namespace

FailureLaw resolve_lives(const core::Spec& spec, const LifeRows& rows, const std::string& path,
                         core::Diagnostics& diagnostics, const FailureLaw& before) {
  std::shared_ptr<const LifeRecord> record = record_of(spec, rows, path, diagnostics, before);
  LifeLaw life;
  if (record) {
    life.steps = std::shared_ptr<const HazardSteps>(record, &record->hazard);
  } else {
    life.add(1, static_cast<double>(core::kYear.milliseconds()));  // stands in until the rows are mended
  }
  life.resolve_mean();
  FailureLaw law = resolve_repairs(spec, life);
  law.record = std::move(record);
  return law;
}

}  // namespace fleetrace::models
