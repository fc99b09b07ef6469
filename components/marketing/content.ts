import { CopyCheckIcon, LockIcon, ReceiptTextIcon, ScaleIcon, Undo2Icon, WebhookIcon } from 'lucide-react'
import { brand, brandId } from '@/lib/brand'

/** What the landing page says, from top to bottom. The name, the headline and the description are in lib/brand.ts. */

export const headerLinks = [
  { href: '/#how-it-works', label: 'How it works' },
  { href: '/#add-a-tool', label: 'Add a tool' },
  { href: '/pricing', label: 'Pricing' }, // #only payments
] as const

export const hero = {
  text: `Every tool has a price. Every charge is one database transaction. Every open tab shows the new balance at once. ${brand.name} is the Next.js and Supabase starting point with all of it working.`,
  signUp: 'Create an account',
  /** When new accounts start with credits. */
  signUpForCredits: (credits: string) => `Start with ${credits} free credits`,
  openDashboard: 'Open the dashboard',
  more: 'How it works',
}

export const demo = {
  tab: `${brandId} / example-tool`,
  otherTab: 'another tab',
  otherTabText: 'The same account in another tab. The balance follows by itself.',
  empty: 'No rows yet. Every change to the balance adds one.',
  note: 'A model that runs in your browser, with the prices of this installation. Nothing is charged.',
}

export const howItWorks = {
  title: 'One path, from click to balance',
  description: 'Every paid call takes it. There is no second way.',
  steps: [
    {
      title: 'Reserve',
      code: 'creditRoute(summarize)',
      text: 'The route reads the session, checks the input, computes the price and reserves it: one call to the database, before the tool runs.',
    },
    {
      title: 'Run',
      code: 'run: ({ input }) => …',
      text: 'Your tool does its work. If it throws, hangs or the server dies, the reserved credits come back.',
    },
    {
      title: 'Record',
      code: 'credit_transactions',
      text: 'What happened is a numbered row: the amount, and the balance before and after. Rows are never changed and never skipped.',
    },
    {
      title: 'Follow',
      code: 'useCreditManager(userId)',
      text: 'Supabase Realtime carries the new balance to every open tab. A tab that was asleep catches up when it wakes.',
    },
  ],
}

export const promises = {
  title: 'The database keeps the promises',
  description:
    'The rules that money depends on are Postgres constraints and functions, where no bug in a page can get around them.',
  items: [
    {
      icon: ScaleIcon,
      title: 'Never below zero',
      text: 'Fifty calls at once against a balance of twenty: twenty are served, thirty are refused.',
      proof: 'credits_balance_not_negative',
    },
    {
      icon: CopyCheckIcon,
      title: 'Sent twice, charged once',
      text: 'A retried request carries the same key, and a key is charged once, however often it arrives.',
      proof: 'idempotency_key',
    },
    {
      icon: ReceiptTextIcon,
      title: 'A ledger nobody edits',
      text: 'The table itself refuses updates and deletes, whoever asks.',
      proof: 'private.refuse_change()',
    },
    // #region payments
    {
      icon: WebhookIcon,
      title: 'A payment counts once',
      text: 'Webhooks may arrive late, twice or out of order. Credits and the record that they were granted are one transaction.',
      proof: 'apply_payment()',
    },
    // #endregion
    {
      icon: Undo2Icon,
      title: 'Failures are refunded',
      text: 'Never more than the charge, never twice, and always as a row of its own.',
      proof: 'refund_transaction()',
    },
    {
      icon: LockIcon,
      title: 'Browsers only read',
      text: 'Row-level security shows people their own rows. Only the server may call what changes a balance.',
      proof: 'grant execute … to service_role',
    },
  ],
}

export const codeSample = {
  title: 'A tool is one folder',
  description:
    'Say what it takes, what it costs and what it does. Session, validation, charge, refund and response are taken care of.',
  tool: {
    file: 'tools/shout/tool.ts',
    code: `import { z } from 'zod'
import { defineTool } from '@/lib/tool-runner/define-tool'

export const shout = defineTool({
  id: 'shout',
  name: 'Shout',
  input: z.object({ text: z.string().min(1).max(2_000) }),
  // The price may depend on the input.
  cost: ({ input }) => (input.text.length > 500 ? 2 : 1),
  run: async ({ input }) => ({ loud: input.text.toUpperCase() }),
})
`,
  },
  others: [
    {
      file: 'tools/shout/index.tsx',
      code: 'export const entry = registerTool(shout, { …page, prices, form: Form })\n',
    },
    { file: 'any component', code: 'const { balance } = useCreditManager(userId)\n' },
  ],
}

// #region payments
export const pricing = {
  title: 'Pay for what you use',
  description: 'Credits in packages, or with a plan every month. The more, the less each one costs.',
}
// #endregion

export const faq = {
  title: 'Questions',
  items: [
    {
      question: 'What do I need to try it?',
      answer:
        'Node.js. Installing the packages and starting the app brings Postgres, sign-in, Realtime, a payment sandbox and a mailbox, all on your machine. No account, no key, no Docker.',
    },
    {
      question: 'And to go live?',
      answer:
        'A Supabase project, an account with the payment provider, and five environment variables. The migrations and the code stay as they are: the app cannot tell the embedded services from the hosted ones.',
    },
    {
      question: 'Can people give themselves credits from the browser?',
      answer:
        'No. Signed-in users may read their own rows and change their name. Balances and the ledger are written by database functions that only the server may call, and the tests try to get around that.',
    },
    // #region payments
    {
      question: 'What if a webhook never arrives, or arrives twice?',
      answer:
        'A webhook that fails is answered with an error, so that it is sent again. One that comes again is recognized by its payment and changes nothing. A payment whose webhook is late is looked up at the provider.',
    },
    // #endregion
    {
      question: 'Can I use only a part of it?',
      answer:
        'Yes. One command takes off payments, the admin area or a tool. The credit engine is SQL and knows none of them.',
    },
  ],
}

export const footerLinks = [
  { href: '/pricing', label: 'Pricing' }, // #only payments
  { href: '/help', label: 'Help' },
  { href: '/terms', label: 'Terms' },
  { href: '/privacy', label: 'Privacy' },
] as const
