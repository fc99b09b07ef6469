import { toast } from 'sonner'
import { z } from 'zod'
import { keepPage } from '@/components/layout/kept-input'
import { type CreditType, findCreditType, mainCreditType } from '@/lib/credit-type'
import type { Format } from '@/lib/format'
import { ApiCallError } from '@/lib/http/api-client'

/** Says in a toast why a paid call did not work; when credits are short, of which kind, with a button for `buyCredits`. */
export function toastCreditError(
  format: Format,
  error: unknown,
  types: readonly CreditType[],
  buyCredits?: (creditType: string) => void,
): void {
  if (!(error instanceof ApiCallError)) {
    // A fault of the page, before or after the call: whether the run was paid is not known here.
    toast.error('Something went wrong', { description: 'See your transactions before you try again.' })
    return
  }
  if (error.code === 'insufficient_credits') {
    const { creditType, text } = describeShortage(format, error, types)
    toast.error('Not enough credits', {
      description: text,
      action: buyCredits && { label: 'Buy credits', onClick: () => buyCredits(creditType) },
    })
    return
  }
  if (['session_ended', 'unauthorized'].includes(error.code)) {
    const signIn = () => {
      keepPage()
      window.location.assign(`/login?next=${encodeURIComponent(window.location.pathname)}`)
    }
    toast.error('Signed out', {
      description: error.message,
      action: { label: 'Sign in', onClick: signIn },
      duration: 60_000,
    })
    return
  }
  toast.error('The run failed', { description: inWords(error) })
}

const shortage = z.object({ currentBalance: z.int(), requiredCredits: z.int(), creditType: z.string() })

/** The wallet that is short, and what it takes and what there is, in its unit. */
function describeShortage(
  { countCredits, formatCredits }: Format,
  { details, message }: ApiCallError,
  types: readonly CreditType[],
) {
  const short = shortage.safeParse(details)
  if (!short.success) return { creditType: mainCreditType(types).id, text: message }
  const { currentBalance, requiredCredits, creditType } = short.data
  const required = countCredits(requiredCredits, findCreditType(types, creditType))
  const text = `This takes ${required} and you have ${formatCredits(currentBalance)}. Buy more to continue.`
  return { creditType, text }
}

const refusedFields = z.array(z.object({ message: z.string() })).min(1)

/** What is wrong with the input, in the words of each field; without fields, the sentence of the error. */
function inWords({ details, message }: ApiCallError): string {
  const fields = refusedFields.safeParse(details.fields)
  return fields.success ? fields.data.map((field) => field.message).join(' ') : message
}
