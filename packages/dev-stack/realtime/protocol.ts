import { z } from 'zod'

/** One message of the Phoenix channel protocol, whichever way it was written on the wire. */
export type Frame = {
  joinRef: string | null
  ref: string | null
  topic: string
  event: string
  payload: Record<string, unknown>
}

/** `1.0.0` writes frames as objects, `2.0.0` as arrays and user broadcasts as binary. */
export type Version = '1.0.0' | '2.0.0'

export const MAX_FRAME_BYTES = 256 * 1024

const ref = z.string().nullish()
const payload = z.record(z.string(), z.unknown()).nullish()
const objectFrame = z.object({ join_ref: ref, ref, topic: z.string(), event: z.string(), payload })
const arrayFrame = z.tuple([ref, ref, z.string(), z.string(), payload])

const BROADCAST_PUSH = 3
const BROADCAST = 4
const JSON_ENCODING = 1
const text = new TextDecoder('utf-8', { fatal: true })

/** The serializer a socket asks for with its `vsn` parameter; Phoenix's default is the older one. */
export function readVersion(vsn: string | null): Version | undefined {
  if (vsn === null || vsn === '1.0.0') return '1.0.0'
  return vsn === '2.0.0' ? vsn : undefined
}

/** Reads a frame a client sent. Throws on anything that is not one. */
export function decodeFrame(version: Version, data: Buffer, isBinary: boolean): Frame {
  if (isBinary) return decodeBroadcastPush(data)
  const json: unknown = JSON.parse(text.decode(data))
  if (version === '2.0.0') {
    const [joinRef, ref, topic, event, payload] = arrayFrame.parse(json)
    return { joinRef: joinRef ?? null, ref: ref ?? null, topic, event, payload: payload ?? {} }
  }
  const frame = objectFrame.parse(json)
  return {
    joinRef: frame.join_ref ?? null,
    ref: frame.ref ?? null,
    topic: frame.topic,
    event: frame.event,
    payload: frame.payload ?? {},
  }
}

/** Writes a frame for a client; undefined when its serializer cannot express it (bytes in 1.0.0). */
export function encodeFrame(version: Version, frame: Frame): string | Buffer | undefined {
  if (frame.payload.payload instanceof Uint8Array) {
    return version === '2.0.0' ? encodeBroadcast(frame, frame.payload.payload) : undefined
  }
  const { joinRef, ref, topic, event } = frame
  const text = writePayload(frame.payload)
  return version === '2.0.0'
    ? `${JSON.stringify([joinRef, ref, topic, event]).slice(0, -1)},${text}]`
    : `${JSON.stringify({ join_ref: joinRef, ref, topic, event }).slice(0, -1)},"payload":${text}}`
}

/** What many clients are sent is written once. */
const written = new WeakMap<object, string>()

function writePayload(payload: Frame['payload']): string {
  const text = written.get(payload) ?? JSON.stringify(payload)
  written.set(payload, text)
  return text
}

/** Kind 3: six length and encoding bytes, then join ref, ref, topic, user event, metadata and the payload. */
function decodeBroadcastPush(data: Buffer): Frame {
  const [kind, joinRefSize = 0, refSize = 0, topicSize = 0, eventSize = 0, metaSize = 0, encoding] = data
  if (kind !== BROADCAST_PUSH) throw new TypeError('Only broadcasts come as binary frames.')
  let offset = 7
  const next = (size: number) => {
    offset += size
    return data.subarray(offset - size, offset)
  }
  const joinRef = text.decode(next(joinRefSize))
  const ref = text.decode(next(refSize))
  const topic = text.decode(next(topicSize))
  const event = text.decode(next(eventSize))
  next(metaSize)
  const body = data.subarray(offset)
  const payload: unknown = encoding === JSON_ENCODING ? JSON.parse(text.decode(body)) : body
  return {
    joinRef: joinRef || null,
    ref: ref || null,
    topic,
    event: 'broadcast',
    payload: { type: 'broadcast', event, payload },
  }
}

/** Kind 4: four length and encoding bytes, then topic, user event, metadata and the bytes. */
function encodeBroadcast(frame: Frame, body: Uint8Array): Buffer | undefined {
  const topic = Buffer.from(frame.topic)
  const event = Buffer.from(String(frame.payload.event))
  const meta = Buffer.from(frame.payload.meta ? JSON.stringify(frame.payload.meta) : '')
  if ([topic, event, meta].some(({ length }) => length > 255)) return undefined
  const header = Buffer.from([BROADCAST, topic.length, event.length, meta.length, 0])
  return Buffer.concat([header, topic, event, meta, body])
}
