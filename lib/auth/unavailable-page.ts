import 'server-only'
import { brand } from '@/lib/brand'

/**
 * What a signed-in person sees while Auth cannot say whether their session goes on: 503, and the page tries again by
 * itself. It stands alone, since rendering a page of the app would need to know who asks.
 */
export function unavailablePage(retryAfterSeconds: number): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${retryAfterSeconds}">
<title>One moment · ${brand.name}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { display: grid; place-content: center; min-height: 100dvh; margin: 0; padding: 1.5rem; box-sizing: border-box; }
main { max-width: 28rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; }
p { margin: 0 0 1.25rem; }
</style>
</head>
<body>
<main>
<h1>One moment, please</h1>
<p>Sign-in is not answering right now, so your session could not be checked. You are still signed in. This page tries again in a few seconds.</p>
<a href="">Try again</a>
</main>
</body>
</html>
`
  return new Response(html, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-store',
      'retry-after': String(retryAfterSeconds),
    },
  })
}
