import { z } from 'zod'
import { AuthError, invalid } from './auth-error.ts'

/** Reads a JSON body of the given shape. @throws AuthError `bad_json` or `validation_failed`. */
export async function readBody<T extends z.ZodType>(request: Request, schema: T): Promise<z.infer<T>> {
  const text = await request.clone().text()
  const result = schema.safeParse(parse(text))
  if (!result.success) throw invalid(z.prettifyError(result.error))
  return result.data
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text || '{}')
  } catch {
    throw new AuthError(400, 'bad_json', 'Could not parse request body as JSON')
  }
}
