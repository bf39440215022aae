// The page: it keeps the state, races when it moves, and draws.

const page = {engine: null, bytes: null, scenario: null, name: '', original: '', text: '', controls: [], base: null, baseKey: null, yours: null,
  bands: null, scheduled: false, painted: 0, settle: null};

const hasChanges = () => state.text !== null || fingerprint(state.yours) !== fingerprint(state.base);
const fingerprint = (changes) => JSON.stringify(setOf(changes).sort());
const fragment = () => toFragment(page.controls);

/** Races yours, and the base where it moved, and draws; says what is wrong in the place of an answer. */
function update() {
  page.scheduled = false;
  const baseKey = fingerprint(state.base);
  if (page.baseKey !== baseKey) {
    const base = page.engine(BASE, {do: 'race', set: setOf(state.base)});
    if (!base.strategies) return showProblem(base);
    page.base = base;
    page.baseKey = baseKey;
  }
  const yours = state.text === null && fingerprint(state.yours) === baseKey ? page.base : page.engine(YOURS, {do: 'race', set: setOf(state.yours)});
  if (!yours.strategies) return showProblem(yours);
  page.yours = yours;
  const changed = hasChanges();
  $('answer').textContent = answerText(page.base, yours, changed);
  $('why').textContent = changed ? whyText(page.base, yours) : '';
  $('cost').textContent = costText(page.base, yours, changed);
  drawRaces(page.base, yours, changed, page.bands);
  showControls();
  ++page.painted;
  return true;
}

function showProblem(answer) {
  const first = answer.diagnostics?.find((each) => !each.is_warning);
  $('answer').textContent = 'This plan cannot be raced: ' + (first ? [first.path, first.problem].filter(Boolean).join(': ') : answer.error) + '.';
  $('why').textContent = first ? [first.reason, first.suggestion].filter(Boolean).join('. ') : '';
  showControls(first?.path);
  $('undo').disabled = false;  // which comes back to what could be raced
  return false;
}

/** What the worker said speaks of an older plan from now on: it is pale until its answer comes. */
function fade() {
  if (page.bands) page.bands.forEach((each) => { each.stale = true; });
  document.querySelectorAll('#extra figure, #sure, .turns').forEach((each) => each.classList.add('stale'));
}

function schedule() {
  fade();
  if (page.scheduled) return;
  page.scheduled = true;
  requestAnimationFrame(update);
}

function move(control, value) {
  frozen ??= new Map();
  for (const path of control.paths) {
    const stands = state.base.get(path);
    const text = value === null ? stands : textOf(control, Number(value.toPrecision(12)));
    const isScenarios = stands === undefined && value !== null && value === control.value;
    if (text === undefined || isScenarios) state.yours.delete(path);
    else state.yours.set(path, text);
  }
  schedule();
}

/** What is worth doing only when a control has come to rest. */
function done() {
  fade();
  requestAnimationFrame(() => {
    frozen = null;
    if (!update()) return;
    note(fragment());
    afterMove();
  });
}

function afterMove() {
  try {
    history.replaceState(null, '', fragment());
  } catch {
    location.hash = fragment();
  }
  $('undo').disabled = present === 0;
  $('redo').disabled = present === past.length - 1;
  $('reset').disabled = !hasChanges() && state.base.size === 0;
  $('pin').disabled = !hasChanges() || state.text !== null;
  // Read out once a control rests, not while it moves.
  $('heard').textContent = `${$('answer').textContent} ${$('why').textContent}`;
  showChanges();
  drawTable(page.base, page.yours);
  $('command').textContent = commandLine(page.name);
  if ($('drawer').open) showText();
  clearTimeout(page.settle);
  page.settle = setTimeout(askAgain, 150);
}

/** Questions of the plan as it is now. */
function askAgain() {
  askWorker('open', [{do: 'open', text: state.text ?? page.original, name: page.name}]);
  page.controls.forEach((control, i) => askWorker('turns ' + i, turnRequests(control)));
  if (asked.bands) askWorker('bands', [{do: 'bands', set: setOf(state.yours), replications: 50}]);
  if (asked.tornado) askWorker('tornado', tornadoRequests(page.controls));
  if (asked.map) askWorker('map', mapRequests(page.controls));
}

