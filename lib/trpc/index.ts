import { type Contracts, contracts } from '@/lib/contracts'
import type { Arguments, Contract, InputOf, OutputOf } from '@/lib/contracts/contract'
import type { ApiCallError } from '@/lib/http/api-client'
import { useProcedureMutation, useProcedureQuery } from './hooks'
import { send } from './send'

export type { AppRouter } from './router'

type Loaded<Data> = { data: Data }

/** In a component, what is known so far; anywhere else, a promise of it. */
export type QueryResult<Data> = Promise<Loaded<Data>> & {
  data: Data | undefined
  error: ApiCallError | null
  isLoading: boolean
  refetch: () => Promise<void>
}

export type MutationResult<Input, Data> = {
  data: Data | undefined
  error: ApiCallError | null
  isPending: boolean
  mutate: (input: Input) => void
  mutateAsync: (input: Input) => Promise<Data>
  reset: () => void
}

export type MutationOptions<Data> = {
  onSuccess?: (data: Data) => void
  onError?: (error: ApiCallError) => void
  onSettled?: () => void
}

type Query<Called extends Contract> = {
  query: (...args: Arguments<Called>) => Promise<OutputOf<Called>>
  /** In a component a hook; in a handler, awaited: `const { data } = await trpc.….useQuery()`. */
  useQuery: (...args: Arguments<Called>) => QueryResult<OutputOf<Called>>
}

type Mutation<Called extends Contract> = {
  mutate: (input: InputOf<Called>) => Promise<OutputOf<Called>>
  /** In a component a hook, which gives `mutate`; with an input it is sent at once, for handlers that await it. */
  useMutation: {
    (options?: MutationOptions<OutputOf<Called>>): MutationResult<InputOf<Called>, OutputOf<Called>>
    (input: InputOf<Called>): Promise<Loaded<OutputOf<Called>>>
  }
}

type Client<Called> =
  Called extends Contract<'query'>
    ? Query<Called>
    : Called extends Contract<'mutation'>
      ? Mutation<Called>
      : never

export type TrpcClient = {
  [Group in keyof Contracts]: { [Name in keyof Contracts[Group]]: Client<Contracts[Group][Name]> }
}

function createClient(): TrpcClient
function createClient(): unknown {
  return Object.fromEntries(
    Object.entries(contracts).map(([group, procedures]) => [
      group,
      Object.fromEntries(
        Object.entries<Contract>(procedures).map(([name, { kind }]) => {
          const path = `${group}.${name}`
          return [name, kind === 'query' ? queryOf(path) : mutationOf(path)]
        }),
      ),
    ]),
  )
}

const queryOf = (path: string) => ({
  query: (input?: object) => send('query', path, input),
  useQuery: (input?: object) => useProcedureQuery(path, input),
})

const mutationOf = (path: string) => ({
  mutate: (input: object) => send('mutation', path, input),
  useMutation: (given?: object) => useProcedureMutation(path, given),
})

/** The procedures in the browser, by tRPC. Every call throws an ApiCallError, whose `code` is that of the REST route. */
export const trpc = createClient()
