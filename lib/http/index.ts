export { errorBody, toAppError } from './error-response'
export { parseInput } from './parse-input'
export { readForm, readJson } from './read-body'
