import { expect, it } from 'vitest'
import * as provider from './provider'

it('is an interface alone, so that an adapter and what is wired do not need each other', () => {
  expect(Object.keys(provider)).toEqual([])
})
