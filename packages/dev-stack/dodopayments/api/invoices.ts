import { findPayment } from '../find.ts'
import { route } from '../http.ts'
import { invoicePdf } from '../invoice.ts'
import type { Sandbox } from '../sandbox.ts'

/** `GET /invoices/payments/{id}`: a PDF. */
export const invoiceRoutes = (sandbox: Sandbox) => [
  route('GET', '/invoices/payments/:id', ({ params }) => invoicePdf(findPayment(sandbox, params.id))),
]
