import { toPdf } from '../../dodopayments/invoice.ts'
import { money } from '../../dodopayments/pages/money.ts'
import { missing } from '../errors.ts'
import type { StripeState } from '../sandbox.ts'

/** The invoice of a paid checkout as a PDF. @throws SandboxError 404 */
export function renderInvoice({ invoices }: StripeState, id: string): Response {
  const invoice = invoices[id]
  if (!invoice) throw missing('invoice', id)
  const lines = [
    `Invoice ${invoice.id}`,
    '',
    `Date     ${new Date(invoice.created * 1000).toISOString().slice(0, 10)}`,
    `Total    ${money(invoice.total, invoice.currency.toUpperCase(), 'code')}`,
    `Status   ${invoice.status}`,
    '',
    'Stripe sandbox: no money moved.',
  ]
  return new Response(toPdf(lines), { headers: { 'content-type': 'application/pdf' } })
}
