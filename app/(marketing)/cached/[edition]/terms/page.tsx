import type { Metadata } from 'next'
import { Prose } from '@/components/marketing/prose'
import { TERMS_VERSION } from '@/lib/auth/terms'
import { brand } from '@/lib/brand'
import { paymentProvider } from '@/lib/payments'

export const metadata: Metadata = {
  title: 'Terms',
  description: `The terms of ${brand.name}, as they come with it.`,
}

const SECTIONS = [
  {
    title: 'What this page is',
    text: `${brand.name} is a boilerplate. Whoever runs it offers the service, and replaces this page with their own terms. What follows describes how the software behaves, so that those terms can start from the truth.`,
  },
  {
    title: 'Accounts',
    text: 'An account belongs to one e-mail address, which has to be confirmed. Welcome credits, where there are any, are granted once per mailbox when that happens, and may be held where many accounts come from one network.',
  },
  {
    title: 'Credits',
    text: 'Credits are a prepaid right to use the tools of this service. They have no cash value and cannot be passed on. Each charge is shown before it is made, and recorded with the balance before and after it.',
  },
  {
    title: 'When a tool fails',
    text: 'A tool that fails gives its credits back by itself. The charge and the refund both stay visible in the list of transactions.',
  },
  // #region payments
  {
    title: 'What is sold',
    text: 'Packages of credits, paid once, and plans, paid in advance for each period until they are canceled. A plan brings credits every period and may bring a membership; what each brings, for how long, and what it costs stand beside it before you pay.',
  },
  {
    title: 'Payments',
    text: `Packages and plans are paid through ${paymentProvider.name}${paymentProvider.isMerchantOfRecord ? ' as the merchant of record, which handles cards, taxes and receipts' : ', which handles cards'}. Credits are added when ${paymentProvider.name} confirms the payment. A declined payment adds nothing and costs nothing.`,
  },
  // #endregion
  {
    title: 'Corrections',
    text: 'The people who run the service can correct a balance. Every correction carries a reason, is written to the list of transactions, and is kept in an audit log with the name of who made it.',
  },
]

export default function TermsPage() {
  return (
    <Prose
      title="Terms"
      summary={`Short, and true of the software as it comes. Version of ${TERMS_VERSION}.`}
      sections={SECTIONS}
    />
  )
}
