import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkArrows } from './arrows/check-arrows.ts'
import { copyProject } from './copy-project.ts'
import { listCodeFiles } from './list-files.ts'

describe('the arrows', () => {
  let copy: ReturnType<typeof copyProject>

  beforeEach(() => {
    copy = copyProject()
  })
  afterEach(() => copy[Symbol.dispose]())

  const write = (file: string, text: string) => writeFileSync(join(copy.root, file), text)
  const check = () => checkArrows(copy.root, listCodeFiles(copy.root))

  it('hold in this project', () => {
    expect(check()).toEqual([])
  })

  it.each([
    ['lib/format.ts', "import type {} from '@/app/layout'"],
    ['lib/credits/pricing.ts', "export { runJob } from '@/lib/jobs/run-job'"],
    ['lib/credits/errors.ts', "type Tool = import('../tool-runner/define-tool').Tool"],
    ['components/credits/run-button.tsx', "const registry = () => import('../../tools/registry')"],
    ['components/credits/run-button.tsx', "import.meta.glob(['../../tools/*/index.ts'])"],
    ['packages/dev-stack/stack.ts', "import '../../lib/credits/index.ts'"],
  ])('break when %s says: %s', (file, line) => {
    write(file, line)
    expect(check().join('\n')).toContain(`${file} must not import`)
  })

  it('break with a circle, even one of types', () => {
    write('lib/format.ts', "import type {} from './logger'")
    write('lib/logger.ts', "import type {} from './format'")
    expect(check()).toEqual([expect.stringMatching(/^Circle: .*lib\/format.ts → /)])
  })

  it('break with an import that leads nowhere', () => {
    rmSync(join(copy.root, 'lib/pricing-plans.ts'))
    expect(check().join('\n')).toContain('which is not there')
  })

  it('do not pass over a file that cannot be read or is in no module', () => {
    write('lib/format.ts', 'export const {')
    cpSync(join(copy.root, 'lib/logger.ts'), join(copy.root, 'elsewhere/logger.ts'))
    const problems = check().join('\n')
    expect(problems).toContain('1 of')
    expect(problems).toContain('elsewhere/logger.ts is in no module')
  })
})
