import type { Project } from '../packages/dev-stack/project.ts'
import { type Stack, type StackEnv, type StackOptions, startStack } from '../packages/dev-stack/stack.ts'
import { type ModelEnv, startModel } from './model-server.ts' // #only ai
import { PROJECT_DIRECTORY } from './paths.ts'
import { project } from './project.ts'
import { SEED_LOGINS } from './seed-logins.ts'
import { type StripeEnv, startStripe } from './stripe-sandbox.ts' // #only stripe
import { readUserEnv, refuseRealPaymentKeys } from './user-env.ts'

/** The lines of `.local/env`. */
export type ProjectEnv = StackEnv &
  Partial<StripeEnv> & // #only stripe
  Partial<ModelEnv> & // #only ai
  typeof SEED_LOGINS

/**
 * Starts the embedded stack for this product, or for a variant of it; with `PAYMENT_PROVIDER=stripe` the sandbox of Stripe
 * too. @throws with a sentence when real payment keys are set, and what `startStack` throws
 */
export async function startProjectStack(
  options: Omit<StackOptions, 'project'> & { project?: Project },
): Promise<Stack & { env: ProjectEnv }> {
  const userEnv = readUserEnv(PROJECT_DIRECTORY, 'development')
  refuseRealPaymentKeys(userEnv)
  await using undo = new AsyncDisposableStack()
  const more: Partial<ProjectEnv> & Record<string, string> = {}
  // #region stripe
  if (userEnv.PAYMENT_PROVIDER === 'stripe') {
    const { directory, appUrl, ports } = options
    const stripe = await startStripe({ directory, appUrl, anyPort: ports?.sandbox === 0 })
    undo.defer(stripe.close)
    Object.assign(more, stripe.env)
  }
  // #endregion
  // #region ai
  // A provider of one's own is asked instead.
  if (!userEnv.AI_BASE_URL) {
    const model = await startModel({ anyPort: options.ports?.sandbox === 0 })
    undo.defer(model.close)
    Object.assign(more, model.env)
  }
  // #endregion
  const served = options.project ?? project
  const stack = await startStack({ ...options, project: { ...served, env: { ...served.env, ...more } } })
  undo.defer(stack.stop)
  const running = undo.move()
  return { env: { ...stack.env, ...SEED_LOGINS, ...more }, stop: () => running.disposeAsync() }
}
