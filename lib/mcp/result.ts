import type { CallToolResult } from '@modelcontextprotocol/server'
import { ApiCallError, type RunProgress, readReply } from '@/lib/http/api-client'
import { errorResponse } from '@/lib/http/error-response'
import { asProblem } from '@/lib/http/problem'

type Content = CallToolResult['content']

/**
 * What an agent is told of an answer: `structuredContent` is its body as `/api/v1` has it, a refusal too; the text is the
 * same, with images beside it.
 */
export async function toResult(
  send: () => Promise<Response | object>,
  onProgress?: (progress: RunProgress) => void,
): Promise<CallToolResult> {
  try {
    const body = await readReply(() => respond(send), onProgress)
    return { content: toContent(body), structuredContent: { ...Object(body) } }
  } catch (error) {
    if (!(error instanceof ApiCallError)) throw error
    const { code, status, message, details } = error
    const refusal = { ...details, error: code, status, message }
    return { isError: true, content: toContent(refusal), structuredContent: refusal }
  }
}

/** As `/api/v1` answers: what is thrown is a problem. */
async function respond(send: () => Promise<Response | object>): Promise<Response> {
  try {
    const answer = await send()
    return await asProblem(answer instanceof Response ? answer : Response.json(answer))
  } catch (error) {
    return asProblem(errorResponse(error))
  }
}

const IMAGE = /^data:(image\/[\w.+-]+);base64,/

/** A body as text, with each image in it taken out and shown. */
function toContent(body: unknown): Content {
  const images: Content = []
  const text = JSON.stringify(body, (_, value: unknown) => {
    const [start, mimeType] = (typeof value === 'string' && IMAGE.exec(value)) || []
    if (typeof value !== 'string' || start === undefined || mimeType === undefined) return value
    images.push({ type: 'image', mimeType, data: value.slice(start.length) })
    return `image ${images.length} below`
  })
  return [{ type: 'text', text }, ...images]
}
