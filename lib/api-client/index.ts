import type { Arguments, Contract, OutputOf } from '../contracts/contract.ts'
import { type Contracts, contracts } from '../contracts/index.ts'
import { callApi } from '../http/api-client.ts'

/** Calls a procedure. @throws ApiCallError, with the same `code` by every door */
type Call<Called> = Called extends Contract
  ? (...args: Arguments<Called>) => Promise<OutputOf<Called>>
  : never

export type ApiClient = {
  [Group in keyof Contracts]: { [Name in keyof Contracts[Group]]: Call<Contracts[Group][Name]> }
}

type Server = {
  /** As https://app.example; nothing in the browser, where the app is the one that served the page. */
  baseUrl?: string
  /** Sent with each call, as `cookie` from a program. */
  headers?: Record<string, string>
}

/** A typed client of the REST routes, in the browser or outside of the app: `client.credits.getBalances()`. */
export function createApiClient(server?: Server): ApiClient
export function createApiClient(server: Server = {}): unknown {
  return Object.fromEntries(
    Object.entries(contracts).map(([group, procedures]) => [
      group,
      Object.fromEntries(
        Object.entries<Contract>(procedures).map(([name, contract]) => [
          name,
          (input: object = {}) => callProcedure(server, contract, input),
        ]),
      ),
    ]),
  )
}

/** The client of our own pages. */
export const api = createApiClient()

function callProcedure(
  { baseUrl = '', headers }: Server,
  contract: Contract,
  input: object,
): Promise<unknown> {
  const { method, output: reply } = contract
  const { path, rest } = fillPath(contract.path, input)
  if (method === 'GET') return callApi(`${baseUrl}${path}${toSearch(rest)}`, { headers, reply })
  return callApi(baseUrl + path, { body: rest, method, headers, reply })
}

/** Puts what an address names, as the `:id` of `/api/packages/:id`, in its place; the rest is sent. */
function fillPath(template: string, input: object): { path: string; rest: object } {
  const rest: Record<string, unknown> = { ...input }
  const path = template.replace(/:(\w+)/g, (_, name: string) => {
    const value = encodeURIComponent(String(rest[name]))
    delete rest[name]
    return value
  })
  return { path, rest }
}

/** An input as the query of an address: dates as ISO times, lists with commas. */
function toSearch(input: object): string {
  const given = Object.entries(input).filter(([, value]) => value !== undefined)
  const texts = given.map(([name, value]) => [
    name,
    value instanceof Date ? value.toISOString() : String(value),
  ])
  return texts.length > 0 ? `?${new URLSearchParams(texts)}` : ''
}
