// Charts and their values as files. A saved picture is light, stands alone and says what it is of.

/** RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe before it. */
function field(value) {
  if (typeof value === 'number') return String(value);
  const text = /^[ ]*[=+\-@\t\r\0]/.test(value) ? "'" + value : value;
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

function csv(data) {
  const place = (x) => (data.x.kind === 'date' ? new Date(x).toISOString() : x);
  const table = [];
  if (data.kind === 'lines') {
    table.push(['name', data.x.kind === 'date' ? 'date' : data.x.title || 'x', 'value', 'low', 'high', 'unit']);
    for (const line of data.lines) placesOf(data, line).forEach((x, i) => table.push([line.name, place(x), line.y[i], '', '', data.y.unit]));
    for (const area of data.areas)
      placesOf(data, area).forEach((x, i) => table.push([area.name, place(x), area.high[i] - area.low[i], area.low[i], area.high[i], data.y.unit]));
  } else if (data.kind === 'rows') {
    table.push(['row', 'from', 'to', 'at', 'says']);
    for (const bar of data.bars) table.push([data.rows[bar.row], place(bar.from), place(bar.to), '', bar.tip]);
    for (const dot of data.dots) table.push([data.rows[dot.row], '', '', place(dot.at), dot.tip]);
  } else {
    table.push([data.x.title, data.y.title || 'row', 'winner', 'says']);
    for (const cell of data.cells) table.push([data.x.values[cell.x], data.y.values[cell.y], cell.name, cell.tip]);
  }
  return table.map((row) => row.map(field).join(',') + '\r\n').join('');
}

const SVG = 'http://www.w3.org/2000/svg';

function drawn(name, attributes, text = '') {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

/** Lines of at most so many characters. */
function broken(text, most) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length >= most) lines.push(word);
    else lines[last] += (lines[last] ? ' ' : '') + word;
  }
  return lines;
}

const KEPT = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'font-size', 'font-weight',
  'text-anchor', 'paint-order'];

/** A picture of a figure as the text of an SVG file: title, legend, chart, source and date, each with colours of its own. */
function standalone(figure) {
  const chart = figure.querySelector('svg.chart').cloneNode(true);
  for (const each of chart.querySelectorAll('.reading')) each.remove();
  const box = chart.viewBox.baseVal;
  const margin = 14;
  const whole = drawn('svg', {class: 'chart'});
  let y = 8;
  const write = (text, attributes, most, step) => {
    for (const line of broken(text, most)) whole.append(drawn('text', {x: margin, y: (y += step), ...attributes}, line));
  };
  write(figure.querySelector('h3').textContent, {'font-size': 15, 'font-weight': 600}, 52, 18);
  const note = figure.querySelector('figcaption p')?.textContent;
  if (note) write(note, {'font-size': 11, class: 'unit'}, 76, 15);
  let x = margin;
  const keys = [...figure.querySelectorAll('.legend li')];
  if (keys.length) y += 20;
  for (const key of keys) {
    const width = 46 + 7 * key.textContent.length;
    if (x > margin && x + width > box.width) [x, y] = [margin, y + 16];
    const mark = key.querySelector('path').cloneNode(true);
    mark.setAttribute('transform', `translate(${x} ${y - 9})`);
    whole.append(mark, drawn('text', {x: x + (key.querySelector('.square') ? 16 : 40), y, 'font-size': 12}, key.textContent));
    x += width;
  }
  const place = drawn('g', {transform: `translate(${margin} ${y + 12})`});
  place.append(...chart.children);
  whole.append(place);
  y += 12 + box.height;
  const source = `${document.querySelector('h1').textContent}. ${document.querySelector('footer').textContent.trim()} Saved ${day(Date.now())}.`;
  write(source, {'font-size': 10, class: 'unit'}, 84, 14);
  const [width, height] = [box.width + 2 * margin, y + 10];
  whole.prepend(drawn('rect', {class: 'paper', width, height}));
  // Colours are those of the light theme, whatever holds on the page.
  const desk = document.createElement('div');
  desk.className = 'light desk';
  desk.append(whole);
  document.body.append(desk);
  for (const element of whole.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    if (/^(path|line|rect|text)$/.test(element.tagName)) {
      for (const name of KEPT) if (name !== 'font-size' || !element.hasAttribute(name)) element.setAttribute(name, style.getPropertyValue(name));
    }
    for (const name of ['class', 'id', 'aria-labelledby']) element.removeAttribute(name);
  }
  desk.remove();
  for (const each of whole.querySelectorAll('title, desc')) each.remove();
  whole.removeAttribute('class');
  for (const [name, value] of Object.entries({viewBox: `0 0 ${width} ${height}`, width: 2 * width, height: 2 * height,
    'font-family': 'Arial, Helvetica, sans-serif'})) whole.setAttribute(name, value);
  return {text: new XMLSerializer().serializeToString(whole), width, height};
}

const address = (type, text) => `data:${type};charset=utf-8,${encodeURIComponent(text)}`;

/** Saves under a name; an address of its own is not fetched but kept. */
function save(name, href) {
  const link = document.createElement('a');
  link.download = name;
  link.href = href;
  link.click();
}

async function savePng(figure, name) {
  const {text, width, height} = standalone(figure);
  const image = new Image();
  image.src = address('image/svg+xml', text);
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [4 * width, 4 * height];
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  save(name, canvas.toDataURL('image/png'));
}
