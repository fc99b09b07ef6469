import { createServer, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePort } from './ports.ts'

function occupy(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server: Server = createServer().once('error', reject)
    onTestFinished(() => void server.close())
    server.listen(0, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}

test.each(['127.0.0.1', '0.0.0.0'])('a port taken on %s is passed over in strides', async (host) => {
  const taken = await occupy(host)
  const found = await findFreePort(taken, 10)
  expect(found).toBeGreaterThan(taken)
  expect((found - taken) % 10).toBe(0)
})

test('a free port is taken as it is', async () => {
  const free = await findFreePort(0)
  expect(await findFreePort(free)).toBe(free)
})

test('any port is one that no outgoing connection gets, and seldom the one that another just found', async () => {
  const found = await Promise.all(Array.from({ length: 50 }, () => findFreePort(0)))
  expect(Math.max(...found)).toBeLessThan(32_768)
  expect(new Set(found).size).toBeGreaterThan(40)
})
