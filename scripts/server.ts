/**
 * Runs the central server alone, from source.
 *   npm run server -- [--port 7319] [--data DIR] [--demo] [--create-admin ACCOUNT] …   (--help lists everything)
 */
import { main } from '../src-server/index'

await main(process.argv.slice(2))
