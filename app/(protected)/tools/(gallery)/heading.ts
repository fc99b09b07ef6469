export const HEADING = {
  title: 'Tools',
  description: 'What your credits are for, at the prices you pay.',
}
