const NAME = 'navigation-start'

/** Tells the page that the router has begun to lead to `url`, which may be relative. */
export function tellNavigationStart(url: string): void {
  window.dispatchEvent(new CustomEvent(NAME, { detail: new URL(url, window.location.href) }))
}

/** Calls `listener` with where a navigation leads to, when it begins. Returns how to stop. */
export function onNavigationStart(listener: (url: URL) => void): () => void {
  const hear = (event: Event) => {
    if (event instanceof CustomEvent && event.detail instanceof URL) listener(event.detail)
  }
  window.addEventListener(NAME, hear)
  return () => window.removeEventListener(NAME, hear)
}
