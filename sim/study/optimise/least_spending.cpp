#include "sim/study/optimise/least_spending.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/study/optimise/linear_branches.hpp"
#include "sim/study/optimise/whole_orders.hpp"

namespace fleetrace::study {
namespace {

/// Linear programmes at most, those of whole orders apart; every case seen so far took less than a tenth of them.
constexpr int kMostPrograms = 2000;
/// Sums of a few thousand terms err by less than this share.
constexpr double kRounding = 1e-12;
/// What a plan has beyond what is needed, as a share of it, so that rounding never leaves it short.
constexpr double kBeyond = 4e-9;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Stretch {
  core::Time from;
  core::Time to;
  double bound = 0;          ///< no plan that has the target within spends less
  bool is_searched = false;  ///< whether the bound is one of whole orders
};

bool is_dearer(const Stretch& a, const Stretch& b) { return a.bound > b.bound; }

class SpendingSearch {
 public:
  SpendingSearch(const PlanProblem& problem, const DatedCompute& dated, const PlanMoney& money, PlanProgram& plan,
                 double needed, const PlanRequest& request)
      : problem_(problem),
        dated_(dated),
        money_(money),
        needed_(needed),
        request_(request),
        most_(problem, dated, plan, request),
        compute_scale_(plan.largest),
        is_whole_(is_searched_whole(problem, request)) {
    plan.largest = problem.money.usd();
    orders_.plan = plan;
    if (is_whole_) orders_ = whole_orders(problem, plan);
    found_.plan.value = kInfinity;
    found_.plan.bound = kInfinity;
  }

  LeastSpending run() {
    const core::Time end = problem_.setup.horizon.end;
    look_at(end);
    add(dated_.first(), end, 0);
    bool is_done = false;
    while (!open_.empty() && programs_ < kMostPrograms && !is_stopped(request_)) {
      Stretch stretch = open_.front();
      // Nothing is known to be the best as long as no whole orders have been found for what shares come to.
      const bool has_plan = std::isfinite(best_) || !is_whole_ || found_.plan.shares.empty();
      is_done = (has_plan && best_ - stretch.bound <= request_.gap * best_) ||
                stretch.to - stretch.from <= core::kMillisecond;
      const bool is_to_search = is_whole_ && !stretch.is_searched && !date_within(stretch);
      if (is_done || (is_to_search && found_.nodes >= request_.most_nodes)) break;
      std::pop_heap(open_.begin(), open_.end(), is_dearer);
      open_.pop_back();
      is_to_search ? search(stretch) : divide(stretch);
    }
    found_.is_whole = is_whole_;
    found_.is_finished = is_done || open_.empty();
    // Every date lies in a stretch that is open or excluded.
    if (!open_.empty()) found_.plan.bound = open_.front().bound;
    found_.plan.programs = programs_ + most_.programs();
    return std::move(found_);
  }

 private:
  /// The programme of what is spent by `from` at least by what has `wanted` by `to`, or earlier. `worth` is set to the compute of a unit.
  [[nodiscard]] LinearProgram program(core::Time from, core::Time to, double wanted, std::vector<double>& worth) const {
    const PlanProgram& plan = orders_.plan;
    LinearProgram program = plan.program;
    worth = dated_.most(from, to);
    LinearProgram::Row row{(wanted - dated_.base_most(from, to)) / compute_scale_, kInfinity, {}};
    for (std::size_t i = 0; i < worth.size(); ++i) {
      program.set_objective(i, -money_.spend(i, from) * plan.unit[i] / plan.largest);
      if (plan.unit[i] > 0 && worth[i] != 0) row.terms.push_back({i, worth[i] * plan.unit[i] / compute_scale_});
    }
    for (const PlacedOrder& each : orders_.placed) {
      if (problem_.columns[each.of].at <= from) program.set_objective(each.column, -order_cost() / plan.largest);
    }
    (void)program.add_row(std::move(row));
    return program;
  }

  [[nodiscard]] double order_cost() const { return problem_.setup.plant.supply.order_cost.usd(); }

  /// A stretch of no length has a plan of its own, besides a bound. Whether there is one.
  bool solve(core::Time from, core::Time to, double wanted, DatedPlan& answer) {
    const PlanProgram& plan = orders_.plan;
    LinearSolver solver(program(from, to, wanted, answer.worth), request_.verbose);
    const LinearSolution solution = solver.solve();
    ++programs_;
    answer.at = to;
    answer.prices = solution.prices;
    answer.value = money_.base_spend(from);
    answer.shares.assign(answer.worth.size(), 0);
    for (std::size_t i = 0; i < answer.shares.size(); ++i) {
      answer.shares[i] = std::clamp(solution.values[i], 0.0, 1.0);
      answer.value += money_.spend(i, from) * plan.unit[i] * answer.shares[i];
    }
    answer.bound = outward(money_.base_spend(from) - plan.largest * safe_bound(solver.program(), solution.prices));
    return solution.status == LinearSolution::Status::optimal;
  }

  [[nodiscard]] double outward(double bound) const {
    return bound - kRounding * (std::fabs(bound) + orders_.plan.largest);
  }

  void look_at(core::Time at) {
    DatedPlan answer;
    if (!solve(at, at, needed_ * (1 + kBeyond), answer)) return;
    if (is_whole_) keep(rounded(answer.shares, at));
    if (answer.value >= found_.plan.value) return;
    found_.plan = std::move(answer);
    if (!is_whole_) best_ = found_.plan.value;
  }

