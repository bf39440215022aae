// Colours and letters, from the page's own style sheet: one place says what a theme looks like.

const DASHES = [[], [7, 3], [3, 2], [9, 3, 2, 3]];

/** The colours that hold now, in light or in dark. */
export function look() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue('--' + name).trim();
  return {
    page: colour('page'),
    panel: colour('panel'),
    text: colour('text'),
    quiet: colour('quiet'),
    rule: colour('rule'),
    /** Of a class list such as "soft c3": its colour, dash and opacity. */
    of(classes) {
      const words = classes.split(' ');
      const hue = words.find((word) => /^[cg]\d$/.test(word));
      const dash = words.find((word) => /^d\d$/.test(word));
      const opacity = words.includes('soft') ? 0.35 : words.includes('band') ? 0.2 : 1;
      return {colour: hue ? colour(hue) : colour('panel'), dash: DASHES[dash ? +dash[1] : 0], opacity};
    },
  };
}

/** What all charts share. */
export function config(theme) {
  const letters = {labelFontSize: 12, titleFontSize: 12, labelColor: theme.text, titleColor: theme.quiet};
  return {
    background: theme.page,
    font: 'system-ui, -apple-system, "Segoe UI", sans-serif',
    view: {stroke: null},
    mark: {aria: false},
    axis: {
      ...letters,
      aria: false,
      domainColor: theme.quiet,
      tickColor: theme.quiet,
      gridColor: theme.rule,
      gridWidth: 0.6,
      titleFontWeight: 'normal',
      labelOverlap: true,
    },
    text: {fontSize: 12},
  };
}
