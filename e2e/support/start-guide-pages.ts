import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startCopy } from './start-copy.ts'

const PAGE = `import { requireUser } from '@/lib/auth/session'
import ExampleToolClient, { MyNewTool, Shop } from '@/supabase/tests/guide-examples/pages'
import { Balances } from '@/supabase/tests/guide-examples/trpc-components'

export default async function GuidePage() {
  const user = await requireUser('/guide')
  return (
    <>
      <Shop user={user} />
      <section aria-label="Tool"><ExampleToolClient userId={user.id} requiredCredits={1} /></section>
      <section aria-label="New tool"><MyNewTool userId={user.id} /></section>
      <section aria-label="Balances"><Balances /></section>
    </>
  )
}
`

/** A copy of the project into which somebody has pasted the pages of the field guides, at /guide. */
export function startGuidePages() {
  return startCopy({
    change(root) {
      const folder = join(root, 'app/(protected)/guide')
      mkdirSync(folder)
      writeFileSync(join(folder, 'page.tsx'), PAGE)
    },
  })
}
