import { findPayment } from '../find.ts'
import { route } from '../http.ts'
import { invoicePdf } from '../invoice.ts'
import type { Sandbox } from '../sandbox.ts'
import { checkoutPageRoutes } from './checkout/routes.ts'
import { overviewPage } from './overview/overview-page.ts'
import { portalRoutes } from './portal/routes.ts'

/** What a browser sees: the overview at `/`, the hosted checkout, the customer portal and invoices. */
export const pageRoutes = (sandbox: Sandbox) => [
  route('GET', '/', ({ url }) => overviewPage(sandbox, url.searchParams.get('refused')).toResponse()),
  route('GET', '/invoice/:id', ({ params }) => invoicePdf(findPayment(sandbox, params.id))),
  ...checkoutPageRoutes(sandbox),
  ...portalRoutes(sandbox),
]
