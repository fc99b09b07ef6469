import { join } from 'node:path'
import type { Project } from '../../packages/dev-stack/project.ts'
import { SEED_FILE } from '../../scripts/paths.ts'
import { project } from '../../scripts/project.ts'

/**
 * The seed of every test: the users of the product, but credit types and packages of the tests' own. What a fork sells
 * and gives away breaks no test.
 */
export const TEST_SEEDS = [
  join(import.meta.dirname, 'before-seed.sql'),
  SEED_FILE,
  join(import.meta.dirname, 'after-seed.sql'),
]

/** The product with what the tests sell, as `after-seed.sql` has it. */
export const testProject: Project = {
  ...project,
  seeds: TEST_SEEDS,
  products: [
    {
      productId: 'pdt_starter',
      name: 'Starter',
      description: 'For trying things out.',
      price: 999,
      currency: 'USD',
    },
    { productId: 'pdt_pro', name: 'Pro', description: 'For regular work.', price: 3999, currency: 'USD' },
    {
      productId: 'pdt_enterprise',
      name: 'Enterprise',
      description: 'For teams with a lot to do.',
      price: 14999,
      currency: 'USD',
    },
    {
      productId: 'pdt_pro_monthly',
      name: 'Pro monthly',
      description: 'Credits every month, for less.',
      price: 2900,
      currency: 'USD',
      interval: 'month',
    },
    {
      productId: 'pdt_pro_yearly',
      name: 'Pro yearly',
      description: 'A year of Pro, two months of it free.',
      price: 29000,
      currency: 'USD',
      interval: 'year',
    },
    {
      productId: 'pdt_enterprise_monthly',
      name: 'Enterprise monthly',
      description: 'For teams that run all day.',
      price: 14900,
      currency: 'USD',
      interval: 'month',
    },
  ],
}
