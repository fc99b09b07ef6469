import { expect, test } from 'vitest'
import { viewedPath } from './viewed-pages'

test.each([
  ['/dashboard', '/admin/users/u1/view/dashboard'],
  ['/runs/12', '/admin/users/u1/view/runs/12'],
  ['/transactions', '/admin/users/u1/view/transactions'],
])('%s is part of the view of an account', (page, path) => expect(viewedPath('u1', page)).toBe(path))

test.each(['/settings', '/tools/social-card', '/admin', '/admin/users', '/runsheet', '/', ''])(
  '“%s” is no part of it',
  (page) => expect(viewedPath('u1', page)).toBeNull(),
)
