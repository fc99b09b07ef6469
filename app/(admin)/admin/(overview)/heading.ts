export const HEADING = {
  title: 'Needs attention',
  description: 'Oldest first, each with what to do about it.',
}
