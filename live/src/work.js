// Slow questions, which a worker answers with an engine of its own: how sure, what matters, who wins where.

const asked = {bands: false, tornado: false, map: false, axes: [0, 1]};
let worker = null;
let waiting = [];
let inHand = null;
let ticket = 0;
const latest = new Map();  // the ticket of each kind that still matters

function startWorker(script, bytes, onAnswer) {
  try {
    worker = new Worker(URL.createObjectURL(new Blob([script], {type: 'text/javascript'})));
  } catch {
    return;  // what is asked on request is then not there
  }
  worker.onmessage = (event) => {
    inHand = null;
    nextJob();
    onAnswer(event.data);
  };
  worker.postMessage({bytes});
}

/** In the worker: answers one request after the other. */
function serveRequests() {
  let ready = null;
  onmessage = async (event) => {
    if (event.data.bytes) {
      ready = startEngine(event.data.bytes, '');
      return;
    }
    const engine = await ready;
    const {ticket: number, kind, requests} = event.data;
    postMessage({ticket: number, kind, answers: requests.map((request) => engine(YOURS, request))});
  };
}

/** Asks the worker; a question of the same kind that still waits is dropped. */
function askWorker(kind, requests) {
  latest.set(kind, ++ticket);
  waiting = waiting.filter((each) => each.kind !== kind);
  waiting.push({ticket, kind, requests});
  nextJob();
}
function nextJob() {
  if (inHand || !worker || waiting.length === 0) return;
  inHand = waiting.shift();
  worker.postMessage(inHand);
}
const isLatest = (answer) => latest.get(answer.kind) === answer.ticket;

const setOf = (changes) => [...changes].map(([path, value]) => [path, value]);
const withControl = (changes, control, value) => {
  const result = new Map(changes);
  control.paths.forEach((path) => result.set(path, textOf(control, value)));
  return result;
};

/** Where a control is moved to: its likely range, or a fifth down and up. */
function endsOf(control) {
  if (control.likely) return control.likely;
  const value = currentValue(control);
  const ends = value === 0 ? [0, control.high / 4] : [value * 0.8, value * 1.2];
  return ends.map((each) => Number(Math.min(Math.max(each, Math.min(control.low, value)), Math.max(control.high, value)).toPrecision(6)))
    .map((each) => (control.is_whole ? Math.round(each) : each));
}

const tornadoRequests = (controls) => controls.flatMap((control) => endsOf(control).map((value) => ({do: 'finals', set: setOf(withControl(state.yours, control, value))})));

const COLUMNS = 11;
const ROWS = 9;
const gridValues = (control, count) => Array.from({length: count}, (_, i) => valueAt(control, Math.round((i / (count - 1)) * STEPS)));

function mapRequests(controls) {
  const [across, up] = asked.axes.map((each) => controls[each]);
  return gridValues(up, ROWS).flatMap((y) => gridValues(across, COLUMNS).map((x) => ({do: 'finals', set: setOf(withControl(withControl(state.yours, across, x), up, y))})));
}

/** What a chart stands in that is wider than a phone. */
const scrolling = (chart, label) => `<div class="scroll" tabindex="0" role="region" aria-label="${label}">${chart}</div>`;

const TURN_POINTS = 17;
const turnRequests = (control) => gridValues(control, TURN_POINTS).map((value) => ({do: 'finals', set: setOf(withControl(state.yours, control, value))}));

/** Positions between which the winner changes. */
function turnsOf(answers) {
  const names = answers.map((each) => (each.strategies ? namesOf(winners(each)) : null));
  return names.flatMap((name, i) => (i > 0 && name && names[i - 1] && name !== names[i - 1] ? [(i - 0.5) / (TURN_POINTS - 1)] : []));
}

function drawTurns(view, answers) {
  view.turns.classList.remove('stale');
  view.turns.innerHTML = turnsOf(answers).map((share) => `<svg x="${100 * share}%" y="19" width="1" overflow="visible"><path class="turn" d="M-4 7L0 0L4 7Z"><title>The winner changes here</title></path></svg>`).join('');
}

