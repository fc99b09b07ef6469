export type SocketFrame = [
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: Record<string, unknown>,
]

/** A socket to a Realtime that grants every join and leave, for tests; `hear` lets a frame arrive at the client. */
export class GrantingSocket {
  readyState = 0
  binaryType = ''
  onopen: (() => void) | null = null
  onmessage: ((message: { data: string }) => void) | null = null
  onclose: (() => void) | null = null
  onerror: (() => void) | null = null

  constructor() {
    queueMicrotask(() => this.connect())
  }

  connect(): void {
    this.readyState = 1
    this.onopen?.()
  }

  send(message: string): void {
    const [joinRef, ref, topic, event, payload] = JSON.parse(message)
    const followed: object[] = payload.config?.postgres_changes ?? []
    const postgres_changes = followed.map((one, index) => ({ ...one, id: index + 1 }))
    this.hear([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: { postgres_changes } }])
    this.onSent?.([joinRef, ref, topic, event, payload])
  }

  /** What a test wants to know of what the client sends. */
  onSent?(frame: SocketFrame): void

  hear(frame: SocketFrame): void {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(frame) }))
  }

  close(): void {
    this.readyState = 3
  }
}
