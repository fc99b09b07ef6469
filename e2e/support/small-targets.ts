/**
 * What a finger may miss, in the browser: each control that is lower or narrower than 44 px, and how large it is. A link
 * within a sentence is as high as the sentence. Self-contained, since it runs in the page.
 */
export function findSmallTargets(): string[] {
  const MIN_PX = 44
  const CONTROLS =
    'a[href], button, input, select, textarea, summary, [role=button], [role=menuitem], [role=option], [role=tab]'

  type Size = { width: number; height: number }

  /** What is pointed at: the control, what it is spread over, and its label. */
  function sizesOf(control: Element): Size[] {
    const labels = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : []
    const spread = ['::before', '::after'].flatMap((pseudo) => {
      const { content, position, width, height } = getComputedStyle(control, pseudo)
      const isSpread = content !== 'none' && position === 'absolute'
      return isSpread ? [{ width: Number.parseFloat(width), height: Number.parseFloat(height) }] : []
    })
    return [control, ...labels].map((part): Size => part.getBoundingClientRect()).concat(spread)
  }
  function isWithinSentence(control: Element): boolean {
    if (getComputedStyle(control).display !== 'inline') return false
    const around = control.closest('p, li, dd, td, label, figcaption, div')
    return (around?.textContent ?? '').trim().length > (control.textContent ?? '').trim().length
  }
  const small: string[] = []
  for (const control of document.querySelectorAll(CONTROLS)) {
    const isShown = control.checkVisibility({ visibilityProperty: true })
    if (!isShown || control.closest('[inert], [aria-hidden=true], .sr-only') || isWithinSentence(control))
      continue
    const sizes = sizesOf(control)
    const width = Math.max(...sizes.map((size) => size.width))
    const height = Math.max(...sizes.map((size) => size.height))
    if (Math.min(width, height) >= MIN_PX - 0.5 || Math.max(width, height) <= 1) continue
    small.push(`${Math.round(width)} × ${Math.round(height)}: ${control.outerHTML.slice(0, 160)}`)
  }
  return small
}
