import { serveHttp } from '../http-server.ts'
import { answerFor, countTokens, toPieces, withinTokens } from './answer.ts'
import { readRequest } from './request.ts'

/** How long each piece of an answer takes, in ms: one can watch it being written, and cancel it. */
const PIECE_MS = 25

type Options = { port: number; pieceMs?: number }

/**
 * A small model that speaks as OpenAI's chat completions do, on this machine: it answers every question with sentences
 * made from its words, calls a tool when it is asked to, and tells its usage. No network, and the same answer each time.
 */
export async function startModelServer({ port, pieceMs = PIECE_MS }: Options) {
  return serveHttp({
    port,
    fetch: async (request) => {
      if (!new URL(request.url).pathname.endsWith('/chat/completions')) {
        return Response.json({ error: { message: 'There is no such route.' } }, { status: 404 })
      }
      const asked = readRequest(await request.json().catch(() => null))
      if (!asked) return Response.json({ error: { message: 'This is no chat completion.' } }, { status: 400 })
      const { messages, maxTokens, tools, fails } = asked
      const text = answerFor(messages)
      const call = tools.find((name) => !messages.some(({ role }) => role === 'tool') && text.includes(name))
      const all = call ? [] : toPieces(text)
      const pieces = withinTokens(all, maxTokens)
      const usage = {
        prompt_tokens: messages.reduce((sum, { content }) => sum + countTokens(content), 0),
        completion_tokens: call ? 1 : countTokens(pieces.join('')),
      }
      const finish = call ? 'tool_calls' : pieces.length < all.length ? 'length' : 'stop'
      return stream({ pieces, call, finish, usage, pieceMs, fails, signal: request.signal })
    },
  })
}

type Streamed = {
  pieces: readonly string[]
  call: string | undefined
  finish: string
  usage: { prompt_tokens: number; completion_tokens: number }
  pieceMs: number
  /** Breaks off half-way, as a provider that is lost. */
  fails: boolean
  signal: AbortSignal
}

function stream({ pieces, call, finish, usage, pieceMs, fails, signal }: Streamed): Response {
  const encoder = new TextEncoder()
  let at = 0
  const chunk = (delta: object, reason: string | null = null) => ({
    ...{ id: 'chatcmpl-local', object: 'chat.completion.chunk', created: 0, model: 'local' },
    choices: [{ index: 0, delta, finish_reason: reason }],
  })
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const send = (data: object | string) =>
        controller.enqueue(
          encoder.encode(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`),
        )
      if (signal.aborted) return controller.close()
      const piece = pieces[at++]
      if (fails && at > pieces.length / 2) return controller.error(new Error('The model is gone.'))
      if (piece !== undefined) {
        await new Promise((resolve) => setTimeout(resolve, pieceMs))
        return send(chunk({ role: 'assistant', content: piece }))
      }
      if (call) {
        const toolCall = {
          index: 0,
          id: 'call-1',
          type: 'function',
          function: { name: call, arguments: '{}' },
        }
        send(chunk({ role: 'assistant', tool_calls: [toolCall] }))
      }
      send({
        ...chunk({}, finish),
        usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens },
      })
      send('[DONE]')
      controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}
