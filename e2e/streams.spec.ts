import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'

test('a stream is for its caller alone, and nothing on its way may hold it back', async ({ userPage }) => {
  const { status, headers } = await callApi(
    userPage,
    '/api/example-protected',
    { text: 'The harbour opened in 1887. It made the town rich.', complexity: 'low' },
    { accept: 'text/event-stream' },
  )
  expect(status).toBe(200)
  expect(headers['content-type']).toContain('text/event-stream')
  expect(headers['cache-control']).toBe('private, no-store, no-transform')
  expect(headers['content-encoding']).toBeUndefined()
})
