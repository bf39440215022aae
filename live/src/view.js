// The figures and tables of two races.

const FIGURES = [
  ['loss', 'Loss over time', 'relative; lower is better', 250, true],
  ['compute', 'Effective compute', 'multiples of the first year (C0)', 190],
  ['spend', 'Money spent', 'USD since the start', 190],
  ['power', 'Power in place against its limit', 'IT nameplate, MW; dashes: limit', 190],
  ['bindings', 'What binds when', 'thin above: base', 190],
];
const figures = new Map();
const $ = (id) => document.getElementById(id);

function buildFigures() {
  const place = $('charts');
  for (const [name, title, about, height, wide] of FIGURES) {
    const figure = document.createElement('figure');
    figure.id = 'chart-' + name;
    figure.className = wide ? 'wide' : '';
    figure.innerHTML = `<figcaption>${title} <span>${about}</span></figcaption><svg class="chart" role="img" tabindex="0" aria-label="${title}" viewBox="0 0 600 ${height}"></svg><p class="readout${name === 'bindings' ? ' legend' : ''}" aria-live="off"></p>`;
    const svg = figure.querySelector('svg');
    const one = {figure, svg, readout: figure.querySelector('p'), title, height, chart: null, at: null, wide};
    const read = (share) => readAt(one, share);
    svg.addEventListener('pointermove', (event) => {
      if (!one.chart?.lines) return;
      const box = svg.getBoundingClientRect();
      read(((event.clientX - box.left) / box.width * one.chart.width - LEFT) / (one.chart.width - LEFT - RIGHT));
    });
    svg.addEventListener('keydown', (event) => {
      const step = {ArrowRight: 0.02, ArrowLeft: -0.02}[event.key];
      if (!step) return;
      event.preventDefault();
      one.readout.setAttribute('aria-live', 'polite');
      read((one.at ?? 0) + step);
    });
    figures.set(name, one);
    place.append(figure);
  }
}

const PAPER = 700;  // between the margins of A4
let isPrinting = false;

/** Charts are as wide in their own units as on the screen or on paper, so that their letters have one size. */
function widthOf(name) {
  const {figure, wide} = figures.get(name);
  return isPrinting ? (wide ? PAPER : PAPER / 2 - 12) : Math.max(280, Math.round(figure.clientWidth || 600));
}

/** Reads every line at a share of the width of a chart. */
function readAt(one, share) {
  if (!one.chart?.lines) return;
  one.at = Math.min(1, Math.max(0, share));
  const {x0, x1, lines, format, width} = one.chart;
  const time = x0 + one.at * (x1 - x0);
  const cursor = one.svg.querySelector('.cursor');
  const x = LEFT + one.at * (width - LEFT - RIGHT);
  cursor.setAttribute('visibility', 'visible');
  cursor.setAttribute('x1', x);
  cursor.setAttribute('x2', x);
  const valueOf = (line) => {
    let i = line.time.findIndex((each) => each >= time);
    if (i < 0) i = line.time.length - 1;
    return line.values[i];
  };
  const yours = lines.filter((each) => !each.base && !each.limit);
  const text = yours.map((each) => {
    const before = lines.find((line) => line.base && line.name === each.name);
    return `${each.name} ${format(valueOf(each))}` + (before ? ` (base ${format(valueOf(before))})` : '');
  });
  const limit = lines.find((each) => each.limit && !each.base);
  if (limit && valueOf(limit) !== null) text.push('limit ' + format(valueOf(limit)));
  one.readout.textContent = `${month(time)}: ${text.join(', ')}`;
}

function draw(name, chart) {
  const one = figures.get(name);
  one.chart = chart;
  one.figure.hidden = !chart;
  if (!chart) return;
  one.svg.setAttribute('viewBox', `0 0 ${chart.width} ${chart.height}`);
  one.svg.innerHTML = chart.svg;
}

