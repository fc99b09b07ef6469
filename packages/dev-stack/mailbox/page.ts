import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { escapeHtml } from '../escape-html.ts'
import type { Message } from './store.ts'

const LOGO = `<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/><path d="M9 20h14M9 12h5"/><circle cx="23" cy="12" r="2.5"/></svg>`

/** The page: every message on the left, the open one on the right. */
export async function renderPage(messages: readonly Message[], open?: Message): Promise<string> {
  const [style, script] = await Promise.all(['page.css', 'page.client.js'].map(readAsset))
  const title = open ? `${open.subject} · Mailbox` : 'Mailbox'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body${open ? ' class="reading"' : ''}>
<header>
  <a href="/" class="home">${LOGO} Mailbox</a>
  <p>Every mail this machine sends ends here, and nowhere else.</p>
  <button type="button" id="empty">Empty</button>
</header>
<nav id="list" aria-label="Messages" data-version="${version(messages)}">${renderList(messages, open)}</nav>
<main>${open ? renderMessage(open) : renderNothing(messages.length)}</main>
<script type="module">${script}</script>
</body>
</html>`
}

/** Changes whenever the list does. */
export function version(messages: readonly Message[]): string {
  return `${messages[0]?.id ?? ''}:${messages.length}`
}

function renderList(messages: readonly Message[], open?: Message): string {
  if (messages.length === 0) return '<p class="none">No mail yet.</p>'
  const items = messages.map(({ id, to, subject, sentAt, read }) => {
    const current = id === open?.id ? ' aria-current="page"' : ''
    return `<li><a href="/message/${id}"${current}${read ? '' : ' class="unread"'}>
      <span class="to">${escapeHtml(to)}</span>${renderTime(sentAt)}
      <span class="subject">${escapeHtml(subject)}</span>
    </a></li>`
  })
  return `<ul>${items.join('')}</ul>`
}

function renderMessage({ id, to, subject, sentAt }: Message): string {
  return `<article>
    <div class="heading">
      <a class="back" href="/">All messages</a>
      <h1>${escapeHtml(subject)}</h1>
      <p>To <b>${escapeHtml(to)}</b> ${renderTime(sentAt)}
        <span class="forms"><a href="/view/${id}.html" target="content">HTML</a><a href="/view/${id}.txt" target="content">Text</a></span>
      </p>
    </div>
    <iframe name="content" title="The message" src="/view/${id}.html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
  </article>`
}

function renderNothing(count: number): string {
  return `<p class="none">${count > 0 ? 'Choose a message to read it.' : 'Sign up or ask for a sign-in link, and the mail appears here.'}</p>`
}

function renderTime(date: Date): string {
  return `<time datetime="${date.toISOString()}">${date.toISOString().slice(11, 16)}</time>`
}

function readAsset(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, name), 'utf8')
}
