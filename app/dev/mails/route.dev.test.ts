import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { MAIL_SAMPLES } from '@/lib/mail/mail-samples'
import { GET } from './route.dev'

it('every mail is shown, in a frame that runs nothing, those of Supabase Auth too', async () => {
  const response = await GET(new Request('http://localhost:3000/dev/mails'))
  const page = await response.text()
  const templates = readdirSync('supabase/templates')
  expect(page.match(/<iframe title="[^"]+" sandbox srcdoc="/g)).toHaveLength(
    MAIL_SAMPLES.length + templates.length,
  )
  for (const { title } of MAIL_SAMPLES) expect(page).toContain(`<h2>${title}</h2>`)
  for (const name of templates) expect(page).toContain(`<h2>Supabase Auth: ${name}</h2>`)
  expect(page.match(/<summary>As text/g)).toHaveLength(MAIL_SAMPLES.length)
  expect(page).toContain('http://localhost:3000/settings#mails')
})
