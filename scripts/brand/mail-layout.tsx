import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { Body, Button, Container, Head, Heading, Html, Link, pretty, Section, Text } from 'react-email'
import { brand } from '@/lib/brand'
import { palette } from '@/lib/palette'

const { light, dark } = palette
const FONT = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const CELL = { padding: '9px 0', borderTop: `1px solid ${light.line}`, fontSize: 14, lineHeight: 1.4 }

/** For readers that follow the system; the styles of the elements are for those that do not. */
const STYLES = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: ${dark.background} !important; }
  .card { background-color: ${dark.card} !important; border-color: ${dark.line} !important; }
  .detail { border-color: ${dark.line} !important; }
  .text { color: ${dark.text} !important; }
  .muted { color: ${dark.muted} !important; }
  .button { background-color: ${dark.accent} !important; color: ${dark.onAccent} !important; }
}
@media (max-width: 560px) {
  .card > tbody > tr > td { padding: 28px 24px !important; }
}
`

/**
 * The layout of every mail as HTML: the page, and what its body is made of. Where `[[name]]` stands, `lib/mail` fills in
 * a value when it sends.
 */
export async function renderMailLayout() {
  return {
    page: await pretty(`<!doctype html>${renderToStaticMarkup(<Page />)}`),
    paragraph: markup(
      <Text className="text" style={{ margin: '0 0 16px', color: light.text, fontSize: 15, lineHeight: 1.6 }}>
        [[text]]
      </Text>,
    ),
    details: markup(
      <table width="100%" cellPadding={0} cellSpacing={0} border={0} style={{ margin: '8px 0 16px' }}>
        <tbody>[[rows]]</tbody>
      </table>,
    ),
    detail: markup(
      <tr>
        <td className="detail muted" style={{ ...CELL, color: light.muted }}>
          [[name]]
        </td>
        <td
          className="detail text"
          align="right"
          style={{
            ...CELL,
            paddingLeft: 16,
            color: light.text,
            fontVariantNumeric: 'tabular-nums',
            wordBreak: 'break-word',
          }}
        >
          [[value]]
        </td>
      </tr>,
    ),
    button: markup(
      <Button
        className="button"
        href="[[url]]"
        style={{
          marginTop: 12,
          padding: '12px 22px',
          borderRadius: 8,
          backgroundColor: light.accent,
          color: light.onAccent,
          fontSize: 15,
          fontWeight: 600,
        }}
      >
        [[label]]
      </Button>,
    ),
    note: markup(
      <Text
        className="muted"
        style={{ margin: '28px 0 0', color: light.muted, fontSize: 13, lineHeight: 1.6 }}
      >
        [[text]][[link]]
      </Text>,
    ),
    link: markup(
      <Link className="muted" href="[[url]]" style={{ color: light.muted, textDecoration: 'underline' }}>
        [[url]]
      </Link>,
    ),
  }
}

function markup(element: ReactElement): string {
  return renderToStaticMarkup(element)
}

function Page() {
  return (
    <Html lang="en">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>[[title]]</title>
        <style>{STYLES}</style>
      </Head>
      <Body
        className="page"
        style={{ margin: 0, padding: '40px 16px', backgroundColor: light.background, fontFamily: FONT }}
      >
        <div style={{ display: 'none', maxHeight: 0, overflow: 'hidden' }}>[[preview]]</div>
        <Container style={{ maxWidth: 520 }}>
          <Text
            className="text"
            style={{
              margin: 0,
              padding: '0 4px 20px',
              color: light.text,
              fontSize: 16,
              fontWeight: 600,
              letterSpacing: '-0.01em',
            }}
          >
            {brand.name}
          </Text>
          <Section
            className="card"
            style={{
              padding: 40,
              backgroundColor: light.card,
              border: `1px solid ${light.line}`,
              borderRadius: 12,
            }}
          >
            <Heading
              className="text"
              style={{
                margin: '0 0 12px',
                color: light.text,
                fontSize: 22,
                fontWeight: 600,
                lineHeight: 1.3,
                letterSpacing: '-0.01em',
              }}
            >
              [[title]]
            </Heading>
            [[body]]
          </Section>
          <Text
            className="muted"
            style={{ margin: 0, padding: '20px 4px 0', color: light.muted, fontSize: 12, lineHeight: 1.6 }}
          >
            [[footer]]
          </Text>
        </Container>
      </Body>
    </Html>
  )
}
