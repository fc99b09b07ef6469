// The Data API in a process of its own, which may go down with its database: <url of the database> <directory> <port>.
import { serveDataApi } from './data-api.ts'

const [apiUrl = '', directory = '', port = '0'] = process.argv.slice(2)
const { env } = await serveDataApi(apiUrl, directory, Number(port))
process.send?.(env)
