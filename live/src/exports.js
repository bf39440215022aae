// What a reader takes along.

function save(name, type, content) {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], {type}));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    $('said').textContent = what + ' is on the clipboard.';
  } catch {
    $('said').textContent = what + ': ' + text;
  }
}

const quoted = (word) => (/^[\w./:=,@%+-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\\''") + "'");

/** The words of a command that gives the same numbers. An edited scenario has to be saved first. */
function commandWords(name, verb) {
  return [verb, state.text === null ? name : 'my.yaml', ...[...state.yours].flatMap(([path, value]) => ['--set', `${path}=${value}`])];
}

/** The command that sets your plan beside the base. A pinned base is a scenario that another command makes first. */
function commandLine(name) {
  if (state.base.size === 0) return ['fleetrace', ...commandWords(name, state.yours.size ? 'whatif' : 'run').map(quoted)].join(' ');
  const set = (changes) => changes.flatMap(([path, value]) => ['--set', quoted(`${path}=${value}`)]);
  const make = ['fleetrace', 'show', quoted(name), ...set([...state.base]), '>', 'base.yaml'].join(' ');
  const moved = [...state.yours].filter(([path, value]) => state.base.get(path) !== value);
  return make + '\n' + ['fleetrace', moved.length ? 'whatif' : 'run', 'base.yaml', ...set(moved)].join(' ');
}

function csvText(base, yours) {
  const cell = (text) => (/[",\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text);
  const rows = [['plan', 'strategy', 'time', 'relative_loss', 'compute_c0', 'spend_usd']];
  for (const [plan, race] of [['base', base], ['yours', yours]]) {
    for (const each of race.strategies) {
      each.series.time.forEach((time, i) => rows.push([plan, each.name, new Date(time).toISOString().slice(0, 10), each.series.loss[i], each.series.compute[i], each.series.spend[i]]));
    }
  }
  return rows.map((row) => row.map((each) => cell(String(each))).join(',')).join('\n') + '\n';
}

/** The chart of the loss as a picture of its own, for a slide: light, with a title, the sentence, a source and colours in it. */
function pictureOf(name, answer) {
  document.documentElement.classList.add('light');
  try {
    return lightPictureOf(name, answer);
  } finally {
    document.documentElement.classList.remove('light');
  }
}

function lightPictureOf(name, answer) {
  const one = figures.get('loss');
  const copyOf = one.svg.cloneNode(true);
  const properties = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'fill-opacity', 'opacity', 'text-anchor', 'font-weight'];
  const [from, to] = [one.svg.querySelectorAll('*'), copyOf.querySelectorAll('*')];
  from.forEach((each, i) => {
    const style = getComputedStyle(each);
    for (const property of properties) to[i].setAttribute(property, style.getPropertyValue(property));
    to[i].removeAttribute('class');
  });
  copyOf.querySelector('line[y1][visibility]')?.remove();
  const {width, height} = one.chart;
  const colour = (variable) => getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
  const day = new Date().toISOString().slice(0, 10);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -46 ${width + 20} ${height + 76}" width="${2 * (width + 20)}" height="${2 * (height + 76)}" font-family="system-ui,sans-serif" font-size="11"><rect x="-10" y="-46" width="100%" height="100%" fill="${colour('--page')}"/><text x="0" y="-28" font-size="14" font-weight="600" fill="${colour('--text')}">Loss over time: ${escaped(name)}</text><text x="0" y="-10" fill="${colour('--text')}">${escaped(answer.length > 110 ? answer.slice(0, 109) + '\u2026' : answer)}</text>${copyOf.innerHTML}<text x="0" y="${height + 18}" font-size="9" fill="${colour('--quiet')}">fleetrace, ${escaped(commandLine(name))}; ${day}</text></svg>`;
}

function savePng(svg, name) {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext('2d').drawImage(image, 0, 0);
    canvas.toBlob((blob) => save(name, 'image/png', blob));
  };
  image.src = 'data:image/svg+xml,' + encodeURIComponent(svg);
}
