import { site } from '@/lib/brand'
import { escapeHtml } from './escape-html'
import type { MailContent } from './mail-content'

const FONT = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'
const PARAGRAPH = 'color: #17211d; font-size: 15px; line-height: 1.6;'

/** A mail as HTML: the card of `supabase/templates`, without images, in light and dark. */
export function toHtml(content: MailContent, recipient: string): string {
  const { preview, title, paragraphs, facts = [], button, note } = content
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="supported-color-schemes" content="light dark">
  <title>${escapeHtml(title)}</title>
  <style>
    :root { color-scheme: light dark; supported-color-schemes: light dark; }
    @media (prefers-color-scheme: dark) {
      .page { background-color: #0e1412 !important; }
      .card { background-color: #141b19 !important; border-color: #26302d !important; }
      .fact { border-color: #26302d !important; }
      .text, .brand { color: #ebefed !important; }
      .muted, .muted a { color: #98a49f !important; }
      .button, .button a { background-color: #45d6a0 !important; color: #06281c !important; }
    }
    @media (max-width: 560px) {
      .card { padding: 28px 24px !important; }
    }
  </style>
</head>
<body class="page" style="margin: 0; padding: 0; background-color: #f5f7f6;">
  <div style="display: none; max-height: 0; overflow: hidden;">${escapeHtml(preview)}</div>
  <table ${TABLE} class="page" width="100%" style="background-color: #f5f7f6; font-family: ${FONT};">
    <tr>
      <td align="center" style="padding: 40px 16px;">
        <table ${TABLE} width="100%" style="max-width: 520px;">
          <tr>
            <td class="brand" style="padding: 0 4px 20px; color: #17211d; font-size: 16px; font-weight: 600; letter-spacing: -0.01em;">${escapeHtml(site.name)}</td>
          </tr>
          <tr>
            <td class="card" style="padding: 40px; background-color: #ffffff; border: 1px solid #e3e8e6; border-radius: 12px;">
              <h1 class="text" style="margin: 0 0 12px; color: #17211d; font-size: 22px; font-weight: 600; line-height: 1.3; letter-spacing: -0.01em;">${escapeHtml(title)}</h1>
              ${paragraphs.map((text) => `<p class="text" style="margin: 0 0 16px; ${PARAGRAPH}">${escapeHtml(text)}</p>`).join('\n              ')}
              ${factsTable(facts)}
              <table ${TABLE} style="margin-top: 12px;">
                <tr>
                  <td class="button" style="background-color: #0f7a55; border-radius: 8px;"><a href="${escapeHtml(button.url)}" style="display: inline-block; padding: 12px 22px; color: #ffffff; font-size: 15px; font-weight: 600; text-decoration: none; border-radius: 8px;">${escapeHtml(button.label)}</a></td>
                </tr>
              </table>
              ${smallPrint(note)}
            </td>
          </tr>
          <tr>
            <td class="muted" style="padding: 20px 4px 0; color: #5d6863; font-size: 12px; line-height: 1.6;">Sent to ${escapeHtml(recipient)} by ${escapeHtml(site.name)}.</td>
          </tr>
        </table>
      </td>
    </tr>
  </table>
</body>
</html>
`
}

function factsTable(facts: NonNullable<MailContent['facts']>): string {
  if (facts.length === 0) return ''
  const cell = 'padding: 9px 0; border-top: 1px solid #e3e8e6; font-size: 14px; line-height: 1.4;'
  const rows = facts.map(
    ([name, value]) => `<tr>
                  <td class="fact muted" style="${cell} color: #5d6863;">${escapeHtml(name)}</td>
                  <td class="fact text" align="right" style="${cell} padding-left: 16px; color: #17211d; font-variant-numeric: tabular-nums; word-break: break-word;">${escapeHtml(value)}</td>
                </tr>`,
  )
  return `<table cellpadding="0" cellspacing="0" border="0" width="100%" style="margin: 8px 0 16px;">
                ${rows.join('\n                ')}
              </table>`
}

function smallPrint(note: MailContent['note']): string {
  if (!note) return ''
  const link = note.url
    ? ` <a href="${escapeHtml(note.url)}" style="color: #5d6863;">${escapeHtml(note.url)}</a>`
    : ''
  return `<p class="muted" style="margin: 28px 0 0; color: #5d6863; font-size: 13px; line-height: 1.6;">${escapeHtml(note.text)}${link}</p>`
}

/** The same mail for readers without HTML. */
export function toText(
  { title, paragraphs, facts = [], button, note }: MailContent,
  recipient: string,
): string {
  return [
    title,
    ...paragraphs,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    `${button.label}:\n${button.url}`,
    note && [note.text, note.url].filter(Boolean).join('\n'),
    `Sent to ${recipient} by ${site.name}.`,
  ]
    .filter(Boolean)
    .join('\n\n')
}
