export const HEADING = {
  title: 'Dashboard',
  description: 'What you have, what happened to it, and what you can do with it.',
}
