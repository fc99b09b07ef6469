import { expect, test } from 'vitest'
import { withoutEmptyParameters } from './without-empty-parameters'

test.each([
  ['?q=&show=spent&from=&to=', '?show=spent'],
  ['?q=', ''],
  ['?a=1&a=&a=2', '?a=1&a=2'],
  ['?q=a+%26+b&to', '?q=a+%26+b'],
])('%s is %s', (sent, clean) => {
  expect(withoutEmptyParameters(`https://app.example/transactions${sent}`)?.href).toBe(
    `https://app.example/transactions${clean}`,
  )
})

test.each(['', '?q=a', '?q=a%20b'])('%s stays as it is', (search) => {
  expect(withoutEmptyParameters(`https://app.example/transactions${search}`)).toBeNull()
})
