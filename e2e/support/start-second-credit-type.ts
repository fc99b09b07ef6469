import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTool } from '../../scripts/new-tool/create-tool.ts'
import { TEST_SEEDS, testProject } from '../../supabase/tests/test-project.ts'
import { startCopy } from './start-copy.ts'

const IMAGES = {
  productId: 'pdt_images',
  name: 'Image pack',
  description: 'For pictures.',
  price: 1900,
  currency: 'USD',
}

/** The product with a second credit type that is sold, and a tool that takes it. */
const project = {
  ...testProject,
  seeds: [...TEST_SEEDS, join(import.meta.dirname, 'second-credit-type.sql')],
  products: [...testProject.products, IMAGES],
}

/** A copy of the project that has one tool more, `caption`, which takes image credits. */
export function startSecondCreditType() {
  return startCopy({
    project,
    async change(root) {
      await createTool(root, 'caption')
      const tool = join(root, 'tools/caption/tool.ts')
      const written = readFileSync(tool, 'utf8')
      writeFileSync(tool, written.replace("  name: 'Caption',", "  name: 'Caption',\n  creditType: 'image',"))
    },
  })
}
