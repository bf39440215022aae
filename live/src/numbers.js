// Numbers and dates for people.

const SCALES = [[1e12, ' trillion'], [1e9, ' billion'], [1e6, ' million']];

/** Three significant digits, without an exponent: 0.0826, 12.3, 25,200. */
function digits(value, count = 3) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '\u2013';
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(count));
  const size = Math.abs(rounded);
  if (size >= 1e15 || size < 1e-6) return rounded.toExponential(count - 1);
  return rounded.toLocaleString('en-US', {maximumFractionDigits: 12, useGrouping: size >= 10000});
}

/** A large number in words: "2.13 billion". */
function words(value, count = 3) {
  const scale = SCALES.find(([size]) => Math.abs(value) >= size * 0.9995);
  return scale ? digits(value / scale[0], count) + scale[1] : digits(value, count);
}

const loss = (value) => value.toFixed(value < 0.1 ? 4 : 3);
/** Two losses with as many digits as tell them apart. */
function lossesApart(a, b) {
  let count = 3;
  while (count < 6 && a.toFixed(count) === b.toFixed(count)) ++count;
  return [a, b].map((each) => (count === 3 ? loss(each) : each.toFixed(count)));
}
const dollars = (value) => words(value) + ' USD';

/** A relative change in words: "+5.0 %", or nothing where it is below what arithmetic tells. */
function change(before, now) {
  if (!(Math.abs(now - before) > 1e-9 * Math.max(Math.abs(now), Math.abs(before)))) return '';
  if (!(before > 0)) return '';
  const percents = 100 * (now / before - 1);
  const size = Math.abs(percents);
  return (percents < 0 ? '\u2212' : '+') + (size >= 1000 ? words(size) : digits(size, size < 10 ? 2 : 3)) + ' %';
}

const YEAR = 31557600000;
const year = (time) => new Date(time).getUTCFullYear();
const month = (time) => new Date(time).toISOString().slice(0, 7);
const years = (length) => digits(length / YEAR, 2) + (length === YEAR ? ' year' : ' years');

const escaped = (text) => String(text).replace(/[&<>"']/g, (c) => '&#' + c.charCodeAt(0) + ';');
