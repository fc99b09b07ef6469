import postgres, { type Sql } from 'postgres'
import { z } from 'zod'

const result = z.looseObject({ ok: z.boolean(), code: z.string().optional(), message: z.string().optional() })

/** What a function of the engine answers: a refusal has a code. */
export type EngineResult = z.output<typeof result>

export type EngineArguments = Record<string, string | number | boolean | null | object>

export type Engine = {
  /** Calls a function of the engine by the names of its arguments, as the server does. A refusal is a result. */
  ask(name: string, args: EngineArguments): Promise<EngineResult>
  /** The same for what must go through. @throws with what the function says otherwise */
  call(name: string, args: EngineArguments): Promise<EngineResult>
  /** The owner of the tables, for what people do at Auth. */
  owner: Sql
  close(): Promise<void>
}

/** Opens the engine with the rights of the app's server, and a connection of the tables' owner. */
export function openEngine(ownerUrl: string): Engine {
  const asServer: postgres.Options<Record<string, never>> = { connection: { role: 'service_role' } }
  const server = postgres(ownerUrl, { max: 1, onnotice: () => {}, ...asServer })
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} })

  async function ask(name: string, args: EngineArguments): Promise<EngineResult> {
    const names = Object.keys(args).map((argument, index) => `${argument} => $${index + 1}`)
    const [row] = await server.unsafe<{ result: unknown }[]>(
      `select to_jsonb(public.${name}(${names.join(', ')})) as result`,
      Object.values(args),
    )
    return result.parse(row?.result)
  }

  return {
    ask,
    async call(name, args) {
      const answer = await ask(name, args)
      if (answer.ok) return answer
      throw new Error(`${name} was refused: ${answer.message ?? answer.code}`)
    },
    owner,
    async close() {
      await server.end()
      await owner.end()
    },
  }
}
