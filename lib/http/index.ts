export { errorBody, toAppError } from './error-response'
export { parseInput } from './parse-input'
export { readJson } from './read-body'
export { readForm } from './read-form'
