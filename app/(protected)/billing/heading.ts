export const HEADING = {
  title: 'Billing',
  description: 'Your plan, your payments and their invoices.',
}
