import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { SandboxState } from './types.ts'

export type Store = { readonly state: SandboxState; save(): void }

const emptyState = (): SandboxState => ({
  sessions: {},
  payments: {},
  lines: {},
  customers: {},
  subscriptions: {},
  refunds: {},
  disputes: {},
  products: {},
  portals: {},
  deliveries: {},
  faults: { hold: 0, fail: 0, duplicate: 0, delay: 0, delayMilliseconds: 5_000, failRefunds: 0 },
  settlements: {},
})

/**
 * Keeps everything in `<directory>/dodo.json`. `save` replaces the file in one step before the caller answers,
 * so that a killed process finds either the old state or the new one.
 * @throws when the file is there but is not JSON
 */
export function openStore(directory: string): Store {
  return openState(directory, 'dodo.json', emptyState())
}

/** The same for the state of any sandbox. @throws when the file is there but is not JSON */
export function openState<State extends object>(
  directory: string,
  name: string,
  empty: State,
): { readonly state: State; save(): void } {
  mkdirSync(directory, { recursive: true })
  const file = path.join(directory, name)
  const state: State = { ...empty, ...read(file) }
  return {
    state,
    save() {
      const temporary = `${file}.${process.pid}.tmp`
      writeFileSync(temporary, JSON.stringify(state))
      renameSync(temporary, file)
    },
  }
}

function read(file: string): object {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw new Error(`The payment sandbox cannot read its state in ${file}.`, { cause: error })
  }
}
