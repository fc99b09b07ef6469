import { escapeHtml } from './escape-html'
import { MAIL_SAMPLES } from './mail-samples'
import { type RenderedMail, renderMail } from './render'

type Preview = Pick<RenderedMail, 'html'> & { title: string; subject?: string; text?: string }

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 700px; padding: 24px 0; }
h1, h2, p, nav, details { padding: 0 16px; }
nav { columns: 2; }
a { color: inherit; display: block; padding: 4px 0; }
iframe { border: 0; display: block; height: 720px; width: 100%; }
pre { overflow-wrap: anywhere; white-space: pre-wrap; }
`

/**
 * A page that shows every mail: those of the outbox as HTML and as text, and the templates of Supabase Auth.
 * @param authTemplates their HTML by name
 */
export function previewMails(appUrl: string, authTemplates: Readonly<Record<string, string>>): string {
  const delivery = { appUrl, types: [], recipient: 'ada@example.com' }
  const previews: Preview[] = [
    ...MAIL_SAMPLES.map((sample) => ({ title: sample.title, ...renderMail(sample, delivery) })),
    ...Object.entries(authTemplates).map(([name, html]) => ({ title: `Supabase Auth: ${name}`, html })),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mails</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${previews.length} mails</h1>
<nav>${previews.map(({ title }, index) => `<a href="#mail-${index}">${escapeHtml(title)}</a>`).join('')}</nav>
${previews.map(toSection).join('\n')}
</body>
</html>`
}

/** A mail in a frame of its own, where it runs no script. */
function toSection({ title, subject, html, text }: Preview, index: number): string {
  const name = escapeHtml(title)
  return `<section id="mail-${index}">
<h2>${name}</h2>
${subject ? `<p>Subject: ${escapeHtml(subject)}</p>` : ''}
<iframe title="${name}" sandbox srcdoc="${escapeHtml(html)}"></iframe>
${text ? `<details><summary>As text</summary><pre>${escapeHtml(text)}</pre></details>` : ''}
</section>`
}
