// What a chart says, as words one after the other and as CSV.

import {day} from './specs.js';

/** Steps for the arrow keys: a sentence for each date, row or cell. */
export function sentences(data) {
  if (data.kind === 'cells') return data.cells.map((cell) => cell.tip);
  if (data.kind === 'rows') return [...new Set([...data.bars, ...data.dots].sort((a, b) => a.row - b.row).map((mark) => mark.tip))];
  const lines = data.lines.length ? data.lines : data.areas.map((area) => ({...area, y: area.high.map((high, i) => high - area.low[i])}));
  const dates = lines.length ? lines.reduce((a, b) => (b.x.length > a.x.length ? b : a)).x : [];
  const step = Math.max(1, Math.ceil(dates.length / 60));
  return dates.filter((_, i) => i % step === 0 || i === dates.length - 1).map((x) => {
    const found = lines.flatMap((line) => {
      const i = line.x.indexOf(x);
      return i < 0 ? [] : [`${line.name} ${Number(line.y[i].toPrecision(4))}`];
    });
    return `${day(x)}: ${found.join(', ')}`;
  });
}

/** RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe before it. */
function field(value) {
  if (typeof value === 'number') return String(value);
  const text = /^[ ]*[=+\-@\t\r\0]/.test(value) ? "'" + value : value;
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

export function csv(data) {
  const table = [];
  if (data.kind === 'lines') {
    table.push(['name', 'date', 'value', 'low', 'high']);
    for (const line of data.lines) line.x.forEach((x, i) => table.push([line.name, new Date(x).toISOString(), line.y[i], '', '']));
    for (const area of data.areas)
      area.x.forEach((x, i) => table.push([area.name, new Date(x).toISOString(), area.high[i] - area.low[i], area.low[i], area.high[i]]));
  } else if (data.kind === 'rows') {
    const value = (x) => (data.x.kind === 'date' ? new Date(x).toISOString() : x);
    table.push(['row', 'from', 'to', 'at', 'says']);
    for (const bar of data.bars) table.push([data.rows[bar.row], value(bar.from), value(bar.to), '', bar.tip]);
    for (const dot of data.dots) table.push([data.rows[dot.row], '', '', value(dot.at), dot.tip]);
  } else {
    table.push([data.x.title, data.y.title || 'row', 'winner', 'says']);
    for (const cell of data.cells) table.push([data.x.values[cell.x], data.y.values[cell.y], cell.name, cell.tip]);
  }
  return table.map((row) => row.map(field).join(',') + '\r\n').join('');
}