function takeAnswer(answer) {
  if (!isLatest(answer)) return;
  const [first] = answer.answers;
  if (answer.kind.startsWith('turns ')) drawTurns(controlViews[Number(answer.kind.slice(6))], answer.answers);
  if (answer.kind === 'bands' && asked.bands) {
    if (!first.strategies) return;
    page.bands = first.strategies.filter((each) => each.quantiles.length).map((each) => ({name: each.name, time: first.time, low: each.quantiles.map((q) => q[0]), high: each.quantiles.map((q) => q[4])}));
    $('sure').classList.remove('stale');
    $('sure').textContent = `In ${first.replications} draws of what is uncertain: ` + first.strategies.map((each) => `${each.name} is best in ${digits(100 * each.best, 2)} %`).join(', ') + '. Bands hold the loss in nine of ten draws.';
    drawRaces(page.base, page.yours, hasChanges(), page.bands);
    if (first.replications < 400) askWorker('bands', [{do: 'bands', set: setOf(state.yours), replications: 400}]);
  }
  if (answer.kind === 'tornado' || answer.kind === 'map') showExtra(answer);
}

function showExtra(answer) {
  let figure = $('figure-' + answer.kind);
  if (!figure) {
    figure = document.createElement('figure');
    figure.id = 'figure-' + answer.kind;
    $('extra').append(figure);
  }
  figure.classList.remove('stale');
  figure.innerHTML = (answer.kind === 'map' ? mapHtml : tornadoHtml)(page.controls, answer.answers, page.yours);
  figure.querySelectorAll('select').forEach((each) => each.addEventListener('change', () => {
    asked.axes[Number(each.dataset.axis)] = Number(each.value);
    if (asked.axes[0] !== asked.axes[1]) askWorker('map', mapRequests(page.controls));
  }));
}

function showChanges() {
  const items = [...state.yours].filter(([path, value]) => state.base.get(path) !== value);
  const list = items.map(([path, value]) => `<li>${escaped(path)} = ${escaped(value)}${state.base.has(path) ? ` (base: ${escaped(state.base.get(path))})` : ''}</li>`);
  if (state.text !== null) list.push('<li>The text of the scenario is edited.</li>');
  if (state.base.size) list.push(`<li>The base is pinned with ${escaped([...state.base].map((each) => each.join(' = ')).join(', '))}.</li>`);
  $('changes').innerHTML = list.join('') || '<li>Nothing yet: move a control.</li>';
}

/** Takes a state from the address. */
function restore(text) {
  const wasEdited = state.text;
  // A name may be a whole path, or of a control that an older page had: then it is the end of one path.
  const unknown = fromFragment(text, page.controls, (name, value) => {
    const isValid = (path) => Boolean(page.engine(BASE, {do: 'finals', set: [[path, value]]}).strategies);
    if (isValid(name)) return [name];
    const ends = page.engine(BASE, {do: 'paths'}).paths.filter((path) => path.endsWith('.' + name) && !/\.(with|believes)\./.test(path));
    return ends.length === 1 && isValid(ends[0]) ? ends : [];
  });
  if (state.text !== wasEdited) openYours(state.text ?? page.original);
  $('said').textContent = unknown.length ? 'Left out, since this page does not know it: ' + unknown.join(', ') + '.' : '';
  fade();
  if (update()) afterMove();
}

/** Opens your scenario; the controls follow. */
function openYours(text) {
  const opened = page.engine(YOURS, {do: 'open', text, name: page.name});
  if (!opened.controls) return opened;
  page.text = text;
  page.controls = opened.controls;
  buildControls(page.controls, move, done);
  return opened;
}

function travel(by) {
  // What could not be raced was not noted: the way back from there is where the reader was before.
  present += by < 0 && fragment() !== past[present] ? 0 : by;
  restore(past[present]);
}

function buildPresets() {
  const place = $('presets');
  for (const each of page.scenario.cases) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = each.name.replaceAll('-', ' ');
    button.title = each.summary;
    button.addEventListener('click', () => {
      state.yours = new Map(state.base);
      each.set.forEach(([path, value]) => state.yours.set(path, value));
      done();
    });
    place.append(button);
  }
  place.hidden = page.scenario.cases.length === 0;
}

