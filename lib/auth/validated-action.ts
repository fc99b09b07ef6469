import 'server-only'
import { headers } from 'next/headers'
import type { z } from 'zod'
import { countAttempt } from '@/lib/rate-limits/count-attempt'
import type { RateLimitedAction } from '@/lib/rate-limits/limits'
import { RateLimitedError } from '@/lib/supabase/refusals'
import type { FormAction, FormState } from './form-state'

// A captcha is good for one request.
const NEVER_SENT_BACK = /password|captcha/i

/** The texts of a form; none of what is no form, as a call that was made up may send. */
function textFields(data: unknown): Record<string, string> {
  const fields: Record<string, string> = {}
  if (!(data instanceof FormData)) return fields
  for (const [name, value] of data) {
    // React adds fields of its own to find the action; they all start with a dollar sign.
    if (typeof value === 'string' && !name.startsWith('$')) fields[name] = value
  }
  return fields
}

function firstErrors(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { path, message } of issues) errors[path.join('.')] ??= message
  return errors
}

/**
 * A form action for `useActionState`: checks the fields against `schema`, counts the attempt against `rate`, runs `act`
 * with what came out, and returns a FormState that also holds what was typed (never passwords).
 */
export function validatedAction<Schema extends z.ZodType>(
  schema: Schema,
  act: (input: z.output<Schema>) => Promise<FormState>,
  { rate }: { rate?: RateLimitedAction } = {},
): FormAction {
  return async (_state, data) => {
    const fields = textFields(data)
    const values = Object.fromEntries(Object.entries(fields).filter(([name]) => !NEVER_SENT_BACK.test(name)))
    const input = schema.safeParse(fields)
    if (!input.success) return { errors: firstErrors(input.error.issues), values }
    try {
      if (rate) await countAttempt(rate, { headers: await headers() })
      return { ...(await act(input.data)), values }
    } catch (error) {
      if (error instanceof RateLimitedError) return { message: error.message, values }
      throw error
    }
  }
}
