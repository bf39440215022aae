// The controls: a slider and a number for each input, both ways.

const STEPS = 1000;
const controlViews = [];

function positionOf(control, value) {
  const [low, high] = [control.low, control.high];
  const share = control.is_logarithmic ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.round(Math.min(1, Math.max(0, share)) * STEPS);
}

/** The value at a position, with so few digits that people would write it. */
function valueAt(control, position) {
  const share = position / STEPS;
  const exact = control.is_logarithmic ? control.low * (control.high / control.low) ** share : control.low + share * (control.high - control.low);
  if (control.is_whole) return Math.round(exact);
  if (control.is_logarithmic || exact === 0) return Number(exact.toPrecision(exact < control.low * 1.005 || exact > control.high * 0.995 ? 6 : 3));
  const step = 10 ** (Math.floor(Math.log10(control.high - control.low)) - 2);
  return Number((Math.round(exact / step) * step).toPrecision(12));
}

const textOf = (control, value) => (control.unit ? `${value} ${control.unit}` : String(value));

/** The number in a text of the control's unit, or null. */
function numberOf(control, text) {
  const found = /^([-+]?[\d.]+(?:e[-+]?\d+)?)\s*(.*)$/.exec(text);
  if (!found) return null;
  if (found[2] === control.unit) return Number(found[1]);
  return found[2].endsWith('USD') && control.unit.endsWith('USD') ? (Number(found[1]) * moneyScale(found[2])) / moneyScale(control.unit) : null;
}
const moneyScale = (unit) => ({million: 1e6, billion: 1e9, trillion: 1e12}[unit.split(' ')[0]] ?? 1);

/** The comment that stands behind a value in the text of the scenario, which is where its author says where it comes from. */
function commentAt(text, line) {
  const found = /\s#\s*(.+)$/.exec(text.split('\n')[line - 1] ?? '');
  return found && !/["']/.test(found[0]) ? found[1].trim() : '';
}

/** Where a control's value comes from, in words. */
function sourceOf(control, text) {
  const comment = control.line > 0 ? commentAt(text, control.line) : '';
  return control.source + (comment ? ` (${comment})` : '') + (control.likely ? '; shaded: 5 to 95 %' : '');
}

function buildControls(controls, onMove, onDone) {
  const place = document.getElementById('controls');
  place.textContent = '';
  controlViews.length = 0;
  controls.forEach((control, i) => {
    const box = document.createElement('div');
    box.className = 'control';
    const source = sourceOf(control, page.text);
    const shown = (value) => (100 * positionOf(control, value)) / STEPS;
    const likely = control.likely ? `<rect class="likely" x="${shown(control.likely[0])}%" y="0" width="${shown(control.likely[1]) - shown(control.likely[0])}%" height="26"/>` : '';
    box.innerHTML = `<div class="head"><label for="n${i}">${escaped(control.label)}</label><input type="number" id="n${i}" step="any" aria-describedby="u${i} s${i}"><span class="unit" id="u${i}">${escaped(control.unit)}</span><button type="button" class="small" aria-label="Reset ${escaped(control.label)}" disabled>\u21ba</button></div><div class="track"><svg aria-hidden="true">${likely}<line class="preset" x1="${shown(control.value)}%" x2="${shown(control.value)}%" y1="2" y2="24"/><g class="turns"></g></svg><input type="range" min="0" max="${STEPS}" aria-label="${escaped(control.label)}"></div><div class="source" id="s${i}">${escaped(source)}</div>`;
    const [number, range] = box.querySelectorAll('input');
    const reset = box.querySelector('button');
    const view = {control, box, number, range, reset, turns: box.querySelector('.turns')};
    range.addEventListener('input', () => onMove(control, valueAt(control, Number(range.value))));
    range.addEventListener('change', onDone);
    number.addEventListener('change', () => {
      if (number.value === '') return showControls();
      onMove(control, Number(number.value));
      onDone();
    });
    reset.addEventListener('click', () => {
      onMove(control, null);
      onDone();
      number.focus();
    });
    controlViews.push(view);
    place.append(box);
  });
  showControls();
}

/** What a control stands at: your change of it, or the scenario's value. */
function currentValue(control) {
  const text = state.yours.get(control.paths[0]);
  const value = text === undefined ? control.value : numberOf(control, text);
  return value === null || Number.isNaN(value) ? control.value : value;
}

/** Shows where all controls stand; `wrong` is the path of a value that cannot be raced, if there is one. */
function showControls(wrong) {
  for (const {control, box, number, range, reset} of controlViews) {
    const value = currentValue(control);
    const isChanged = control.paths.some((path) => state.yours.has(path));
    const position = String(positionOf(control, value));
    if (range.value !== position) range.value = position;
    number.value = String(Number(value.toPrecision(6)));
    range.setAttribute('aria-valuetext', `${digits(value)} ${control.unit}`);
    box.classList.toggle('changed', isChanged);
    number.setAttribute('aria-invalid', String(control.paths.includes(wrong)));
    reset.disabled = !isChanged;
  }
}
