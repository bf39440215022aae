// What a chart says at a place, as words: the same for the pointer, for the keyboard and for files of values.

/** A date as the page writes it. */
function day(milliseconds) {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString().slice(0, 10);
}

/** A number as the page writes it: four digits, whole numbers whole. */
function shown(value) {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-4)) return value.toExponential(3).replace(/\.?0*e\+?/, 'e');
  return size >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(4)));
}

function withUnit(text, unit) {
  return unit ? `${text} ${unit}` : text;
}

/** The index of the number that is nearest to `x` in an ascending list. */
function nearest(list, x) {
  let low = 0;
  let high = list.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (list[middle] <= x) low = middle;
    else high = middle;
  }
  return x - list[low] <= list[high] - x ? low : high;
}

const placesOf = (data, series) => series.x ?? data.at;

/** Where a chart of lines and areas can be read: the places of its longest series. */
function places(data) {
  return [...data.areas, ...data.lines].map((each) => placesOf(data, each)).reduce((a, b) => (b.length > a.length ? b : a), []);
}

/** Every series at a place: its name, its value in words, and where it lies on the vertical axis. */
function readings(data, x) {
  const found = [];
  const unit = data.y.unit;
  for (const area of data.areas) {
    const i = nearest(placesOf(data, area), x);
    const [low, high] = [area.low[i], area.high[i]];
    const text = area.class.includes('band') ? `${shown(low)} to ${withUnit(shown(high), unit)}` : withUnit(shown(high - low), unit);
    found.push({name: area.name, class: area.class, isArea: true, text, low, high});
  }
  for (const line of data.lines) {
    const own = placesOf(data, line);
    if (!own.length || x < own[0] - 1e-9 * Math.abs(own[0])) continue;
    const y = line.y[nearest(own, x)];
    found.push({name: line.name, class: line.class, isArea: false, text: withUnit(shown(y), unit), low: y, high: y});
  }
  return found;
}

/** The heading of a place: a date, or a value with the name of its axis. */
function placeText(data, x) {
  if (data.x.kind === 'date') return day(x);
  return data.x.title ? `${data.x.title} ${shown(x)}` : shown(x);
}

/** What the arrow keys walk through: each place of lines, each row, each cell. */
function steps(data) {
  if (data.kind === 'cells') return data.cells.map((_, i) => i);
  if (data.kind === 'rows') return data.rows.map((_, i) => i);
  const all = places(data);
  const step = Math.max(1, Math.ceil(all.length / 60));
  return all.filter((_, i) => i % step === 0 || i === all.length - 1);
}

/** What is said at a step: a heading and a line for each series or mark. */
function said(data, step) {
  if (data.kind === 'cells') return {heading: data.cells[step].tip, items: []};
  if (data.kind === 'lines') return {heading: placeText(data, step), items: readings(data, step)};
  const tips = new Set([...data.bars, ...data.dots].filter((mark) => mark.row === step).map((mark) => mark.tip));
  return {heading: data.rows[step], items: [...tips].map((text) => ({text}))};
}

/** The same as one sentence, for those who hear it. */
function sentence({heading, items}) {
  return items.length ? `${heading}: ${items.map((item) => (item.name ? `${item.name} ${item.text}` : item.text)).join('; ')}` : heading;
}