  /// A stretch whose plans spend at least `bound`.
  void add(core::Time from, core::Time to, double bound) {
    if (most_.bound(from, to) < needed_) return;  // no plan has it within
    DatedPlan answer;
    (void)solve(from, to, needed_, answer);
    push({from, to, std::max(bound, answer.bound)});
  }

  void push(const Stretch& stretch) {
    open_.push_back(stretch);
    std::push_heap(open_.begin(), open_.end(), is_dearer);
  }

  /// What is ordered within a stretch has cost nothing at its beginning, so that dates of orders divide it first.
  [[nodiscard]] std::optional<core::Time> date_within(const Stretch& stretch) const {
    const core::Time middle = stretch.from +
                              core::Duration::from_milliseconds((stretch.to - stretch.from).milliseconds() / 2);
    const auto later = std::upper_bound(problem_.dates.begin(), problem_.dates.end(), middle);
    if (later != problem_.dates.end() && *later < stretch.to) return *later;
    if (later != problem_.dates.begin() && *(later - 1) > stretch.from) return *(later - 1);
    return std::nullopt;
  }

  void divide(const Stretch& stretch) {
    const core::Duration half = core::Duration::from_milliseconds((stretch.to - stretch.from).milliseconds() / 2);
    const core::Time at = date_within(stretch).value_or(stretch.from + half);
    look_at(at);
    add(stretch.from, at, stretch.bound);
    add(at, stretch.to, stretch.bound);
  }

  /// Finds the least that whole orders spend on a stretch, or as much of it as nodes are left for.
  void search(Stretch stretch) {
    const double base = money_.base_spend(stretch.from);
    const double largest = orders_.plan.largest;
    std::vector<double> worth;
    LinearBranches branches(program(stretch.from, stretch.to, needed_, worth), request_.verbose, request_.stop);
    TreeSearch tree;
    tree.whole = orders_.whole;
    tree.rank = orders_.rank;
    tree.known = (base - best_) / largest;
    if (std::isfinite(best_)) tree.gap = request_.gap * best_ / 2 / largest;
    tree.most_nodes = request_.most_nodes - found_.nodes;
    tree.stop = request_.stop;
    tree.relax = [&](const std::vector<NarrowedColumn>& narrowed) { return branches.relax(narrowed); };
    tree.round = [&](const std::vector<double>& values) {
      WholePlan plan = rounded(values, stretch.to);
      plan.value = (base - plan.value) / largest;
      return plan;
    };
    TreeResult result = search_tree(tree);
    found_.nodes += result.nodes;
    if (!result.best.counts.empty()) keep({base - largest * result.best.value, std::move(result.best.counts)});
    stretch.bound = std::max(stretch.bound, outward(base - largest * result.bound));
    stretch.is_searched = true;
    push(stretch);
  }

  /// Keeps a plan whose value, what it has spent, is less than that of the best before.
  void keep(WholePlan plan) {
    if (plan.counts.empty() || !(plan.value < best_)) return;
    best_ = plan.value;
    found_.counts = std::move(plan.counts);
  }

  /// The cheapest of the whole plans near the values of a programme that have the target by a date: with all orders of it, and with
  /// those alone that are placed more than not. Its value is what it has spent by then; infinite where there is none.
  [[nodiscard]] WholePlan rounded(const std::vector<double>& values, core::Time at) const {
    const PlanProgram& plan = orders_.plan;
    const std::vector<double> compute = dated_.most(at, at);
    const double purchased = needed_ * (1 + kBeyond) - dated_.base_most(at, at);
    std::vector<double> shares(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(plan.unit.size()));
    WholePlan best{kInfinity, {}};
    for (const double least : {0.0, 0.5}) {
      for (std::size_t i = 0; i < shares.size(); ++i) {
        shares[i] = std::clamp(shares[i], 0.0, 1.0);
        if (shares[i] < least * plan.program.columns()[i].high) shares[i] = 0;
      }
      for (const Leftover leftover : {Leftover::keep, Leftover::spend}) {
        Counts counts = enough_units(problem_, plan, whole_units(problem_, plan, shares, compute, leftover), compute,
                                     purchased);
        if (counts.empty()) continue;
        if (const double spent = spent_by(counts, at); spent < best.value) best = {spent, std::move(counts)};
      }
    }
    return best;
  }

  [[nodiscard]] double spent_by(const Counts& counts, core::Time at) const {
    double usd = money_.base_spend(at);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] == 0) continue;
      usd += static_cast<double>(counts[i]) * money_.spend(i, at);
      if (problem_.columns[i].at <= at) usd += order_cost();
    }
    return usd;
  }

  const PlanProblem& problem_;
  const DatedCompute& dated_;
  const PlanMoney& money_;
  double needed_;
  const PlanRequest& request_;
  MostCompute most_;
  double compute_scale_;
  bool is_whole_;
  WholeOrders orders_;  ///< where single units are all that is whole, the programme alone
  LeastSpending found_;
  double best_ = kInfinity;  ///< what the best plan has spent
  std::vector<Stretch> open_;
  int programs_ = 0;
};

}  // namespace

LeastSpending least_spending(const PlanProblem& problem, const DatedCompute& dated, const PlanMoney& money,
                             PlanProgram& plan, double needed, const PlanRequest& request) {
  return SpendingSearch(problem, dated, money, plan, needed, request).run();
}

}  // namespace fleetrace::study
