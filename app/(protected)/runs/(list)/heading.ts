export const HEADING = {
  title: 'Runs',
  description: 'Every run of a tool, newest first, with its result while that is kept.',
}
