// biome-ignore-all lint/correctness/useHookAtTopLevel: what is no render takes another way here, and calls no hook.
import { createContext, useCallback, useContext, useState, useSyncExternalStore } from 'react'
import { z } from 'zod'
import { LOADING, QueryStore } from './query-store'
import { send } from './send'

const store = new QueryStore(ask)
const asked = z.object({ path: z.string(), input: z.unknown().optional() })
const Probe = createContext(null)

/** Whether React renders a component now: only then has a hook somewhere to keep its state. */
function useIsRendering(): boolean {
  try {
    useContext(Probe)
    return true
  } catch {
    return false
  }
}

/** What a query gives in a component: `data` and `error` as they come, and `refetch`. */
function useLiveQuery(key: string) {
  const watch = useCallback((onChange: () => void) => store.watch(key, onChange), [key])
  const state = useSyncExternalStore(
    watch,
    () => store.get(key),
    () => LOADING,
  )
  return { ...state, refetch: () => store.refetch(key) }
}

type MutationOptions = {
  onSuccess?: (data: unknown) => void
  onError?: (error: unknown) => void
  onSettled?: () => void
}

const IDLE = { data: undefined, error: null, isPending: false }

/** What a mutation gives in a component: `mutate` to send it, `mutateAsync` to wait for it. */
function useLiveMutation(send: (input: unknown) => Promise<unknown>, options: MutationOptions = {}) {
  const [state, setState] = useState<{ data: unknown; error: unknown; isPending: boolean }>(IDLE)

  async function mutateAsync(input: unknown): Promise<unknown> {
    setState({ ...IDLE, isPending: true })
    try {
      const data = await send(input)
      setState({ ...IDLE, data })
      options.onSuccess?.(data)
      return data
    } catch (error) {
      setState({ ...IDLE, error })
      options.onError?.(error)
      throw error
    } finally {
      options.onSettled?.()
    }
  }
  const mutate = (input: unknown) => void mutateAsync(input).catch(() => undefined)
  return { ...state, mutate, mutateAsync, reset: () => setState(IDLE) }
}

const OPTIONS = new Set(['onSuccess', 'onError', 'onSettled'])

/** Whether this is how a mutation is watched, instead of what is to be sent. */
function isOptions(given: object | undefined): given is MutationOptions | undefined {
  return given === undefined || Object.keys(given).every((name) => OPTIONS.has(name))
}

/** A query: in a component what is known so far, anywhere else a promise of `{ data }`. */
export function useProcedureQuery(path: string, input?: object) {
  const key = JSON.stringify({ path, input })
  const isRendering = useIsRendering()
  if (!isRendering) return Object.assign(load(ask(key)), LOADING)
  return Object.assign(new Promise(() => undefined), useLiveQuery(key))
}

function ask(key: string): Promise<unknown> {
  const { path, input } = asked.parse(JSON.parse(key))
  return send('query', path, input)
}

/** A mutation: with an input it is sent at once, for who awaits `{ data }`; without one it is a hook. */
export function useProcedureMutation(path: string, given: object | undefined) {
  const mutate = (input: unknown) => send('mutation', path, input)
  if (!isOptions(given)) return load(mutate(given))
  return useLiveMutation(mutate, given)
}

async function load(answer: Promise<unknown>): Promise<{ data: unknown }> {
  return { data: await answer }
}
