import type { StackEnv } from '../../packages/dev-stack/stack.ts'

/** A value of the running stack, which the global setup put into the environment of every worker. */
export function stackEnv(name: keyof StackEnv): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: the global setup has not run.`)
  return value
}
