import { CheckIcon } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { AuthPanel } from '@/components/auth/auth-panel'
import { PanelIcon } from '@/components/auth/panel-icon'
import { Button } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Account closed' }

export default function AccountClosedPage() {
  return (
    <AuthPanel
      title="Your account is closed"
      description="Your name, your address and what you entered are deleted. You are signed out everywhere."
    >
      <PanelIcon icon={CheckIcon} />
      <Button asChild size="lg">
        <Link href="/">Home page</Link>
      </Button>
    </AuthPanel>
  )
}
