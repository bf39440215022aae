"""What a browser is asked about a page that is open: scripts that return what is wrong, each as a list of texts."""

# Text against what is behind it, as WCAG 2.1 AA counts: 4.5, or 3 for large letters. Names within areas stand on the area.
CONTRAST = """(() => {
  const numbers = (colour) => { const found = colour.match(/[\\d.]+/g).map(Number); return found.length < 4 ? [...found, 1] : found; };
  const luminance = (rgb) => rgb.slice(0, 3).map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const area = (element) => {
    const on = [...element.classList].find((name) => /^on\\d$/.test(name));
    const found = on && element.ownerSVGElement.querySelector(`path.area.g${on[2]}`);
    return found && getComputedStyle(found).fill;
  };
  const behind = (element) => {
    if (area(element)) return numbers(area(element));
    for (let each = element; each; each = each.parentElement) {
      const colour = numbers(getComputedStyle(each).backgroundColor);
      if (colour[3] > 0) return colour;
    }
    return [255, 255, 255, 1];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('script,style,title,desc') || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const front = numbers(element.ownerSVGElement ? style.fill : style.color);
    const [a, b] = [luminance(front), luminance(behind(element))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700) ? 3 : 4.5;
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < least) poor.push(`${node.data.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return poor;
})()"""

# Labels of one chart whose letters touch. A box of text is higher than its letters by a fifth above and below.
OVERLAPS = """(() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg.chart')) {
    const boxes = [...svg.querySelectorAll('text')].filter((each) => each.textContent && each.checkVisibility()).map((each) => {
      const box = each.getBoundingClientRect();
      return {text: each.textContent, left: box.left, right: box.right, top: box.top + 0.2 * box.height, bottom: box.bottom - 0.2 * box.height};
    });
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5)
        found.push(`${svg.closest('figure').id}: "${a.text}" and "${b.text}"`);
    }));
  }
  return found;
})()"""

# Labels that leave their chart, texts that a box hides, and labels that were shortened.
CUT = """(() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg.chart')) {
    const all = svg.getBoundingClientRect();
    for (const text of svg.querySelectorAll('text')) {
      const box = text.getBoundingClientRect();
      if (!text.textContent) continue;
      if (box.left < all.left - 1 || box.right > all.right + 1 || box.top < all.top - 2 || box.bottom > all.bottom + 2)
        found.push(`${svg.closest('figure').id}: "${text.textContent}" leaves its chart`);
      if (text.textContent.includes('\\u2026')) found.push(`${svg.closest('figure').id}: "${text.textContent}" is shortened`);
    }
  }
  for (const each of document.querySelectorAll('body *')) {
    if (each.closest('svg, .scroll, .readout, .hidden, .desk') || !each.checkVisibility()) continue;
    const style = getComputedStyle(each);
    if (style.overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1) found.push(`<${each.tagName}> ${each.className} hides text`);
    const box = each.getBoundingClientRect();
    if (box.width > 0 && box.right > document.documentElement.clientWidth + 1) found.push(`<${each.tagName}> ${each.className} leaves the page`);
  }
  return found;
})()"""

# Where a chart of lines ends by what it says, and the last row of its table: what differs by more than the digits that are shown.
ENDS = """(() => {
  const wrong = [];
  let compared = 0;
  const number = (text) => parseFloat(text.replaceAll(',', ''));
  for (const figure of document.querySelectorAll('figure')) {
    const table = figure.querySelector('table');
    const data = JSON.parse(figure.querySelector('script.data').textContent);
    if (!table || data.kind !== 'lines') continue;
    const picture = figure.querySelector('.picture');
    picture.dispatchEvent(new KeyboardEvent('keydown', {key: 'End'}));
    const said = new Map([...figure.querySelectorAll('.tip li')].map((each) => [each.textContent.split(': ')[0], each.textContent.split(': ')[1]]));
    const heads = [...table.querySelectorAll('thead th')].slice(1).map((each) => each.textContent);
    const cells = [...table.querySelectorAll('tbody tr:last-child td')].map((each) => each.textContent);
    picture.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}));
    heads.forEach((head, i) => {
      const name = [...said.keys()].filter((each) => head === each || head.startsWith(each + ' ')).sort((a, b) => b.length - a.length)[0];
      const [chart, row] = [number(said.get(name) ?? ''), number(cells[i])];
      if (!Number.isFinite(chart) || !Number.isFinite(row)) return;
      ++compared;
      // Half of the last digit that the table shows, and of the four that the chart says.
      const [mantissa, exponent] = cells[i].split('e');
      const digit = 10 ** (exponent ? exponent - 2 : -(mantissa.split('.')[1] ?? '').length);
      if (Math.abs(chart - row) > 0.51 * digit + 6e-4 * Math.abs(chart))
        wrong.push(`${figure.id}: ${head} ends at ${said.get(name)}, its table at ${cells[i]}`);
    });
  }
  return {wrong, compared};
})()"""

# Every button is pressed; what it would save is kept instead.
EXPORTS = """(async () => {
  const saved = [];
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () { saved.push([this.download, this.href]); };
  const buttons = [...document.querySelectorAll('.buttons button')];
  for (const button of buttons) {
    const before = saved.length;
    button.click();
    for (let i = 0; i < 500 && saved.length === before; ++i) await new Promise((done) => setTimeout(done, 5));
  }
  HTMLAnchorElement.prototype.click = click;
  const parsed = saved.filter(([name]) => name.endsWith('.svg')).map(([, href]) =>
    new DOMParser().parseFromString(decodeURIComponent(href.slice(href.indexOf(',') + 1)), 'image/svg+xml'));
  const dark = parsed.filter((each) => each.querySelector('rect').getAttribute('fill') !== 'rgb(255, 255, 255)').length;
  const bare = parsed.filter((each) => !/Writtenbyfleetrace.*Saved\\d{4}-\\d\\d-\\d\\d/.test(each.documentElement.textContent.replaceAll(/\\s/g, ''))).length;
  return {buttons: buttons.length, names: saved.map(([name]) => name), bad: parsed.filter((each) => each.querySelector('parsererror')).length,
          dark, bare, foreign: parsed.reduce((sum, each) => sum + each.querySelectorAll('script,image,foreignObject,a,style').length, 0),
          png: saved.filter(([name, href]) => name.endsWith('.png') && href.startsWith('data:image/png;base64,iVBOR') && href.length > 2000).length,
          csv: saved.filter(([name]) => name.endsWith('.csv')).map(([, href]) => decodeURIComponent(href.slice(href.indexOf(',') + 1)))};
})()"""

# Whatever axe-core finds against WCAG 2.1 A and AA, and its best practices.
AXE = """axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.map((each) =>
  `${each.id}: ${each.help} (${each.nodes.length} times, ${each.nodes[0].html.slice(0, 120)})`))"""
