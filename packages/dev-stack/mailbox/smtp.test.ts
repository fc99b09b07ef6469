import { createServer } from 'node:net'
import { createTransport } from 'nodemailer'
import { expect, onTestFinished, test } from 'vitest'
import { createMailbox } from './index.ts'
import { serveSmtp } from './smtp.ts'

async function openMailbox() {
  const mailbox = createMailbox()
  const server = await serveSmtp({ port: 0, deliver: mailbox.send })
  onTestFinished(server.close)
  return { mailbox, server }
}

test('a mail sent over SMTP is in the mailbox of everybody it is addressed to', async () => {
  const { mailbox, server } = await openMailbox()
  const transport = createTransport(server.url)
  onTestFinished(() => transport.close())
  await transport.sendMail({
    from: 'Your app <no-reply@example.test>',
    to: { name: 'Ada <Løvelace>\r\nBcc: eve@example.com', address: 'ada@example.com' },
    bcc: 'bob@example.com',
    subject: 'Receipt: ¥999 – “Größe”',
    html: '<p>€9.99</p>',
    text: '€9.99',
  })
  const mail = { subject: 'Receipt: ¥999 – “Größe”', html: '<p>€9.99</p>\n', text: '€9.99' }
  expect(mailbox.messages()).toMatchObject([
    { to: 'bob@example.com', ...mail },
    { to: 'ada@example.com', ...mail },
  ])
})

test('closing does not wait for clients that stay connected', async () => {
  const { server } = await openMailbox()
  const transport = createTransport({ url: server.url, pool: true })
  onTestFinished(() => transport.close())
  await transport.sendMail({ from: 'a@example.com', to: 'b@example.com', text: 'One' })
  const startedAt = performance.now()
  await server.close()
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

test('a port that is taken is an error', async () => {
  const squatter = createServer()
  const port = await new Promise<number>((resolve) => {
    squatter.listen(0, '127.0.0.1', () => {
      const address = squatter.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  onTestFinished(() => void squatter.close())
  await expect(serveSmtp({ port, deliver: () => {} })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
