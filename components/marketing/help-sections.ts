import { paymentProvider } from '@/lib/payments' // #only payments

/** What the help page answers. */
export const helpSections = [
  {
    title: 'A run failed. Did I pay for it?',
    text: 'No. A tool that fails gives its credits back by itself. The charge and the refund are both in your transactions, one under the other.',
  },
  {
    title: 'Where is the result of a run?',
    text: 'Under Runs, with what it was given and what it cost, also when you left the page while it ran. It is kept for as long as the tool says, a day by default.',
  },
  {
    title: 'Why was I charged this much?',
    text: 'Open a row of your transactions: it says which price, membership and input made the charge. The price is shown on the button before anything runs.',
  },
  // #region payments
  {
    title: 'I paid, and my credits are not there',
    text: `Credits are added when ${paymentProvider.name} confirms the payment, within seconds as a rule. Some banks take longer; Billing shows the payment as processing until then. If the payment was declined, nothing was charged.`,
  },
  {
    title: 'How do I get an invoice, change my card or cancel a plan?',
    text: 'Under Billing. A canceled plan stays until the end of the period that is paid, and the credits it brought stay for as long as they were promised.',
  },
  // #endregion
  {
    title: 'How do I delete my account?',
    text: 'In the settings, at the bottom. You can export everything that is stored about you first.',
  },
]
