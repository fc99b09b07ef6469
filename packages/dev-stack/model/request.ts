export type Message = { role: string; content: string }

type Asked = {
  messages: Message[]
  maxTokens: number
  /** The names of the tools that may be called. */
  tools: string[]
  /** Whether the question asks for a model that breaks off. */
  fails: boolean
}

const BREAK_OFF = 'please break off'

/** Reads the body of a chat completion; null for anything else. */
export function readRequest(body: unknown): Asked | null {
  if (!isRecord(body) || !Array.isArray(body.messages)) return null
  const messages = body.messages.filter(isRecord).map(({ role, content }) => ({
    role: String(role),
    content: typeof content === 'string' ? content : partsOf(content),
  }))
  const tools = Array.isArray(body.tools) ? body.tools.filter(isRecord).map(nameOf) : []
  const maxTokens = Number(body.max_completion_tokens ?? body.max_tokens ?? Infinity)
  return { messages, maxTokens, tools, fails: messages.some(({ content }) => content.includes(BREAK_OFF)) }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const nameOf = ({ function: called }: Record<string, unknown>) =>
  isRecord(called) ? String(called.name) : ''

function partsOf(content: unknown): string {
  if (!Array.isArray(content)) return ''
  return content
    .filter(isRecord)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('')
}
