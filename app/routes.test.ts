import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const WRAPPED = /= (publicRoute|userRoute|adminRoute|cronRoute|webhookRoute|creditRoute)\(/
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

it('sees a handler without one', () => {
  expect(unwrapped('export async function GET() {}')).toEqual(['GET'])
  expect(unwrapped('const run = async () => {}\nexport { run as GET, run as POST }')).toEqual(['GET', 'POST'])
  expect(unwrapped('export const POST = handle(userRoute)')).toEqual(['POST'])
})

/** The methods that a route exports and no wrapper made. */
function unwrapped(source: string): string[] {
  const declared = [...source.matchAll(/^export (?:async )?(?:const|function) ([A-Z]+)\b/gm)].map(
    ([, name = '']) => [name, name],
  )
  const renamed = [...source.matchAll(/(\w+) as ([A-Z]+)\b/g)].map(([, local = '', name = '']) => [
    local,
    name,
  ])
  return [...declared, ...renamed].flatMap(([local, name = '']) => {
    const line = source.split('\n').find((text) => new RegExp(`^(export )?const ${local} `).test(text))
    return line && WRAPPED.test(line) ? [] : name
  })
}
