import { buffer } from 'node:stream/consumers'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { OutgoingMail } from './store.ts'

type Options = {
  /** 0 for any. */
  port: number
  deliver(mail: OutgoingMail): void
}

/** Takes mail over SMTP on 127.0.0.1, without a password or encryption, for everybody it is addressed to. */
export function serveSmtp({ port, deliver }: Options): Promise<{ url: string; close(): Promise<void> }> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    // Milliseconds that open connections have left when it closes; zero would mean thirty seconds.
    closeTimeout: 1,
    onData(stream, { envelope }, done) {
      receive(
        stream,
        envelope.rcptTo.map(({ address }) => address),
      ).then(() => done(), done)
    },
  })

  async function receive(stream: NodeJS.ReadableStream, recipients: string[]): Promise<void> {
    const { subject = '', html = '', text = '' } = await PostalMime.parse(await buffer(stream))
    for (const to of recipients) deliver({ to, subject, html, text })
  }

  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      // A client that goes away in the middle of a mail is no reason to end the stack.
      server.on('error', (error) => console.warn(`The mailbox lost a connection: ${error.message}`))
      const address = server.server.address()
      const actualPort = typeof address === 'object' && address ? address.port : port
      resolve({
        url: `smtp://127.0.0.1:${actualPort}`,
        close: () => new Promise((closed) => server.close(() => closed())),
      })
    })
  })
}
