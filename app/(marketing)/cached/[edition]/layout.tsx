import type { ReactNode } from 'react'
import { SiteFrame } from '@/components/marketing/site-frame'

/** Reading anything of a request, as a cookie, is an error on these pages: the next visitor gets the same. */
export const dynamic = 'error'

/** Seconds; one of the steps to the 60 in which a change by SQL is seen (`expireTime` in next.config.ts). */
export const revalidate = 15

/** None at build time, when neither the database nor the address is known: each page is rendered once it is asked for. */
export const generateStaticParams = () => []

/** The pages that anybody sees alike, kept after their first request. next.config.ts gives them their addresses. */
export default function MarketingLayout({ children }: { children: ReactNode }) {
  return <SiteFrame>{children}</SiteFrame>
}
