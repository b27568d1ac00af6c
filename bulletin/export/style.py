"""How the web page and the printed pages look; colours hold 4.5 to 1 against what is behind them, light and dark."""

WEB = """
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #4a5563; --back: #ffffff; --line: #c9d0d9;
  --link: #004f9e; --mark: #fff4d6; --mark-ink: #4d3800; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebef; --quiet: #b3bcc8; --back: #15181c; --line: #3c444f; --link: #8ec2ff; --mark: #3a2f10;
    --mark-ink: #ffe5a3; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 44rem; background: var(--back); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1 { font-size: clamp(1.5rem, 5vw, 2.1rem); line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 2.4rem 0 .8rem;
  padding-top: 1rem; border-top: 2px solid var(--line); }
h3, .items h2 { font-size: 1.0625rem; line-height: 1.4; margin: 0; padding: 0; border: 0; }
ul, ol { padding-left: 1.3rem; }
.items { list-style: none; padding: 0; margin: 0; }
.items > li { margin: 0 0 1.5rem; }
.items p { margin: .2rem 0 0; }
.lead, .details, .small { color: var(--quiet); }
.details, .small { font-size: .9375rem; }
.draft { background: var(--mark); color: var(--mark-ink); padding: .6rem .8rem; border-radius: .25rem;
  font-weight: 600; }
.note { border-left: 3px solid var(--line); padding-left: .75rem; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 2px solid var(--line); }
@media print { body { max-width: none; padding: 0; } }
"""

PRINT = """
@page { size: A4; margin: 22mm 20mm 20mm;
  @top-left { content: string(paper);
    font: 8.5pt/1.3 "Liberation Sans", Arial, "DejaVu Sans", sans-serif; color: #4a5563; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages);
    font: 8.5pt/1.3 "Liberation Sans", Arial, "DejaVu Sans", sans-serif; color: #4a5563; }
}
@page :first { @top-left { content: none; } }
body { font: 10.5pt/1.45 "Liberation Sans", Arial, "Noto Sans", "DejaVu Sans", sans-serif; color: #1b1f24;
  overflow-wrap: anywhere; }
a { color: #004f9e; }
h1 { font-size: 21pt; line-height: 1.2; margin: 0 0 2mm; string-set: paper content(); }
h2 { font-size: 14pt; line-height: 1.25; margin: 8mm 0 3mm; padding-bottom: 1mm; border-bottom: .6pt solid #8a94a0;
  break-after: avoid; }
h3, .items h2 { font-size: 10.5pt; line-height: 1.35; margin: 0; padding: 0; border: 0; break-after: avoid; }
ul { padding-left: 5mm; margin: 2mm 0; }
.items { list-style: none; padding: 0; margin: 0; }
.items > li { margin: 0 0 4mm; }
p { margin: .6mm 0 0; orphans: 2; widows: 2; }
.lead, .details, .small { color: #4a5563; }
.details, .small { font-size: 9.5pt; }
.draft { font-weight: bold; border: .8pt solid #4d3800; color: #4d3800; padding: 2mm; margin: 0 0 4mm; }
.note { border-left: 1.5pt solid #8a94a0; padding-left: 3mm; }
footer { margin-top: 8mm; padding-top: 2mm; border-top: .6pt solid #8a94a0; font-size: 9.5pt; }
"""