/** Draws everything of two races; `bands` are quantiles of yours, if they were asked for. */
function drawRaces(base, yours, hasChanges, bands) {
  const indexOf = (name) => yours.strategies.findIndex((each) => each.name === name);
  const both = (take) => [
    ...(hasChanges ? base.strategies.flatMap((each) => take(each).map((line) => ({...line, base: true, index: 0}))) : []),
    ...yours.strategies.flatMap((each, index) => take(each).map((line) => ({...line, index})))];
  const series = (key) => both((each) => [{name: each.name, time: each.series.time, values: each.series[key]}]);
  const wide = innerWidth > 900;
  draw('loss', lineChart({name: 'loss', width: widthOf('loss'), height: wide ? 290 : 230, lines: series('loss'), bands: (bands ?? []).map((each) => ({...each, index: indexOf(each.name)})), format: loss}));
  draw('compute', lineChart({name: 'compute', width: widthOf('compute'), height: 190, lines: series('compute'), isLog: true, format: (value) => (value >= 1e6 ? words(value, 2).replace(' million', 'M').replace(' billion', 'B').replace(' trillion', 'T') : digits(value, 3)) + '\u00d7'}));
  draw('spend', lineChart({name: 'spend', width: widthOf('spend'), height: 190, lines: series('spend'), fromZero: true, format: (value) => words(value, 3).replace(' million', 'M').replace(' billion', 'B')}));
  const hasPower = yours.strategies.some((each) => each.power);
  draw('power', hasPower && lineChart({name: 'power', width: widthOf('power'), height: 190, fromZero: true, format: (value) => digits(value),
    lines: both((each) => (each.power ? [{name: each.name, time: each.power.time, values: each.power.mw, steps: true},
      ...(each === yours.strategies[0] || each === base.strategies[0] ? [{name: 'limit', time: each.power.time, values: each.power.limit_mw, steps: true, limit: true}] : [])] : []))}));
  draw('bindings', bindingChart(yours.strategies.map((each, index) => ({...each, index})), hasChanges ? base.strategies : [], endOf(yours.strategies[0]), widthOf('bindings')));
  const kinds = new Map(yours.strategies.flatMap((each) => each.bindings.map((spell) => [spell.what, spell])));
  figures.get('bindings').readout.innerHTML = [...kinds].map(([what, spell]) => `<svg aria-hidden="true"><rect width="10" height="10" class="${constraintClass(spell)}"/></svg>${escaped(what)}`).join('');
}

const MOVED = [
  ['Final loss', (each) => each.final_loss, loss], ['Average loss', (each) => each.mean_loss, loss],
  ['Effective compute, PF-days', (each) => each.pf_days, words], ['Spending, USD', (each) => each.spend_usd, words],
  ['Energy, GWh', (each) => (each.has_power ? each.energy_kwh / 1e6 : null), digits], ['Peak power, MW', (each) => (each.has_power ? each.peak_mw : null), digits],
  ['Accelerators at the end', (each) => each.accelerators, digits],
];

/** The table of outcomes: yours, and how each moved from the base. */
function drawTable(base, yours) {
  const head = `<caption class="quiet">At the end of the horizon; in brackets the change from the base</caption><thead><tr><th scope="col">Strategy</th>${MOVED.map(([title]) => `<th scope="col">${title}</th>`).join('')}</tr></thead>`;
  const rows = yours.strategies.map((each) => {
    const before = base.strategies.find((one) => one.name === each.name);
    return `<tr><th scope="row">${escaped(each.name)}</th>${MOVED.map(([, take, format]) => {
      const value = take(each);
      const moved = before && value !== null && change(take(before), value);
      return `<td>${value === null ? '\u2013' : format(value)}${moved ? ` (${moved})` : ''}</td>`;
    }).join('')}</tr>`;
  });
  $('moved').innerHTML = head + `<tbody>${rows.join('')}</tbody>`;
}
