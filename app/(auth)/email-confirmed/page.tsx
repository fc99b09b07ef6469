import { CheckIcon } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { AuthPanel } from '@/components/auth/auth-panel'
import { PanelIcon } from '@/components/auth/panel-icon'
import { Button } from '@/components/ui/button'

export const metadata: Metadata = { title: 'E-mail address confirmed' }

export default function EmailConfirmedPage() {
  return (
    <AuthPanel
      title="E-mail address confirmed"
      description="Thank you. If you changed your address, open the link in your other mailbox as well."
    >
      <PanelIcon icon={CheckIcon} />
      <Button asChild size="lg">
        <Link href="/dashboard">Go to your dashboard</Link>
      </Button>
    </AuthPanel>
  )
}
