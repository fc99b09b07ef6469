export const HEADING = { title: 'Transactions' }
