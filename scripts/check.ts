/**
 * Everything that can be said about the code without a display, a network or a database server: format and lint, types of every room, import
 * rules, the written OpenAPI document, unit tests. Runs two at a time, shows the output of what failed, ends with a line per part.
 *   npm run check
 */
import { runSteps, staticSteps } from './steps'

const unit = { name: 'unit', command: 'vitest', args: ['run', '--project', 'unit', '--silent=passed-only'], fix: 'vitest names the test' }

const outcomes = await runSteps([...staticSteps, unit], 2)
process.exitCode = outcomes.every((outcome) => outcome.isGood) ? 0 : 1
