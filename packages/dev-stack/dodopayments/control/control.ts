import { z } from 'zod'
import { type Route, readBody, route, SandboxError } from '../http.ts'

type Act<Input> = (input: Input, params: Record<string, string>) => unknown

/**
 * A switch for developers and tests. Tests send JSON and read JSON; the pages send the same fields as a form, and
 * are sent back to the overview, which says what was refused.
 */
export function control<Schema extends z.ZodType>(
  pathname: string,
  schema: Schema,
  act: Act<z.output<Schema>>,
): Route {
  return route('POST', pathname, async ({ request, params }) => {
    if (request.headers.get('content-type')?.startsWith('application/json')) {
      return Response.json(await act(await readBody(request, schema), params))
    }
    try {
      await act(await readForm(request, schema), params)
      return backTo('/')
    } catch (error) {
      if (error instanceof SandboxError) return backTo(`/?refused=${encodeURIComponent(error.message)}`)
      throw error
    }
  })
}

/** A number, which a form sends as text. */
export const count = z.coerce.number().int().min(0)

async function readForm<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const isForm = request.headers.has('content-type')
  const typed = isForm ? Object.fromEntries(await request.formData()) : {}
  // An empty field of a form is one that was left out.
  const fields = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''))
  const result = schema.safeParse(fields)
  if (result.success) return result.data
  throw new SandboxError(422, 'INVALID_FORM', z.prettifyError(result.error))
}

const backTo = (location: string) => new Response(null, { status: 303, headers: { location } })
