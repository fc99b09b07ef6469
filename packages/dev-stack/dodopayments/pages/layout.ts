import { Html, html } from './html.ts'
import { LIST_STYLES } from './list-styles.ts'
import { STYLES } from './styles.ts'

/** Every page of the sandbox, under the strip that says what it is. */
export function layout(title: string, content: Html, script = '', provider = 'DodoPayments'): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${title} · ${provider} sandbox</title>
<style>${new Html(STYLES + LIST_STYLES)}</style>
</head>
<body>
<p class="strip"><strong>${provider} sandbox</strong><span aria-hidden="true"> — </span>no money moves</p>
${content}
${script && html`<script>${new Html(script)}</script>`}
</body>
</html>`
}
