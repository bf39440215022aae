// Every chart of the page answers from here on. How long that took since the page began to open stands in data-ready [ms].

for (const figure of document.querySelectorAll('figure')) new Chart(figure);
document.documentElement.dataset.ready = Math.round(performance.now());
document.documentElement.dataset.charts = 'drawn';
