export const HEADING = { title: 'Settings' }
