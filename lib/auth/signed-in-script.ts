/**
 * Marks `<html>` with `data-signed-in` where this browser has a session, before the first paint: pages that are kept for
 * everybody show, by the variants `signed-in:` and `signed-out:`, what is right for their reader. The server never looks.
 * It stands here as text, the same in every page, so that a policy can allow it by its hash.
 */
export const SIGNED_IN_SCRIPT = `(() => {
  const mark = () =>
    document.documentElement.toggleAttribute('data-signed-in', /(^|; )sb-[^;=]+-auth-token(\\.\\d+)?=/.test(document.cookie))
  mark()
  addEventListener('pageshow', mark)
})()`
