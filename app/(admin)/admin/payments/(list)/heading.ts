export const HEADING = {
  title: 'Payments',
  description: 'Money in, what it granted, and what went back.',
}
