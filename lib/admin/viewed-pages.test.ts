import { expect, test } from 'vitest'
import { viewedPath } from './viewed-pages'

test.each([
  ['/dashboard', '/admin/users/u1/view/dashboard'],
  ['/runs/12', '/admin/users/u1/view/runs/12'],
  ['/transactions', '/admin/users/u1/view/transactions'],
  ['/tools/social-card', '/admin/users/u1/view/tools/social-card'],
  ['/settings', '/admin/users/u1/view/settings'],
])('%s is part of the view of an account', (page, path) => expect(viewedPath('u1', page)).toBe(path))

test.each(['/help', '/toolshed', '/admin', '/admin/users', '/runsheet', '/', ''])(
  '“%s” is no part of it',
  (page) => expect(viewedPath('u1', page)).toBeNull(),
)
