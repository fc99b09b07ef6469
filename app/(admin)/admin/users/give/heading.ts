export const HEADING = {
  title: 'Give credits',
  description: 'To many users at once. You see who gets what before anybody gets anything.',
}
