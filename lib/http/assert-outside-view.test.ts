import { expect, test } from 'vitest'
import { assertOutsideView } from './assert-outside-view'

const APP = 'https://balance.app'
const VIEW = `${APP}/admin/users/4f1c/view/billing?page=2`

function send(path: string, referer?: string) {
  const headers = new Headers(referer === undefined ? [] : [['referer', referer]])
  return () => assertOutsideView(new Request(`${APP}${path}`, { method: 'POST', headers }))
}

test.each<[string, () => void]>([
  ['from a page of a view', send('/api/tools/social-card', VIEW)],
  ['from the first page of a view', send('/api/account/close', `${APP}/admin/users/4f1c/view`)],
  ['to a page of a view', send('/admin/users/4f1c/view/dashboard')],
  ['to a page of a view, from elsewhere', send('/admin/users/4f1c/view/settings', `${APP}/settings`)],
])('what is sent %s is refused', (_, check) => {
  expect(check).toThrow('You are viewing an account, read only, so nothing was done.')
})

test.each<[string, () => void]>([
  ['without a page', send('/api/tools/social-card')],
  ['from a page of no address', send('/api/tools/social-card', 'about:client')],
  ['from a page of one’s own', send('/api/tools/social-card', `${APP}/tools/social-card`)],
  ['from the page of a user', send('/api/credits', `${APP}/admin/users/4f1c?view=over`)],
  ['from a page that only sounds like it', send('/settings', `${APP}/admin/users/4f1c/viewers`)],
])('what is sent %s is let through', (_, check) => expect(check).not.toThrow())
