export const HEADING = { title: 'Business' }
