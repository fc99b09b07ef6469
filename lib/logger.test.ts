import { expect, test, vi } from 'vitest'
import { logger } from './logger'

function written(act: () => void): Record<string, unknown> {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    act()
    return JSON.parse(String(write.mock.lastCall?.[0]))
  } finally {
    write.mockRestore()
  }
}

test('an error is written with its cause', () => {
  const error = new Error('outer', { cause: new Error('inner') })
  expect(written(() => logger.error('failed', { error }))).toMatchObject({
    ...{ level: 'error', message: 'failed', error: { message: 'outer', cause: { message: 'inner' } } },
  })
})

test('whatever it is told of, logging never fails', () => {
  const circle: { self?: object } = {}
  circle.self = circle
  const loop = new Error('loop')
  loop.cause = loop
  for (const field of [1n, circle, loop, new Error('with a circle', { cause: circle })]) {
    expect(written(() => logger.error('failed', { field }))).toMatchObject({ message: 'failed' })
  }
})
