export const HEADING = {
  title: 'Subscriptions',
  description: 'Who has which plan, until when, and whether it goes on.',
}
