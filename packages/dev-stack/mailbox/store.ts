import { randomBytes } from 'node:crypto'

export type OutgoingMail = { to: string; subject: string; html: string; text: string }

/** Who every mail of the stack comes from. */
export const SENDER = { name: 'Local mail', address: 'no-reply@example.test' }

/** A mail that was sent, newest first in every list. */
export type Message = OutgoingMail & { id: string; sentAt: Date; read: boolean }

export type MessageStore = {
  add(mail: OutgoingMail): void
  all(): readonly Message[]
  find(id: string): Message | undefined
  /** Forgets these messages, or all of them. */
  remove(ids?: readonly string[]): void
}

const KEPT = 500

/** Keeps the last messages in memory: they are gone when the process ends. */
export function createStore(): MessageStore {
  let messages: Message[] = []
  return {
    add(mail) {
      const message = { ...mail, id: randomBytes(11).toString('hex'), sentAt: new Date(), read: false }
      messages = [message, ...messages].slice(0, KEPT)
    },
    all: () => messages,
    find: (id) => (id === 'latest' ? messages[0] : messages.find((message) => message.id === id)),
    remove(ids) {
      messages = ids ? messages.filter((message) => !ids.includes(message.id)) : []
    },
  }
}

/** Messages that match every term: `to:`, `subject:` or a word from anywhere. Terms with spaces stand in quotes. */
export function search(messages: readonly Message[], query: string): Message[] {
  const terms = [...query.matchAll(/(?:(to|subject):)?(?:"([^"]*)"|(\S+))/gi)]
  return messages.filter((message) =>
    terms.every(([, field = '', quoted, word]) => {
      const { to, subject, text } = message
      const place = { to, subject }[field.toLowerCase()] ?? `${to} ${subject} ${text}`
      return place.toLowerCase().includes((quoted ?? word ?? '').toLowerCase())
    }),
  )
}
