/**
 * Sets the theme before the first paint: the class of `<html>` that next-themes keeps from then on. It stands here as
 * text, the same in every page, so that a policy can allow it by its hash where a nonce would depend on the request.
 */
export const THEME_SCRIPT = `(() => {
  const root = document.documentElement
  let theme = 'system'
  try { theme = localStorage.getItem('theme') || theme } catch {}
  if (theme === 'system') theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  root.classList.add(theme)
  root.style.colorScheme = theme
})()`