function tornadoHtml(controls, answers, yours) {
  const [best] = winners(yours);
  const of = (answer) => answer.strategies?.find((each) => each.name === best.name)?.final_loss ?? null;
  const rows = controls.map((control, i) => ({control, ends: endsOf(control), low: of(answers[2 * i]), high: of(answers[2 * i + 1])}))
    .filter((each) => each.low !== null && each.high !== null).sort((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low));
  const all = rows.flatMap((each) => [each.low, each.high]).concat(best.final_loss);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const x = (value) => 210 + ((value - low) / (high - low || 1)) * 300;
  const bars = rows.map((each, i) => {
    const [a, b] = [Math.min(each.low, each.high), Math.max(each.low, each.high)];
    return `<text class="end" x="200" y="${22 * i + 15}">${escaped(each.control.label)}</text><rect class="f0" x="${x(a).toFixed(1)}" y="${22 * i + 4}" width="${Math.max(1, x(b) - x(a)).toFixed(1)}" height="14"/><text class="tick" x="${x(b) + 6}" y="${22 * i + 15}">${digits(each.ends[0])} to ${digits(each.ends[1])}${each.control.unit ? ' ' + escaped(each.control.unit) : ''}: ${loss(each.low)} to ${loss(each.high)}</text>`;
  });
  const chart = `<svg class="chart" role="img" aria-label="Which input matters most" viewBox="0 0 760 ${22 * rows.length + 8}">${bars.join('')}<line class="preset" x1="${x(best.final_loss)}" x2="${x(best.final_loss)}" y1="0" y2="${22 * rows.length}"/></svg>`;
  return `<figcaption>Which input matters most <span>final loss of ${escaped(best.name)}, each input moved over its likely range, or a fifth down and up</span></figcaption>${scrolling(chart, 'Inputs by what they move')}`;
}

function mapHtml(controls, answers, yours) {
  const [across, up] = asked.axes.map((each) => controls[each]);
  const [xs, ys] = [gridValues(across, COLUMNS), gridValues(up, ROWS)];
  const cells = answers.map((answer, i) => {
    const [column, row] = [i % COLUMNS, Math.floor(i / COLUMNS)];
    const name = answer.strategies ? winners(answer)[0].name : null;
    const index = yours.strategies.findIndex((each) => each.name === name);
    return `<rect class="box ${name === null ? 'b0' : 'f' + (index % 8)}" x="${90 + column * 44}" y="${6 + (ROWS - 1 - row) * 24}" width="44" height="24"><title>${escaped(across.label)} ${digits(xs[column])}, ${escaped(up.label)} ${digits(ys[row])}: ${escaped(name ?? 'not valid')}</title></rect>`;
  });
  const bottom = 6 + ROWS * 24;
  const labels = xs.map((value, i) => (i % 2 ? '' : `<text class="tick middle" x="${112 + i * 44}" y="${bottom + 14}">${digits(value, 2)}</text>`))
    .concat(ys.map((value, i) => (i % 2 ? '' : `<text class="tick end" x="84" y="${bottom - i * 24 - 8}">${digits(value, 2)}</text>`)));
  const [px, py] = [positionOf(across, currentValue(across)), positionOf(up, currentValue(up))].map((each) => each / STEPS);
  const you = `<circle class="you" cx="${(112 + px * 44 * (COLUMNS - 1)).toFixed(1)}" cy="${(bottom - 12 - py * 24 * (ROWS - 1)).toFixed(1)}" r="5"/>`;
  const legend = yours.strategies.map((each, i) => `<svg aria-hidden="true"><rect class="f${i % 8}" width="10" height="10"/></svg>${escaped(each.name)}`).join('') + (answers.some((each) => !each.strategies) ? '<svg aria-hidden="true"><rect class="b0" width="10" height="10"/></svg>not a valid plan' : '');
  const choice = (which) => `<select aria-label="${which ? 'Upward' : 'Across'}" data-axis="${which}">${controls.map((each, i) => `<option value="${i}"${asked.axes[which] === i ? ' selected' : ''}>${escaped(each.label)}</option>`).join('')}</select>`;
  const chart = `<svg class="chart" role="img" aria-label="Who wins where" viewBox="0 0 760 ${bottom + 34}"><g class="cells">${cells.join('')}</g>${labels.join('')}${you}<text class="tick middle" x="${90 + 22 * COLUMNS}" y="${bottom + 30}">${escaped(across.label + (across.unit ? ', ' + across.unit : ''))}</text></svg>`;
  return `<figcaption>Who wins where <span>lowest final loss; the ring is your plan</span></figcaption><div class="bar">across ${choice(0)} upward ${choice(1)}</div>${scrolling(chart, 'Map of winners')}<p class="legend">${legend}</p>`;
}
