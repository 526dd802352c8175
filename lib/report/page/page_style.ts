/** How the page looks: light or dark as the reader's system is, on a screen of any width, and on paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2127; --dim: #5b6672; --line: #d5dae0; --tile: #f4f6f8;
  --created: #1a7f4b; --updated: #1f5fb8; --unchanged: #8a949e; --rejected: #b3261e; --old: #fbe5e3; --new: #dff3e6; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181d; --ink: #e6eaee; --dim: #9aa5b1; --line: #333b44;
  --tile: #1d232a; --created: #4cc38a; --updated: #6aa5f5; --unchanged: #6b7580; --rejected: #ff8a80; --old: #4a2320;
  --new: #16402a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 16px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; } h3 { font-size: 1rem; margin: 0; }
p { margin: .25rem 0; } .dim, h3 small { color: var(--dim); font-weight: normal; font-size: .875rem; }
.verdict { font-size: 1.1rem; } .bad { color: var(--rejected); font-weight: 600; }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .5rem; margin: 1rem 0 .5rem; }
.counts div { background: var(--tile); border-radius: .5rem; padding: .5rem .75rem; border-left: .25rem solid var(--line); }
.counts b { display: block; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.counts .created { border-color: var(--created); } .counts .updated { border-color: var(--updated); }
.counts .unchanged, .counts .skipped { border-color: var(--unchanged); } .counts .rejected { border-color: var(--rejected); }
.bar { display: block; width: 100%; height: .75rem; border-radius: .375rem; }
rect.created { fill: var(--created); } rect.updated { fill: var(--updated); } rect.unchanged, rect.skipped { fill: var(--unchanged); }
rect.rejected { fill: var(--rejected); }
#filters { position: sticky; top: 0; background: var(--paper); border-bottom: 1px solid var(--line); padding: .5rem 0;
  display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; } #filters[hidden] { display: none; }
#filters input[type=search] { flex: 1 1 12rem; } #filters input, #filters select { font: inherit; max-width: 100%; }
article { border-top: 1px solid var(--line); padding: .6rem 0; content-visibility: auto; contain-intrinsic-size: auto 5rem; }
article ul { margin: .25rem 0; padding-left: 1.25rem; } table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .15rem .5rem .15rem 0; font-weight: normal; }
th { color: var(--dim); width: 28%; } td { white-space: pre-wrap; } td.number { text-align: right; width: 20%; }
del { background: var(--old); text-decoration: none; } ins { background: var(--new); text-decoration: none; }
del, ins { border-radius: .2rem; padding: 0 .2rem; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
summary { color: var(--dim); font-size: .875rem; cursor: pointer; }
@media (max-width: 34rem) { body { padding: .75rem; } article th, article td { display: block; width: auto; } }
@media print { #filters { display: none; } article { break-inside: avoid; content-visibility: visible; } }
`;
