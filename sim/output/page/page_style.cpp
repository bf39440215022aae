#include "sim/output/page/page_style.hpp"

namespace fleetrace::output::page {

// Colours c0 to c7 keep 3:1 against the background and neighbours differ in dash, too; g0 to g7 run from dark to light, as
// viridis of matplotlib (CC0) does, so that their order holds for the colour-blind and in grey. Text keeps 4.5:1. The tests
// compute all of it.
std::string_view style() {
  return R"(:root{color-scheme:light dark}
:root,.light{--page:#ffffff;--panel:#f5f6f7;--text:#1b1f23;--quiet:#57606a;--rule:#d0d7de;
--link:#0550ae;--mark:#8a3d00;--markbg:#fff1e0;--on:#ffffff;
--c0:#0072b2;--c1:#c24e00;--c2:#00795c;--c3:#a63a82;--c4:#57606a;--c5:#6a4fc0;--c6:#8a6d00;--c7:#b3261e;
--g0:#440154;--g1:#46327e;--g2:#365c8d;--g3:#277f8e;--g4:#1fa187;--g5:#4ac16d;--g6:#a0da39;--g7:#fde725}
@media screen and (prefers-color-scheme:dark){:root{--page:#14171a;--panel:#1e2226;--text:#e6e9ec;--quiet:#a3adb8;--rule:#3a4149;
--link:#79b8ff;--mark:#ffb86b;--markbg:#3a2a14;--on:#111111;
--c0:#56b4e9;--c1:#ff9a4d;--c2:#2fc79a;--c3:#f08cc0;--c4:#c4ccd4;--c5:#a99cf5;--c6:#e0c04a;--c7:#ff8a80;
--g0:#6a4a9c;--g1:#6663b5;--g2:#5080b8;--g3:#3b99b2;--g4:#33b29d;--g5:#5fcb7c;--g6:#aadd4a;--g7:#fde725}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main,header,footer{max-width:1400px;margin:0 auto;padding:0 16px}
header{padding-top:20px}
.opening{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,560px);gap:0 40px;align-items:start}
.opening figure{display:block;margin:.4rem 0 .6rem}
.question{font-size:1.1rem;margin:.5rem 0 0;max-width:60ch}
.cost{font-size:1.1rem;margin:0 0 .6rem;max-width:60ch}
.terms{color:var(--quiet);font-size:.875rem;border-left:3px solid var(--rule);padding-left:10px;margin:.8rem 0}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.2rem 1rem;font-size:.875rem;max-width:110ch}
dt{font-weight:600}
dd{margin:0}
h1{font-size:1.15rem;font-weight:600;color:var(--quiet);margin:0;overflow-wrap:anywhere}
h2{font-size:1.3rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--rule);padding-bottom:.3rem}
h3{font-size:1rem;margin:0;overflow-wrap:anywhere}
p,li{max-width:80ch;overflow-wrap:anywhere}
.answer{font-size:1.5rem;line-height:1.3;font-weight:600;margin:.4rem 0 .6rem;max-width:52ch}
.more{font-size:1.1rem;margin:0 0 .6rem;max-width:70ch}
.certainty{color:var(--quiet);margin:0 0 1rem}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;padding:0;margin:.6rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,button:focus-visible,.scroll:focus-visible,.interactive:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr));gap:0 32px;margin-bottom:1rem}
figure{margin:0 0 24px;min-width:0;display:grid;grid-row:span 4;grid-template-rows:subgrid}
figcaption p{margin:.1rem 0 0;color:var(--quiet);font-size:.875rem}
.legend{align-self:end;display:flex;flex-wrap:wrap;gap:2px 16px;list-style:none;padding:0;margin:.4rem 0;font-size:.875rem}
.legend li{min-width:0}
.key{width:34px;height:10px;margin-right:6px}
.square{width:11px;height:11px;margin-right:6px}
svg.chart{display:block;width:100%;height:auto;max-width:560px;font:12px system-ui,-apple-system,"Segoe UI",sans-serif}
.chart text{fill:var(--text)}
svg .unit{fill:var(--quiet)}
svg .end{text-anchor:end}
svg .middle{text-anchor:middle}
svg .mark{fill:var(--quiet);font-size:11px;paint-order:stroke;stroke:var(--page);stroke-width:3px}
.chart .layer{stroke:none;pointer-events:none}
.chart .on0,.chart .on1{fill:#ffffff}.chart .on2,.chart .on3{fill:var(--on)}
.chart .on4,.chart .on5,.chart .on6,.chart .on7{fill:#111111}
svg .margin{fill:var(--text);font-size:11px}
.grid{stroke:var(--rule);stroke-width:.6}
.axis,.tick{stroke:var(--quiet);stroke-width:1}
.level{stroke:var(--quiet);stroke-width:1;stroke-dasharray:1 3}
.line{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke:var(--text)}
.area{stroke:var(--page);stroke-width:.5}
.c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}.c3{stroke:var(--c3)}
.c4{stroke:var(--c4)}.c5{stroke:var(--c5)}.c6{stroke:var(--c6)}.c7{stroke:var(--c7)}
.rest{stroke:var(--quiet);stroke-width:1;stroke-opacity:.45}
.limit{stroke:var(--text);stroke-width:1.4;stroke-dasharray:2 3}
svg text.name.limit{fill:var(--text)}
.paper{fill:var(--page)}
.reading line{stroke-dasharray:2 2}
.reading circle{fill:var(--page);stroke-width:2;stroke-dasharray:none}
.reading .frame{fill:none;stroke:var(--text);stroke-width:1}
.d1{stroke-dasharray:7 3}.d2{stroke-dasharray:3 2}.d3{stroke-dasharray:9 3 2 3}
.g0{fill:var(--g0)}.g1{fill:var(--g1)}.g2{fill:var(--g2)}.g3{fill:var(--g3)}
.g4{fill:var(--g4)}.g5{fill:var(--g5)}.g6{fill:var(--g6)}.g7{fill:var(--g7)}
.square .area{stroke:var(--quiet);stroke-width:1}
.bar.c0,.band.c0,.cell.c0,.name.c0{fill:var(--c0)}.bar.c1,.band.c1,.cell.c1,.name.c1{fill:var(--c1)}
.bar.c2,.band.c2,.cell.c2,.name.c2{fill:var(--c2)}.bar.c3,.band.c3,.cell.c3,.name.c3{fill:var(--c3)}
.bar.c4,.band.c4,.cell.c4,.name.c4{fill:var(--c4)}.bar.c5,.band.c5,.cell.c5,.name.c5{fill:var(--c5)}
.bar.c6,.band.c6,.cell.c6,.name.c6{fill:var(--c6)}.bar.c7,.band.c7,.cell.c7,.name.c7{fill:var(--c7)}
svg text.name{stroke:none;font-weight:600}
svg .bar{stroke:none}
svg .bar.soft{fill-opacity:.35}
svg .band{stroke:none;fill-opacity:.2}
svg .bar.base,svg .band.base{fill:var(--quiet)}
svg .bar.nothing{fill:none}
svg .cell{stroke:var(--page);stroke-width:1;fill-opacity:.3}
svg .cell.base{fill:var(--quiet)}
svg .cell.none{fill:var(--panel);fill-opacity:1}
.quiet{color:var(--quiet);font-size:.875rem}
.picture{min-width:0;position:relative;max-width:560px}
.interactive{cursor:crosshair;touch-action:pan-y}
.tip{position:absolute;z-index:9;pointer-events:none;background:var(--page);color:var(--text);border:1px solid var(--quiet);
border-radius:4px;padding:4px 8px;font-size:.8125rem;max-width:min(300px,96%);overflow-wrap:anywhere}
.tip[hidden]{display:none}
.tip ul{list-style:none;margin:2px 0 0;padding:0}
.tip .named{font-weight:700}
.readout,.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);margin:0}
.desk{position:absolute;left:-9999px;top:0;width:440px}
.tools{display:flex;flex-wrap:wrap;align-items:flex-start;gap:4px 16px;min-width:0;max-width:560px}
.tools details{flex:1 1 12em}
.buttons{display:flex;gap:6px;margin:.3rem 0 0 auto}
button{font:inherit;font-size:.8125rem;color:var(--link);background:var(--page);border:1px solid var(--quiet);
border-radius:4px;padding:2px 8px;min-height:26px;cursor:pointer}
details{margin:.4rem 0;min-width:0}
summary{cursor:pointer;color:var(--link);font-size:.875rem;overflow-wrap:anywhere}
.scroll{overflow:auto;margin:.5rem 0}
figure .scroll{max-height:24rem}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--quiet);padding:.2rem 0}
th,td{padding:.25rem .6rem;text-align:left;border-bottom:1px solid var(--rule);vertical-align:bottom}
tbody th{font-weight:600;vertical-align:top;min-width:min(16em,50vw);overflow-wrap:anywhere}
td{vertical-align:top;text-align:right;white-space:nowrap}
td.words{text-align:left;white-space:normal}
th.number{text-align:right}
pre{background:var(--panel);padding:.8rem;margin:0;font-size:.8125rem;line-height:1.45;tab-size:4}
code{overflow-wrap:anywhere}
mark{background:var(--markbg);color:var(--mark);font-weight:600}
footer{color:var(--quiet);font-size:.875rem;padding-bottom:32px}
@media (max-width:900px){.opening{grid-template-columns:minmax(0,1fr)}}
@media (max-width:560px){dl{grid-template-columns:minmax(0,1fr)}.answer{font-size:1.2rem}svg.chart{font-size:13px}svg .mark{font-size:12px}}
@media print{:root{color-scheme:light}body{font-size:10.5pt}main,header,footer{max-width:none;padding:0}nav,.tip,.readout,.buttons{display:none}
.opening{grid-template-columns:1fr 1fr}.scroll{overflow:visible;max-height:none}.charts{grid-template-columns:1fr 1fr}
figure,tr{break-inside:avoid}h2{break-after:avoid}pre{white-space:pre-wrap;overflow-wrap:anywhere}}
)";
}

}  // namespace fleetrace::output::page
