import type { Metadata } from 'next'
import { ToolCard } from '@/components/admin/tool-card'
import { PageHeader } from '@/components/layout/page-header'
import { readToolSwitches } from '@/lib/account/read-tool-switches'
import { listToolFigures, readCreditValues } from '@/lib/admin/list-tool-figures'
import { requireAdmin } from '@/lib/auth/roles'
import { GENERAL } from '@/lib/credit-type'
import { listTools } from '@/tools/registry'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

export default async function AdminToolsPage() {
  const admin = await requireAdmin('/admin/tools')
  const [tools, figures, switches, values] = await Promise.all([
    listTools(),
    listToolFigures(),
    readToolSwitches(),
    readCreditValues(),
  ])
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader {...HEADING} />
      {tools.map(({ id, name, warnOfCost }) => (
        <ToolCard
          key={id}
          adminId={admin.id}
          tool={{ id, name }}
          figures={figures.find(({ tool }) => tool === id)}
          warning={warnOfCost(values.get(GENERAL) ?? null)}
          off={switches.get(id) ?? null}
        />
      ))}
    </div>
  )
}
