/** The overview and the portal: panels of rows, each with what can be done to it. */
export const LIST_STYLES = `
.overview { width: 100%; max-width: 1280px; margin: 0 auto; padding: 32px 16px 64px; display: grid; gap: 24px; }
.narrow { width: 100%; max-width: 720px; margin: 0 auto; padding: 32px 16px 64px; display: grid; gap: 32px; align-content: start; }
.columns, .column { display: grid; gap: 32px; align-content: start; min-width: 0; }
[data-live='notice']:empty { display: none; }
section.stack { gap: 12px; }
.overview code { margin-right: 8px; overflow-wrap: anywhere; }

.panel { margin: 0; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.rows { margin: 0; padding: 0; list-style: none; }
.rows > li { display: grid; gap: 12px 24px; padding: 16px; }
.rows > li + li { border-top: 1px solid var(--line); }
.what { min-width: 0; overflow-wrap: anywhere; }
.narrow .rows.tight > li { grid-template-columns: minmax(0, 1fr) auto; align-items: center; }
.head { display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; }
.head time { color: var(--muted); font-size: 13px; }
.part { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-top: 8px; }
.does { display: flex; flex-wrap: wrap; align-items: start; gap: 8px; }
.next { display: flex; }
.rows form { display: flex; align-items: center; gap: 8px; }
.rows :is(input, select), .faults input { height: 32px; padding: 0 8px; font-size: 13px; }
.rows select { width: auto; }
.rows input.short { width: 76px; text-align: right; }
label.inline { display: flex; align-items: center; gap: 8px; margin: 0; color: var(--muted); font-weight: 400; white-space: nowrap; }
.empty { padding: 32px 16px; text-align: center; color: var(--muted); }
.rest { padding: 12px 16px; border-top: 1px solid var(--line); }

.faults { display: grid; gap: 8px; padding: 16px; }
.faults label { display: grid; grid-template-columns: 1fr 76px 88px; align-items: center; gap: 12px; margin: 0; font-weight: 400; }
.faults input { text-align: right; }
.faults button { justify-self: end; margin-top: 4px; }
.notice.wait { background: var(--wait-bg); color: var(--wait); }
.notice.wait p { font-size: 14px; }
.notice.wait button { color: var(--text); }

.badge { display: inline-block; padding: 0 8px; border-radius: 999px; font-size: 12px; line-height: 20px; font-weight: 500; white-space: nowrap; background: var(--canvas); color: var(--muted); }
.badge:is(.succeeded, .delivered, .active, .won) { background: var(--good-bg); color: var(--good); }
.badge:is(.failed, .lost, .opened, .on_hold) { background: var(--bad-bg); color: var(--bad); }
.badge:is(.processing, .pending, .held, .past_due, .challenged) { background: var(--wait-bg); color: var(--wait); }

@media (min-width: 640px) {
  .narrow .rows > li, .rows > li:has(> .does.few) { grid-template-columns: minmax(0, 1fr) auto; }
  .does.few { justify-content: end; }
}
@media (min-width: 1000px) {
  .overview { padding: 40px 32px 64px; }
  .columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
}
@media (pointer: coarse) {
  button, .button, .rows :is(input, select), .faults input { height: 40px; }
}
`
