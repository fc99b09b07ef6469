import type { Project } from '../packages/dev-stack/project.ts'
import { type Stack, type StackEnv, type StackOptions, startStack } from '../packages/dev-stack/stack.ts'
import { PROJECT_DIRECTORY } from './paths.ts'
import { project } from './project.ts'
import { SEED_LOGINS } from './seed-logins.ts'
import { readUserEnv, refuseRealPaymentKeys } from './user-env.ts'

/** The lines of `.local/env`. */
export type ProjectEnv = StackEnv & typeof SEED_LOGINS

/**
 * Starts the embedded stack for this product, or for a variant of it.
 * @throws with a sentence when real payment keys are set, and what `startStack` throws
 */
export async function startProjectStack(
  options: Omit<StackOptions, 'project'> & { project?: Project },
): Promise<Stack & { env: ProjectEnv }> {
  refuseRealPaymentKeys(readUserEnv(PROJECT_DIRECTORY, 'development'))
  const stack = await startStack({ project, ...options })
  return { ...stack, env: { ...stack.env, ...SEED_LOGINS } }
}
