import { beforeEach, describe, expect, it } from 'vitest'
import { createMailbox, type Mailbox } from './index.ts'

describe('the mailbox', () => {
  let mailbox: Mailbox
  beforeEach(() => {
    mailbox = createMailbox()
    mailbox.send({ to: 'ada@example.com', subject: 'First', html: '<p>One</p>', text: 'One' })
    mailbox.send({ to: 'bob@example.com', subject: 'Second <b>', html: '<p>Two</p>', text: 'Two' })
  })

  const get = async (path: string) => await mailbox.fetch(new Request(`http://mail.test${path}`))
  const list = async (path: string) => (await get(path)).json()

  it('finds messages as Mailpit does, newest first', async () => {
    const all = await list('/api/v1/messages')
    expect(all).toMatchObject({ total: 2, unread: 2, messages_count: 2 })
    expect(all.messages[0]).toMatchObject({
      Subject: 'Second <b>',
      To: [{ Address: 'bob@example.com' }],
      Read: false,
    })
    const found = await list('/api/v1/search?query=to:ada@example.com')
    expect(found).toMatchObject({ messages_count: 1, messages: [{ Subject: 'First', Snippet: 'One' }] })
    expect((await list('/api/v1/search?query=to:"ada@example.com" subject:second')).messages).toEqual([])
    expect((await list('/api/v1/messages?start=1&limit=1')).messages).toMatchObject([{ Subject: 'First' }])
  })

  it('shows a message, which is read from then on', async () => {
    const { messages } = await list('/api/v1/search?query=to:ada@example.com')
    const message = await list(`/api/v1/message/${messages[0].ID}`)
    expect(message).toMatchObject({ ID: messages[0].ID, HTML: '<p>One</p>', Text: 'One' })
    expect((await list('/api/v1/messages')).unread).toBe(1)
    expect((await list('/api/v1/message/latest')).Subject).toBe('Second <b>')
    expect((await get('/api/v1/message/unknown')).status).toBe(404)
  })

  it('forgets some messages, or all', async () => {
    const [first] = mailbox.messages()
    const remove = (body: unknown) =>
      mailbox.fetch(
        new Request('http://mail.test/api/v1/messages', { method: 'DELETE', body: JSON.stringify(body) }),
      )
    expect((await remove({ IDs: [first?.id] })).status).toBe(200)
    expect(mailbox.messages()).toHaveLength(1)
    expect((await remove({ IDs: 'all' })).status).toBe(400)
    await remove({})
    expect(mailbox.messages()).toEqual([])
    expect(await (await get('/')).text()).toContain('No mail yet.')
  })

  it('is read on a page that runs nothing of a mail', async () => {
    const [second] = mailbox.messages()
    const page = await (await get(`/message/${second?.id}`)).text()
    expect(page).toContain('Second &lt;b&gt;')
    expect(page).toContain(
      `src="/view/${second?.id}.html" sandbox="allow-popups allow-popups-to-escape-sandbox"`,
    )
    const content = await get(`/view/${second?.id}.html`)
    expect(content.headers.get('content-security-policy')).toContain('sandbox')
    expect(await content.text()).toContain('<p>Two</p>')
    expect(await (await get(`/view/${second?.id}.txt`)).text()).toBe('Two')
    expect((await get('/message/unknown')).status).toBe(404)
    expect((await get('/elsewhere')).status).toBe(404)
  })
})
