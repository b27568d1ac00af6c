"""How pages look: colours as properties, light and dark; the tests measure their contrast."""

_LIGHT = {
    "paper": "#ffffff", "card": "#f5f7f9", "ink": "#1d2327", "quiet": "#4d5963", "rule": "#d3dae0", "edge": "#7a8791",
    "line-0": "#1f5fa8", "line-1": "#b04a06",
    "part-0": "#1f5fa8", "part-1": "#b04a06", "part-2": "#8a2f6b", "part-3": "#4d7a2a",
    "dark-0": "#f0f3f6", "dark-1": "#d3e3f4", "dark-2": "#a9caec", "dark-3": "#78abdf", "dark-4": "#2a66a8",
    "dark-5": "#12407a",
    "on-0": "#1d2327", "on-1": "#1d2327", "on-2": "#1d2327", "on-3": "#1d2327", "on-4": "#ffffff", "on-5": "#ffffff",
}  # fmt: skip
_DARK = {
    "paper": "#14181d", "card": "#1c2228", "ink": "#e8ecef", "quiet": "#aeb8c1", "rule": "#38424c", "edge": "#82909c",
    "line-0": "#7db4f5", "line-1": "#f0a35e",
    "part-0": "#7db4f5", "part-1": "#f0a35e", "part-2": "#e08bc4", "part-3": "#9ccb74",
    "dark-0": "#1d242c", "dark-1": "#1f3a57", "dark-2": "#244e7a", "dark-3": "#29609a", "dark-4": "#78b0ef",
    "dark-5": "#bddbfc",
    "on-0": "#e8ecef", "on-1": "#e8ecef", "on-2": "#e8ecef", "on-3": "#ffffff", "on-4": "#14181d", "on-5": "#14181d",
}  # fmt: skip
SCHEMES = {"light": _LIGHT, "dark": _DARK}


def _properties(scheme: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in scheme.items())


def _coloured(names: tuple[str, ...], rule: str) -> str:
    return "\n".join(f".{name}{{{rule}:var(--{name})}}" for name in names)


STYLE = f"""
:root{{color-scheme:light dark;{_properties(_LIGHT)}}}
@media (prefers-color-scheme:dark){{:root{{{_properties(_DARK)}}}}}
*{{box-sizing:border-box}}
body{{margin:0 auto;max-width:72rem;padding:1.5rem clamp(1rem,4vw,3rem) 3rem;background:var(--paper);
color:var(--ink);font:1rem/1.5 system-ui,"Segoe UI","Liberation Sans",sans-serif;overflow-wrap:anywhere}}
h1{{font-size:clamp(1.5rem,5vw,2.1rem);line-height:1.2;margin:0 0 .5rem}}
h2{{font-size:1.3rem;margin:2.5rem 0 .4rem;padding-top:1rem;border-top:1px solid var(--rule)}}
h3{{font-size:1.05rem;margin:0}}
p{{margin:.3rem 0;max-width:46rem}}
header p,.words,figcaption p,dd span,footer,caption{{color:var(--quiet)}}
figcaption p{{font-size:.92rem;min-height:3em}}
.tiles{{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,9.5rem),1fr));gap:.75rem;
margin:1.5rem 0 0}}
.tiles div{{background:var(--card);border:1px solid var(--rule);border-radius:.5rem;padding:.7rem .9rem}}
.tiles dt{{font-size:.9rem}}
.tiles dd{{margin:0}}
.tiles strong{{display:block;font-size:1.55rem;line-height:1.25;font-variant-numeric:tabular-nums}}
.tiles span{{display:block;font-size:.82rem;line-height:1.35}}
.pictures{{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,23rem),1fr));gap:2rem 2.5rem;
margin-top:1rem}}
figure{{margin:0;min-width:0}}
svg{{display:block;width:100%;max-width:34rem;height:auto;margin:.6rem 0}}
svg text{{font:12px system-ui,"Segoe UI","Liberation Sans",sans-serif;fill:var(--ink)}}
svg .count{{font-size:8.5px}}
svg .count-name{{font-size:10px}}
svg .row-name{{font-size:11px}}
svg .axis-name{{fill:var(--quiet)}}
.end{{text-anchor:end}}
.middle{{text-anchor:middle}}
.grid{{stroke:var(--rule)}}
.axis{{stroke:var(--edge)}}
.line{{fill:none;stroke-width:2.5}}
.faint{{stroke:var(--edge);stroke-width:1.5;stroke-dasharray:4 4}}
.spot{{fill:var(--paper);stroke:var(--line-1);stroke-width:3}}
{_coloured(("line-0", "line-1"), "stroke")}
.line-1{{stroke-dasharray:7 3}}
.dot{{stroke:none}}
.dot.line-0{{fill:var(--line-0)}}
.dot.line-1{{fill:var(--line-1)}}
{_coloured(tuple(f"part-{n}" for n in range(4)), "fill")}
{_coloured(tuple(f"dark-{n}" for n in range(6)), "fill")}
{"".join(f"svg .on-{n}{{fill:var(--on-{n})}}" for n in range(6))}
.pictures>table{{align-self:start}}
table{{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}}
caption{{text-align:left;padding:.3rem 0;font-size:.88rem}}
th,td{{text-align:left;font-weight:normal;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--rule);
vertical-align:top}}
thead th{{color:var(--quiet);border-color:var(--edge);vertical-align:bottom;overflow-wrap:normal}}
.number{{text-align:right;padding:.25rem 0 .25rem .6rem;overflow-wrap:normal}}
td.number{{white-space:nowrap}}
details{{margin:.4rem 0}}
summary{{cursor:pointer;color:var(--line-0)}}
summary:focus-visible{{outline:2px solid var(--line-0);outline-offset:2px}}
footer{{margin-top:3rem;font-size:.85rem}}
@media (max-width:36rem){{
td.number{{white-space:normal}}
tbody th:nth-last-child(-n+4){{min-width:6.2rem}}
.wide thead{{display:none}}
.wide tr{{display:grid;grid-template-columns:repeat(3,1fr);border-bottom:1px solid var(--rule);padding:.3rem 0}}
.wide th,.wide td{{border:0;padding:.1rem 0;text-align:left}}
.wide th{{grid-column:1/-1;font-weight:600}}
.wide td::before{{content:attr(data-head) " ";color:var(--quiet);display:block;font-size:.75rem}}
svg .count{{display:none}}
figcaption p{{min-height:0}}
table{{font-size:.8rem}}
.number{{padding-left:.35rem}}
.tiles{{grid-template-columns:repeat(2,1fr);gap:.5rem}}
.tiles div{{padding:.5rem .65rem}}
.tiles strong{{font-size:1.3rem}}
}}
@media print{{body{{max-width:none;padding:0}}section,figure{{break-inside:avoid}}}}
"""