function press(button, name, kind) {
  asked[name] = !asked[name];
  button.setAttribute('aria-pressed', String(asked[name]));
  if (asked[name]) return askAgain();
  latest.delete(kind);
  if (name === 'bands') {
    page.bands = null;
    $('sure').classList.remove('stale');
    $('sure').textContent = '';
    drawRaces(page.base, page.yours, hasChanges(), null);
  } else {
    $('figure-' + kind)?.remove();
  }
}

function listen() {
  $('undo').addEventListener('click', () => travel(-1));
  $('redo').addEventListener('click', () => travel(1));
  $('reset').addEventListener('click', () => {
    if (state.text !== null) openYours(page.original);
    state.text = null;
    state.base.clear();
    state.yours.clear();
    done();
  });
  $('pin').addEventListener('click', () => {
    state.base = new Map(state.yours);
    done();
  });
  for (const [name, kind] of [['bands', 'bands'], ['tornado', 'tornado'], ['map', 'map']])
    $('ask-' + name).addEventListener('click', (event) => press(event.currentTarget, name, kind));
  addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || event.target.matches('textarea,input[type=number]')) return;
    event.preventDefault();
    $(event.shiftKey ? 'redo' : 'undo').click();
  });
  for (const [event, does] of [['beforeprint', true], ['afterprint', false]]) {
    addEventListener(event, () => {
      isPrinting = does;
      update();
    });
  }
  addEventListener('resize', () => requestAnimationFrame(update));
  addEventListener('hashchange', () => {
    if (location.hash === fragment()) return;
    restore(location.hash);
    note(fragment());
  });
  $('copy-link').addEventListener('click', () => copy(location.href, 'The link'));
  $('copy-command').addEventListener('click', () => copy(commandLine(page.name), 'The command'));
  $('save-yaml').addEventListener('click', () => {
    const texts = page.engine(YOURS, {do: 'text', set: setOf(state.yours)});
    save('my.yaml', 'text/yaml', texts.text ?? texts.resolved);
  });
  $('save-report').addEventListener('click', () => {
    const report = page.engine(YOURS, {do: 'report', set: setOf(state.yours), arguments: commandWords(page.name, 'run')});
    save('report.html', 'text/html', report.html);
  });
  $('save-csv').addEventListener('click', () => save(page.name + '.csv', 'text/csv', csvText(page.base, page.yours)));
  const picture = () => pictureOf(page.name, $('answer').textContent);
  $('save-svg').addEventListener('click', () => save(page.name + '.svg', 'image/svg+xml', picture()));
  $('save-png').addEventListener('click', () => savePng(picture(), page.name + '.png'));
  listenToDrawer();
}

async function main() {
  const given = JSON.parse($('scenario').textContent);
  page.name = given.name;
  page.original = given.text;
  page.bytes = await engineBytes();
  page.engine = await startEngine(page.bytes, given.git_hash);
  page.scenario = page.engine(BASE, {do: 'open', text: page.original, name: page.name});
  if (!page.scenario.controls) {
    showProblem(page.scenario);
    return;
  }
  document.title = page.scenario.name + ' - fleetrace live';
  $('question').textContent = page.scenario.description || page.scenario.name;
  buildFigures();
  openYours(page.original);
  asked.axes = page.controls.length > 1 ? [0, 1] : [0, 0];
  $('ask-map').hidden = page.controls.length < 2;
  $('ask-bands').hidden = !page.scenario.is_uncertain;
  buildPresets();
  listen();
  restore(location.hash);
  note(fragment());
  afterMove();
  $('written').textContent = `The engine is the program's own, as WebAssembly. It was ready after ${digits(performance.now())} ms. Nothing leaves this page.`;
  document.documentElement.dataset.ready = performance.now();
  document.documentElement.dataset.live = 'ready';
  startWorker($('script').textContent, page.bytes, takeAnswer);
  askAgain();
}

if (typeof document === 'undefined') serveRequests();
else main();
