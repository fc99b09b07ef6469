import { brand } from '@/lib/brand'
import { escapeHtml } from './escape-html'
import layout from './layout.json'
import type { MailContent } from './mail-content'

/** A mail as HTML: without images, in light and dark. `npm run brand` writes the layout it is poured into. */
export function toHtml(content: MailContent, recipient: string): string {
  const { preview, title, paragraphs, details = [], button, notes = [] } = content
  const rows = details.map(([name, value]) => fill(layout.detail, { name, value }))
  const body = [
    ...paragraphs.map((text) => fill(layout.paragraph, { text })),
    rows.length > 0 ? fill(layout.details, {}, { rows: rows.join('\n') }) : '',
    fill(layout.button, button),
    ...notes.map(({ text, url }) => fill(layout.note, { text }, { link: linkTo(url) })),
  ]
  return fill(
    layout.page,
    { preview, title, footer: signOff(recipient) },
    { body: body.filter(Boolean).join('\n') },
  )
}

/**
 * Puts values where `[[name]]` stands, in one pass, so that no value is searched for names again.
 * @param texts are escaped
 * @param markup is taken as it is
 */
function fill(template: string, texts: Record<string, string>, markup: Record<string, string> = {}): string {
  return template.replace(
    /\[\[(\w+)\]\]/g,
    (_, name: string) => markup[name] ?? escapeHtml(texts[name] ?? ''),
  )
}

function linkTo(url: string | undefined): string {
  return url ? ` ${fill(layout.link, { url })}` : ''
}

function signOff(recipient: string): string {
  return `Sent to ${recipient} by ${brand.name}.`
}

/** The same mail for readers without HTML. */
export function toText(
  { title, paragraphs, details = [], button, notes = [] }: MailContent,
  recipient: string,
): string {
  return [
    title,
    ...paragraphs,
    details.map(([name, value]) => `${name}: ${value}`).join('\n'),
    `${button.label}:\n${button.url}`,
    ...notes.map(({ text, url }) => [text, url].filter(Boolean).join('\n')),
    signOff(recipient),
  ]
    .filter(Boolean)
    .join('\n\n')
}
