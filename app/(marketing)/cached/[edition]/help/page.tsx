import type { Metadata } from 'next'
import { helpSections } from '@/components/marketing/help-sections'
import { Prose } from '@/components/marketing/prose'
import { brand } from '@/lib/brand'

export const metadata: Metadata = {
  title: 'Help',
  description: `Answers about credits, payments and accounts of ${brand.name}, and how to reach us.`,
}

const CONTACT = {
  title: 'Still stuck?',
  text: (
    <>
      <span>Write to </span>
      <a className="break-words text-foreground underline" href={`mailto:${brand.supportAddress}`}>
        {brand.supportAddress}
      </a>
      <span> from the address you sign in with, and add the number of the transaction or payment.</span>
    </>
  ),
}

export default function HelpPage() {
  return (
    <Prose
      title="Help"
      summary="What people ask most, and how to reach us."
      sections={[...helpSections, CONTACT]}
    />
  )
}
