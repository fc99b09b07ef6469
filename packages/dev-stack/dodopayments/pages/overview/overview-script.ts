/** The page works without it; with it, it keeps itself fresh, and a switch does not lose the place. */
export const OVERVIEW_SCRIPT = `
const busy = (part) => part.contains(document.activeElement) && document.activeElement.matches('input, select')
function take(text, { force = false } = {}) {
  const fresh = new DOMParser().parseFromString(text, 'text/html')
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.querySelector('[data-live="' + part.dataset.live + '"]')
    const waits = !force && (busy(part) || part.dataset.live === 'notice')
    if (!next || next.innerHTML === part.shown || waits) continue
    part.shown = next.innerHTML
    part.innerHTML = next.innerHTML
  }
}
for (const part of document.querySelectorAll('[data-live]')) part.shown = part.innerHTML

addEventListener('submit', async (event) => {
  event.preventDefault()
  const { target: form, submitter } = event
  const twins = () => [...document.querySelectorAll('form')].filter(({ action }) => action === form.action)
  const place = twins().indexOf(form)
  if (submitter) submitter.disabled = true
  const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).catch(() => null)
  if (submitter) submitter.disabled = false
  if (answer?.ok) take(await answer.text(), { force: true })
  // The pressed button may have been replaced: the keyboard stays where it was.
  if (!form.isConnected) twins()[place]?.querySelector('button')?.focus()
})

setInterval(async () => {
  if (document.hidden) return
  const answer = await fetch('/').catch(() => null)
  if (answer?.ok) take(await answer.text())
}, 2000)
`
