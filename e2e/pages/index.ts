export { AppHeader } from './app-header.ts'
export { LoginPage } from './login-page.ts'
export { PasswordPages } from './password-pages.ts'
export { SignupPage } from './signup-page.ts'
