import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { copyProject } from './copy-project.ts'
import { checkWords } from './words/check-words.ts'
import { findRetired } from './words/find-retired.ts'
import { readCode } from './words/read-code.ts'
import { readSqlNames } from './words/read-sql.ts'
import { splitWords } from './words/split-words.ts'

describe('retired words', () => {
  it.each([
    ['clawedBack', ['clawed', 'Back']],
    ['p_grant_id', ['p', 'grant', 'id']],
    ['HTTPAnswer', ['HTTP', 'Answer']],
    ['lib/billing/own-subscription.ts', ['lib', 'billing', 'own', 'subscription', 'ts']],
  ])('are looked for in the parts of %s', (name, parts) => {
    expect(splitWords(name)).toEqual(parts)
  })

  it.each([
    ['lib/a.ts', 'code', 'listMoneyFacts', 'fact'],
    ['lib/a.ts', 'code', 'PlanStanding', 'standing'],
    ['lib/a.ts', 'code', 'MOST_FAILURES', 'MOST'],
    ['lib/a.ts', 'code', 'Answer', 'Answer'],
    ['supabase/schemas/a.sql', 'sql', 'why_not_refund', 'why not refund'],
    ['supabase/schemas/a.sql', 'sql', 'give', 'give'],
    ['app/page.tsx', 'screen', 'Whom it was done to', 'whom'],
  ] as const)('are found in %s as %s: %s', (file, place, text, words) => {
    expect(findRetired(file, place, text)).toMatchObject([{ file, words }])
  })

  it.each([
    ['lib/a.ts', 'code', 'artifact'],
    ['lib/a.ts', 'code', 'almost'],
    ['lib/a.ts', 'code', 'most'],
    ['lib/a.ts', 'code', 'answer'],
    ['lib/a.ts', 'code', 'grant'],
    ['app/page.tsx', 'code', 'InboxIcon'],
    ['supabase/schemas/a.sql', 'sql', 'grant'],
    ['supabase/schemas/a.sql', 'sql', 'given_name'],
    ['supabase/tests/send-mails.test.ts', 'code', 'inbox'],
    ['app/page.tsx', 'screen', 'For teams with a lot to do.'],
  ] as const)('are not found in %s as %s: %s', (file, place, text) => {
    expect(findRetired(file, place, text)).toEqual([])
  })

  it('are looked for in names and sentences, not in comments', () => {
    const source = `
      // The books.
      import { a as moment } from './inbox'
      export const View = ({ lot }: { lot: string }) => <p title="No entry fits">{\`\${lot} fits\`} of them</p>`
    const { names, sentences } = readCode('view.tsx', source)
    expect([...names]).toEqual(expect.arrayContaining(['moment', 'lot', 'View', 'p', 'title']))
    expect([...sentences].sort()).toEqual([' fits', ' of them', 'No entry fits'])
  })

  it('are looked for in the names of SQL, not in its comments and strings', () => {
    const names = readSqlNames(
      `-- the lot\ncomment on table inbox is 'the ''books''' /* room */; $$ select p_fact $$`,
    )
    expect([...names]).toEqual(expect.arrayContaining(['inbox', 'p_fact']))
    expect([...names]).not.toEqual(expect.arrayContaining(['lot']))
    expect([...names]).not.toEqual(expect.arrayContaining(['books']))
  })

  it('come back in a copy of this project, and are found in each place', () => {
    using copy = copyProject()
    const files = {
      'lib/inbox.ts': 'export const spendableCredits = 1',
      'app/words.tsx': 'export const Words = () => <p>Known as paid since yesterday</p>',
      'supabase/words.sql': 'create function private.take() returns void',
    }
    for (const [file, text] of Object.entries(files)) writeFileSync(join(copy.root, file), text)
    expect(checkWords(copy.root, Object.keys(files)).map(({ text }) => text)).toEqual([
      'lib/inbox.ts',
      'spendableCredits',
      'Known as paid since yesterday',
      'take',
    ])
  })
})
