/** What all pages of the sandbox share, and the checkout; no font and no file to load. */
export const STYLES = `
:root {
  --canvas: #f7f7f6; --surface: #fff; --line: #e4e4e1; --line-strong: #cfcfca;
  --text: #1b1b18; --muted: #676761; --accent: #1f5f4a; --accent-text: #fff; --accent-hover: #184b3a;
  --strip: #fdf3d7; --strip-text: #6b4e00; --good: #17663f; --good-bg: #e7f4ec;
  --bad: #a32318; --bad-bg: #fcecea; --wait: #7a5600; --wait-bg: #fbf2dc;
  --ring: 0 0 0 3px color-mix(in srgb, var(--accent) 30%, transparent);
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #111210; --surface: #191a18; --line: #2b2d2a; --line-strong: #41443f;
    --text: #ecedea; --muted: #a0a39c; --accent: #7cc7a8; --accent-text: #0d211a; --accent-hover: #97d6bc;
    --strip: #2c2614; --strip-text: #ecd08a; --good: #7cd0a0; --good-bg: #16291f;
    --bad: #f2998f; --bad-bg: #331a18; --wait: #e5c376; --wait-bg: #2c2614;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column;
  background: var(--canvas); color: var(--text);
  font: 15px/1.5 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  -webkit-font-smoothing: antialiased;
}
h1, h2, p, dl, dd { margin: 0; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; letter-spacing: -0.01em; }
h2 { font-size: 14px; line-height: 20px; font-weight: 600; }
a { color: inherit; }
code, .number { font-variant-numeric: tabular-nums; }
code { font: 12.5px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
.muted { color: var(--muted); }
.small { font-size: 13px; line-height: 20px; }
.stack { display: grid; gap: 16px; }
.strip { padding: 8px 16px; background: var(--strip); color: var(--strip-text); font-size: 13px; text-align: center; }

.checkout { flex: 1; display: grid; }
.summary, .payment { padding: 32px 24px 40px; }
.summary > *, .payment > * { width: 100%; max-width: 440px; margin-inline: auto; }
.summary { border-bottom: 1px solid var(--line); }
.payment { background: var(--surface); }
.back { display: inline-flex; gap: 8px; padding: 4px 0; color: var(--muted); text-decoration: none; font-size: 14px; }
.back:hover { color: var(--text); }
.total .per { font-size: 18px; font-weight: 500; letter-spacing: 0; color: var(--muted); }
.total { font-size: 36px; line-height: 44px; font-weight: 600; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.lines { display: grid; gap: 12px; }
.lines > div { display: flex; justify-content: space-between; gap: 24px; }
.lines dd { font-variant-numeric: tabular-nums; white-space: nowrap; }
.lines .sum { padding-top: 12px; border-top: 1px solid var(--line); font-weight: 600; }
@media (min-width: 880px) {
  .checkout { grid-template-columns: 1fr 1fr; }
  .summary { border-bottom: 0; border-right: 1px solid var(--line); }
  .summary, .payment { padding: 64px 48px; }
  .summary > * { margin-inline: auto 0; }
  .payment > * { margin-inline: 0 auto; }
}

label { display: block; margin-bottom: 6px; font-size: 13px; line-height: 20px; font-weight: 500; }
input, select {
  width: 100%; height: 40px; padding: 0 12px; border: 1px solid var(--line-strong); border-radius: 8px;
  background: var(--surface); color: var(--text); font: inherit; font-variant-numeric: tabular-nums;
}
input::placeholder { color: var(--muted); opacity: 0.8; }
input[readonly] { background: var(--canvas); color: var(--muted); }
input[aria-invalid] { border-color: var(--bad); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; align-items: start; }
.error { margin-top: 6px; color: var(--bad); font-size: 13px; line-height: 20px; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; gap: 8px; height: 32px; padding: 0 12px;
  border: 1px solid var(--line-strong); border-radius: 8px; background: var(--surface); color: var(--text);
  font: inherit; font-size: 13px; font-weight: 500; text-decoration: none; white-space: nowrap; cursor: pointer;
}
button:hover, .button:hover { background: var(--canvas); }
.primary { height: 44px; font-size: 15px; border-color: transparent; background: var(--accent); color: var(--accent-text); }
.primary:hover { background: var(--accent-hover); }
.wide { width: 100%; }
button:disabled { cursor: default; opacity: 0.7; }
:is(a, button, input, select):focus-visible { outline: none; border-color: var(--accent); box-shadow: var(--ring); border-radius: 8px; }

.notice { padding: 12px 16px; border-radius: 8px; display: grid; gap: 12px; }
.notice.bad { background: var(--bad-bg); color: var(--bad); }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.cards { margin-top: 32px; padding-top: 24px; border-top: 1px solid var(--line); display: grid; gap: 4px; }
.cards li { display: flex; align-items: center; justify-content: space-between; gap: 16px; padding: 8px 0; }
.cards ul { list-style: none; margin: 0; padding: 0; }
.cards li + li { border-top: 1px solid var(--line); }
.cards code { display: block; }
.outcome { flex: 1; display: grid; place-content: center; justify-items: center; gap: 16px; padding: 48px 24px; text-align: center; }
.outcome p { max-width: 44ch; }

`
