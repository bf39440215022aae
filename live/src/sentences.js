// What happened and why, in sentences.

const TIE = 1e-9;

/** The strategies with the lowest final loss: one, or those that are tied. */
function winners(race) {
  const best = Math.min(...race.strategies.map((each) => each.final_loss));
  return race.strategies.filter((each) => each.final_loss <= best * (1 + TIE));
}

const namesOf = (strategies) => strategies.map((each) => each.name).join(' and ');

function answerText(base, yours, hasChanges) {
  if (yours.strategies.length === 1) {
    const [one] = yours.strategies;
    const before = base.strategies[0];
    const moved = hasChanges && change(before.final_loss, one.final_loss);
    return `${one.name} ends with a loss of ${loss(one.final_loss)}` + (moved ? `, ${loss(before.final_loss)} before (${moved}).` : '.');
  }
  const now = winners(yours);
  const before = winners(base);
  const rest = yours.strategies.filter((each) => !now.includes(each)).sort((a, b) => a.final_loss - b.final_loss);
  const [size, second] = rest.length ? lossesApart(now[0].final_loss, rest[0].final_loss) : [loss(now[0].final_loss)];
  const next = rest.length ? `, ahead of ${rest[0].name} (${second})` : '';
  const verb = now.length > 1 ? 'end' : 'ends';
  if (!hasChanges) return `${namesOf(now)} ${verb} with the lowest loss, ${size}${next}.`;
  if (namesOf(now) !== namesOf(before)) return `Now ${namesOf(now)} ${verb} with the lowest loss, ${size}${next}; in the base it is ${namesOf(before)} (${loss(before[0].final_loss)}).`;
  const moved = change(before[0].final_loss, now[0].final_loss);
  return moved ? `${namesOf(now)} still ${verb} with the lowest loss, ${size}; it was ${loss(before[0].final_loss)} (${moved})${next}.`
    : `${namesOf(now)} still ${verb} with the lowest loss, ${size}, as in the base${next}.`;
}

/** For how long each constraint binds. */
function boundTimes(strategy, end) {
  const times = new Map();
  strategy.bindings.forEach((spell, i) => {
    const to = strategy.bindings[i + 1]?.from ?? end;
    times.set(spell.what, (times.get(spell.what) ?? 0) + to - spell.from);
  });
  return times;
}

const endOf = (strategy) => strategy.series.time[strategy.series.time.length - 1];

/** The largest moves of what binds, for at most three strategies. */
function whyText(base, yours) {
  const moves = [];
  for (const now of yours.strategies) {
    const before = base.strategies.find((each) => each.name === now.name);
    if (!before) continue;
    const [then, here] = [boundTimes(before, endOf(before)), boundTimes(now, endOf(now))];
    for (const what of here.keys()) {
      const more = here.get(what) - (then.get(what) ?? 0);
      if (what !== 'nothing' && more > 0.02 * YEAR) moves.push({name: now.name, what, more, now: here.get(what), before: then.get(what) ?? 0});
    }
  }
  moves.sort((a, b) => b.more - a.more);
  const shown = moves.filter((each, i) => moves.findIndex((one) => one.name === each.name) === i).slice(0, 3);
  // Those that the same thing holds back for as long are said together.
  const said = new Map();
  for (const each of shown) {
    const times = `for ${years(each.now)} (${each.before ? years(each.before) : 'never'} in the base)`;
    const key = each.what + times;
    said.set(key, {what: each.what, times, names: [...(said.get(key)?.names ?? []), each.name]});
  }
  return shown.length ? 'Why: ' + [...said.values()].map((each) => `${each.what} holds ${listed(each.names)} back ${each.times}`).join('; ') + '.' : '';
}

const listed = (names) => (names.length > 1 ? names.slice(0, -1).join(', ') + ' and ' + names[names.length - 1] : names[0]);

/** What the winner costs, and how that moved. */
function costText(base, yours, hasChanges) {
  const [now] = winners(yours);
  const before = base.strategies.find((each) => each.name === now.name);
  const parts = [`${now.name} spends ${dollars(now.spend_usd)}` + (hasChanges && before && change(before.spend_usd, now.spend_usd) ? ` (${change(before.spend_usd, now.spend_usd)})` : '')];
  if (hasChanges && before && change(before.pf_days, now.pf_days)) parts.push(`gets ${words(now.pf_days)} PF-days of effective compute (${change(before.pf_days, now.pf_days)})`);
  else parts.push(`gets ${words(now.pf_days)} PF-days of effective compute`);
  if (now.has_power) parts.push(`draws at most ${digits(now.peak_mw)} MW`);
  return parts.join(', ') + (page.scenario.is_uncertain ? '. Every uncertain input is at its median.' : '.');
}
