import { doneOnly, refusedOnly, type Telling, type Words } from './words'

const isOwn = ({ who, whom }: Words) => whom === 'themselves' || who === whom

/** What is done to accounts, keys, runs, tools and live updates. */
export const ACCOUNT_TELLINGS: Record<string, Telling> = {
  'membership.set': {
    done: ({ who, whom, detail, day }) => {
      const tier = detail('tier')
      if (tier === null) return `${who} took the membership of ${whom} away`
      const until = day('expires_at')
      return `${who} gave ${whom} the membership ${tier}${until ? `, until ${until}` : ''}`
    },
    attempt: ({ whom }) => `change the membership of ${whom}`,
  },
  'account.ban': {
    done: ({ who, whom }) => `${who} banned ${whom}`,
    attempt: ({ whom }) => `ban ${whom}`,
  },
  'account.unban': {
    done: ({ who, whom }) => `${who} lifted the ban of ${whom}`,
    attempt: ({ whom }) => `lift the ban of ${whom}`,
  },
  'account.close': {
    done: (words) =>
      `${words.who} closed ${isOwn(words) ? 'their own account' : `the account of ${words.whom}`}`,
    attempt: (words) => (isOwn(words) ? 'close their own account' : `close the account of ${words.whom}`),
  },
  'account.view': {
    done: ({ who, whom }) => `${who} viewed the account of ${whom}`,
    attempt: ({ whom }) => `view the account of ${whom}`,
  },
  'mails.choose': {
    done: ({ who }) => `${who} chose which mails to get`,
    attempt: () => 'choose which mails to get',
  },
  'account.export': refusedOnly('export their data'),
  'role.give': {
    done: ({ who, whom }) => `${who} made ${whom} an admin`,
    attempt: ({ whom }) => `make ${whom} an admin`,
  },
  'role.take': {
    done: ({ who, whom }) => `${who} took the role of an admin from ${whom}`,
    attempt: ({ whom }) => `take the role of an admin from ${whom}`,
  },
  'session.end': {
    done: ({ who }) => `${who} signed out elsewhere`,
    attempt: () => 'sign out elsewhere',
  },
  'session.end_all': {
    done: ({ who, whom }) => `${who} signed ${whom} out everywhere`,
    attempt: ({ whom }) => `sign ${whom} out everywhere`,
  },
  'signup_bonus.release': {
    done: ({ who, whom }) => `${who} released the sign-up bonus of ${whom}`,
    attempt: ({ whom }) => `release the sign-up bonus of ${whom}`,
  },
  'api_key.create': {
    done: ({ who }) => `${who} created an API key`,
    attempt: () => 'create an API key',
  },
  'api_key.rotate': {
    done: ({ who }) => `${who} rotated an API key`,
    attempt: () => 'rotate an API key',
  },
  'api_key.set_budgets': {
    done: ({ who }) => `${who} set the budgets of an API key`,
    attempt: () => 'set the budgets of an API key',
  },
  'api_key.revoke': {
    done: ({ who }) => `${who} revoked an API key`,
    attempt: () => 'revoke an API key',
  },
  'api_key.use': refusedOnly('use an API key'),
  'run.cancel': refusedOnly('cancel a run'),
  'run.delete': refusedOnly('delete a run'),
  'tool.switch': {
    done: ({ who, detail, isOff }) =>
      `${who} switched the tool ${detail('tool') ?? 'unknown'} ${isOff ? 'off' : 'on'}`,
    attempt: ({ detail }) => `switch the tool ${detail('tool') ?? 'unknown'}`,
  },
  'live_mode.set': doneOnly(
    ({ detail }) => `Live updates were switched to ${detail('mode') ?? 'an unknown mode'}`,
  ),
}
