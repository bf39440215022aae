#include "sim/output/folder/shard_folder.hpp"

#include <algorithm>
#include <charconv>

namespace fleetrace::output {
namespace {

constexpr std::string_view kPart = "; shard ";

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && rest == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

Manifest manifest_of_part(Manifest whole, const study::Shard& shard) {
  whole.question += std::string(kPart) + std::to_string(shard.index + 1) + '/' + std::to_string(shard.of);
  whole.files = {Journal::kName};
  return whole;
}

std::optional<std::pair<std::string, study::Shard>> part_in(const std::string& question) {
  const std::size_t place = question.rfind(kPart);
  const std::size_t slash = question.rfind('/');
  if (place == std::string::npos || slash == std::string::npos || slash < place) return std::nullopt;
  const std::string_view text(question);
  const auto number = number_in(text.substr(place + kPart.size(), slash - place - kPart.size()));
  const auto of = number_in(text.substr(slash + 1));
  if (!number || !of || *number < 1 || *number > *of || *of > study::Shard::kMost) return std::nullopt;
  return std::pair(question.substr(0, place), study::Shard{*number - 1, *of});
}

std::size_t rows_of_numbers(std::size_t numbers) { return (numbers + fleet::kMetrics - 1) / fleet::kMetrics; }

std::vector<fleet::Metrics> to_rows(std::span<const double> numbers) {
  std::vector<fleet::Metrics> rows(rows_of_numbers(numbers.size()), fleet::Metrics{});
  for (std::size_t i = 0; i < numbers.size(); ++i) rows[i / fleet::kMetrics][i % fleet::kMetrics] = numbers[i];
  return rows;
}

std::vector<double> numbers_in(std::span<const fleet::Metrics> rows, std::size_t numbers) {
  std::vector<double> result(numbers);
  for (std::size_t i = 0; i < numbers; ++i) result[i] = rows[i / fleet::kMetrics][i % fleet::kMetrics];
  return result;
}

ShardFolder::ShardFolder(const std::string& path, Manifest whole, const study::Shard& shard, std::size_t rows)
    : shard_(shard),
      manifest_(manifest_of_part(std::move(whole), shard)),
      folder_(path, manifest_),
      notes_(folder_.notes()) {
  const std::string identity = identity_of(manifest_);
  // Without its header a journal could not be read, and is begun anew around the records that are left.
  if (folder_.is_finished() && !is_journal_of(folder_.descriptor(), identity)) folder_.reopen(manifest_);
  if (folder_.is_finished()) {
    journal_.emplace(folder_, identity, rows, Journal::Use::read);
    // A journal that lost items since makes the part an unfinished one.
    if (!journal_->was_whole() || journal_->found() != folder_.kept()) folder_.reopen(manifest_);
  }
  if (!folder_.is_finished()) journal_.emplace(folder_, identity, rows);
  notes_.insert(notes_.end(), journal_->notes().begin(), journal_->notes().end());
  journal_->read([this](std::uint32_t item, std::span<const fleet::Metrics>) {
    if (item >= kFirstExtra) extras_.insert(item);
    if (item >= kFirstExtra || !shard_.has(item)) return;
    has_.resize(std::max(has_.size(), item / shard_.of + 1));
    has_[item / shard_.of] = 1;
  });
}

bool ShardFolder::has(std::size_t item) const {
  const std::size_t place = item / shard_.of;
  return shard_.has(item) && place < has_.size() && has_[place] != 0;
}

std::size_t ShardFolder::done(std::size_t items) const {
  const std::size_t share = std::min(shard_.share(items), has_.size());
  return static_cast<std::size_t>(
      std::count(has_.begin(), has_.begin() + static_cast<std::ptrdiff_t>(share), std::uint8_t{1}));
}

void ShardFolder::add(std::size_t item, std::span<const fleet::Metrics> row) {
  journal_->add(static_cast<std::uint32_t>(item), row);
}

void ShardFolder::add_extra(std::size_t number, std::span<const fleet::Metrics> row) {
  if (has_extra(number)) return;
  add(kFirstExtra + number, row);
  extras_.insert(static_cast<std::uint32_t>(kFirstExtra + number));
}

void ShardFolder::end(Status status, const std::string& message) {
  journal_->sync();
  if (status == Status::finished) manifest_.kept = journal_->found() + journal_->acknowledged();
  manifest_.status = status;
  manifest_.message = message;
  folder_.write(manifest_);
}

}  // namespace fleetrace::output
