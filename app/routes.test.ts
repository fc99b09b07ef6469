import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const WRAPPED =
  /= (publicRoute|userRoute|adminRoute|cronRoute|keyRoute|publicKeyRoute|webhookRoute|creditRoute|procedureRoute|trpcRoute)\(/
/** Handlers of your own that check who calls, and what is sent, themselves: as in `api/my-route/route.ts`. */
const EXCEPTIONS: string[] = []

const routes = globSync('**/route.ts', { cwd: import.meta.dirname }).filter(
  (file) => !EXCEPTIONS.includes(file),
)

it('finds the routes', () => {
  expect(routes).toEqual(expect.arrayContaining(['api/health/route.ts', 'auth/callback/route.ts']))
})

it.each(routes)('%s is made by a wrapper of lib/http/routes, in each of its methods', (file) => {
  const source = readFileSync(`${import.meta.dirname}/${file}`, 'utf8')
  expect(unwrapped(source)).toEqual([])
})

it.each(routes.filter((file) => file.startsWith('api/')))('%s answers every method', (file) => {
  const source = readFileSync(`${import.meta.dirname}/${file}`, 'utf8')
  const [, rest = ''] =
    /^export const \{([^}]+)\} = (?:refuseMethods|refuseKeyMethods|everyMethod)\(/m.exec(source) ?? []
  // All that another route exports, which is checked there.
  const [, handedOn = ''] = /^export \{([^}]+)\} from '@\/app\/api\/[^']+\/route'$/m.exec(source) ?? []
  const listed = `${rest} ${handedOn}`.match(/[A-Z]+/g) ?? []
  const answered = new Set([...handlersOf(source).map(([, name]) => name), ...listed])
  // Next.js answers HEAD itself where there is a GET.
  if (answered.has('GET')) answered.add('HEAD')
  expect([...answered].sort()).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'])
})

it('sees a handler without one', () => {
  expect(unwrapped('export async function GET() {}')).toEqual(['GET'])
  expect(unwrapped('const run = async () => {}\nexport { run as GET, run as POST }')).toEqual(['GET', 'POST'])
  expect(unwrapped('export const POST = handle(userRoute)')).toEqual(['POST'])
})

/** The methods that a route exports by name, each with the name it has in the file. */
function handlersOf(source: string): [local: string, method: string][] {
  const declared = [...source.matchAll(/^export (?:async )?(?:const|function) ([A-Z]+)\b/gm)].map(
    ([, name = '']): [string, string] => [name, name],
  )
  const renamed = [...source.matchAll(/(\w+) as ([A-Z]+)\b/g)].map(
    ([, local = '', name = '']): [string, string] => [local, name],
  )
  const listed = [...source.matchAll(/^ {2}([A-Z]+): (\w+),/gm)].map(
    ([, name = '', local = '']): [string, string] => [local, name],
  )
  return [...declared, ...renamed, ...listed]
}

/** The methods that a route exports and no wrapper made. */
function unwrapped(source: string): string[] {
  return handlersOf(source).flatMap(([local, name]) => {
    const line = source.split('\n').find((text) => new RegExp(`^(export )?const ${local} `).test(text))
    return line && WRAPPED.test(line) ? [] : name
  })
}
