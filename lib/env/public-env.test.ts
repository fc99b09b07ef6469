import { expect, it } from 'vitest'
import { serializePublicEnv } from './public-env'

it('cannot be used to close the script element it stands in', () => {
  const values = {
    supabaseUrl: 'https://x.example/</script><script>alert(1)</script>',
    supabasePublishableKey: 'k',
    liveMode: 'changes',
  } as const
  const json = serializePublicEnv(values)
  expect(json).not.toContain('<')
  expect(JSON.parse(json)).toEqual(values)
})
