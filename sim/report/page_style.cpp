#include "sim/report/page_style.h"

namespace vfstock::sim::report {
namespace {

constexpr std::string_view sheet = R"(
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --faint: #d0d7de; --soft: #57606a;
  --wide: #cfe3f7; --narrow: #8fbce6; --line: #0b3d91; --mark: #a04a00; --a: #b3245c; --b: #1a7f37;
  --c: #7a4dc9; --d: #8a6100; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --faint: #30363d;
  --soft: #9da7b1; --wide: #16385c; --narrow: #2a639b; --line: #cfe6ff; --mark: #ffb366;
  --a: #ff8fb8; --b: #6fdd8b; --c: #c8adff; --d: #e8c468; } }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 1.5rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin-bottom: .2rem; }
h2 { font-size: 1.2rem; margin-top: 2.2rem; border-top: 1px solid var(--faint); padding-top: 1rem; }
h3 { font-size: 1rem; margin-bottom: .2rem; }
.sentence { font-size: 1.1rem; }
.soft, figcaption { color: var(--soft); font-size: .9rem; }
figure { margin: 1rem 0; max-width: 46rem; }
svg { width: 100%; height: auto; display: block; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.tight { display: none; }
td svg { width: 15rem; max-width: 100%; }
.grid { stroke: var(--faint); stroke-width: 1; }
.axis { stroke: var(--soft); stroke-width: 1; }
.wide { fill: var(--wide); stroke: var(--line); stroke-width: .8; stroke-dasharray: 2 3; }
.narrow { fill: var(--narrow); stroke: var(--line); stroke-width: .8; stroke-dasharray: 6 3; }
.median, .curve { fill: none; stroke: var(--line); stroke-width: 2.5; }
.mark { stroke: var(--mark); stroke-width: 1.5; stroke-dasharray: 1 3; }
.zero { stroke: var(--soft); stroke-width: 1; }
.interval { stroke: var(--line); stroke-width: 3; }
.point, .bar { fill: var(--line); }
.hollow { fill: var(--paper); stroke: var(--line); stroke-width: 1.5; }
.chosen { fill: none; stroke: var(--mark); stroke-width: 2.5; }
.band-0, .band-1, .band-2, .band-3, .band-4, .band-5 { stroke: var(--line); stroke-width: 1.5; }
.band-0 { fill: var(--wide); }
.band-1 { fill: var(--narrow); stroke-dasharray: 6 3; }
.band-2 { fill: var(--paper); }
.band-3 { fill: var(--faint); stroke-dasharray: 2 3; }
.band-4 { fill: var(--soft); }
.band-5 { fill: none; stroke-dasharray: 1 4; }
.line-0, .line-1, .line-2, .line-3, .line-4, .line-5 { fill: none; stroke-width: 2; }
.line-0 { stroke: var(--a); stroke-dasharray: 8 3; }
.line-1 { stroke: var(--b); stroke-dasharray: 2 3; }
.line-2 { stroke: var(--c); stroke-dasharray: 8 3 2 3; }
.line-3 { stroke: var(--d); stroke-dasharray: 14 4; }
.line-4 { stroke: var(--a); stroke-dasharray: 1 5; }
.line-5 { stroke: var(--b); stroke-dasharray: 10 3 2 3 2 3; }
.key { display: inline-block; width: 2.6rem; height: .8rem; vertical-align: middle; }
input.show { margin: 0 .3rem 0 0; }
label.show { display: block; font-size: .9rem; }
.hide-0:not(:checked) ~ div .overlay-0, .hide-1:not(:checked) ~ div .overlay-1,
.hide-2:not(:checked) ~ div .overlay-2, .hide-3:not(:checked) ~ div .overlay-3,
.hide-4:not(:checked) ~ div .overlay-4, .hide-5:not(:checked) ~ div .overlay-5 { display: none; }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top; }
table.summary th, table.summary td { border-bottom: 1px solid var(--faint); overflow-wrap: normal; }
.date, .better, .worse, .unclear { white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.better::before { content: "\25B2  "; } .worse::before { content: "\25BC  "; }
.better { color: var(--b); font-weight: 600; } .worse { color: var(--a); font-weight: 600; }
.unclear { color: var(--soft); }
summary { cursor: pointer; color: var(--soft); }
a { color: inherit; }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
@media (max-width: 40rem) {
  .roomy { display: none; } .tight { display: block; }
  table.stacked thead { display: none; }
  table.stacked, table.stacked tbody, table.stacked tr, table.stacked td, table.stacked th {
    display: block; width: 100%; border: 0; padding: .1rem 0; text-align: left;
    white-space: normal; }
  table.stacked tr { border-bottom: 1px solid var(--faint); padding: .5rem 0; }
  table.stacked td[data-label]:not([data-label=""])::before { content: attr(data-label);
    display: inline-block; min-width: 6rem; padding-right: .5rem; color: var(--soft);
    font-size: .9rem; }
  table.stacked td:empty { display: none; }
  details { overflow-x: auto; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --faint: #bbb; --soft: #333;
    --wide: #ddd; --narrow: #aaa; --line: #000; --mark: #000; --a: #000; --b: #444; --c: #000;
    --d: #444; }
  body { max-width: none; margin: 0; font-size: 11pt; }
  .roomy { display: block; } .tight, nav, label.show, input.show { display: none; }
  details:not([open]) { display: none; }
  h2, h3 { break-after: avoid; } figure, tr { break-inside: avoid; }
}
)";

}  // namespace

std::string_view forecast_page_style() noexcept { return sheet; }

}  // namespace vfstock::sim::report
