import { route } from '../../dodopayments/http.ts'
import type { StripeSandbox } from '../sandbox.ts'
import { checkoutPageRoutes } from './checkout-routes.ts'
import { renderInvoice } from './invoice-pdf.ts'
import { overviewPage } from './overview.ts'
import { portalRoutes } from './portal-routes.ts'

/** What a browser sees: the overview at `/`, the hosted checkout, the billing portal and invoices. */
export const pageRoutes = (sandbox: StripeSandbox) => [
  route('GET', '/', ({ url }) => overviewPage(sandbox, url.searchParams.get('refused')).toResponse()),
  route('GET', '/invoice/:id/pdf', ({ params }) => renderInvoice(sandbox.store.state, params.id ?? '')),
  ...checkoutPageRoutes(sandbox),
  ...portalRoutes(sandbox),
]
