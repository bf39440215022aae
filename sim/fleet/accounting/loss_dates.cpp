#include "sim/core/numeric/math.hpp"
#include "sim/fleet/accounting/loss_curve.hpp"

// When a loss is reached.
namespace fleetrace::fleet {

std::optional<core::Time> LossCurve::time_of(double relative_loss) const {
  const models::LossLaw& law = accounting_->law;
  if (!law.timed) return time_of_ratio(law.ratio(relative_loss));
  const auto holds = [&](const Piece& piece, core::Time t) {
    return loss_in(piece, trajectory_->horizon().years_at(t)) <= relative_loss;
  };
  for (std::size_t i = 0; i < pieces(); ++i) {
    const Piece here = piece(i);
    if (law.loss(here.first, trajectory_->horizon().years_at(here.from)) <= relative_loss) return here.from;
    const core::Time end = from(i + 1);
    if (end <= here.from || !holds(here, end)) continue;
    return first_true(here.from, end, [&](core::Time t) { return holds(here, t); });
  }
  return std::nullopt;
}

// What a piece begins with does not fall from one to the next.
std::optional<core::Time> LossCurve::time_of_ratio(double needed) const {
  std::size_t before = 0;  // the pieces that begin with less
  for (std::size_t rest = pieces(); rest > 0;) {
    const std::size_t half = rest / 2;
    if (piece(before + half).first < needed) {
      before += half + 1;
      rest -= half + 1;
    } else {
      rest = half;
    }
  }
  if (before == 0) return from(0);
  const Piece last = piece(before - 1);
  const core::Time end = from(before);
  if (end > last.from && ratio_in(last, trajectory_->horizon().years_at(end)) >= needed)
    return time_in(last, end, needed);
  return before < pieces() ? std::optional(end) : std::nullopt;
}

// Where progress is steady its inverse gives the instant to a millisecond or so.
core::Time LossCurve::time_in(const Piece& piece, core::Time to, double needed) const {
  const auto ratio_at = [&](core::Time t) { return ratio_in(piece, trajectory_->horizon().years_at(t)); };
  core::Time low = piece.from;
  core::Time high = to;
  const Trajectory::Segment& segment = trajectory_->segments()[piece.segment];
  if (const auto growth = trajectory_->growth_in(segment); growth && piece.kind == Kind::cumulative) {
    const double per_year = segment.rate * core::kYear.seconds() * trajectory_->multiplier(segment.from_years) /
                            accounting_->reference.compute;
    const double straight = (needed - piece.first) / per_year;
    const double years = *growth == 0 ? straight : core::log1p(*growth * straight) / *growth;
    const double inside = years * static_cast<double>(core::kYear.milliseconds());
    if (inside > 1 && inside + 1 < static_cast<double>((to - piece.from).milliseconds())) {
      const core::Time guess = piece.from + core::Duration::from_milliseconds(static_cast<std::int64_t>(inside));
      const bool is_late = ratio_at(guess) >= needed;
      const core::Time next = is_late ? guess - core::kMillisecond : guess + core::kMillisecond;
      const bool is_next = ratio_at(next) >= needed;
      if (is_late != is_next) return is_late ? guess : next;
      (is_late ? high : low) = next;
    }
  }
  return first_at_least(low, high, needed, ratio_at);
}

}  // namespace fleetrace::fleet
