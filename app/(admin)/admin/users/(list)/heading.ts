export const HEADING = {
  title: 'Users',
  description: 'Find somebody to see their balance and history, and to correct it.',
}
