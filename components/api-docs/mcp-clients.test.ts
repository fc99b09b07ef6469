import { expect, it } from 'vitest'
import { listClients } from './mcp-clients'

const clients = listClients({ url: 'https://app.example/api/mcp', keyVariable: 'ACME_API_KEY' })

it.each(clients)('tells $name of the server, and where the key is', ({ file, code }) => {
  expect(code).toContain('https://app.example/api/mcp')
  expect(code).toMatch(/ACME_API_KEY|input:key/)
  if (file.endsWith('.json')) expect(JSON.parse(code)).toMatchObject(expect.any(Object))
})
