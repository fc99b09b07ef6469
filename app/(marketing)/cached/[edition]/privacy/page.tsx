import type { Metadata } from 'next'
import { Prose } from '@/components/marketing/prose'
import { brand } from '@/lib/brand'
import { providerNames } from '@/lib/payments'

export const metadata: Metadata = {
  title: 'Privacy',
  description: `What ${brand.name} keeps about people, and why.`,
}

const SECTIONS = [
  {
    title: 'What this page is',
    text: `${brand.name} is a boilerplate. Whoever runs it decides about the data and replaces this page with their own notice. What follows is what the software itself stores and sends.`,
  },
  {
    title: 'What is stored',
    text: 'Your e-mail address and the name you give, a password only as a hash, your balances and the list of your transactions, which terms you accepted and when, the network from which you confirmed your address, and the payments you made: package, amount, state. Card numbers never reach this service.',
  },
  {
    title: 'Who sees it',
    text: 'You see your own rows, and the people who run the service see those of everyone. The database enforces this by itself, whatever page asks.',
  },
  {
    title: 'Who else is involved',
    text: 'Supabase hosts the database, sign-in and live updates. Nothing is sent to anyone for advertising or analytics.',
  },
  // #region payments
  {
    title: 'Who handles payments',
    text: `Payments are taken by ${providerNames()}, which learns your e-mail address and what you buy.`,
  },
  // #endregion
  {
    title: 'Cookies',
    text: 'One session, kept in cookies of this site so that you stay signed in, and your choice of light or dark, kept in your browser. There is nothing to consent to, because there is nothing else.',
  },
  {
    title: 'What you put into tools',
    text: 'A tool gets what you send it and answers. The example tool works on the server itself, passes your text to nobody, and does not keep it.',
  },
  {
    title: 'How long',
    text: 'The list of transactions is a book of account: it is kept, and rows in it are never changed. A profile without transactions goes with its account.',
  },
]

export default function PrivacyPage() {
  return <Prose title="Privacy" summary="What is kept about you, and what is not." sections={SECTIONS} />
}
