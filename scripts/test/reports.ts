/** What the runners' reports say: how many, and which failed. */
import { existsSync, readFileSync } from 'node:fs'

export interface Tally {
  passed: number
  failed: number
  skipped: number
}

export function sum(tallies: readonly Tally[]): Tally {
  const start: Tally = { passed: 0, failed: 0, skipped: 0 }
  return tallies.reduce(
    (all, one) => ({ passed: all.passed + one.passed, failed: all.failed + one.failed, skipped: all.skipped + one.skipped }),
    start,
  )
}

/** To take away with {@link sum} what is counted anew. */
export function negative({ passed, failed, skipped }: Tally): Tally {
  return { passed: -passed, failed: -failed, skipped: -skipped }
}

export interface Failure {
  /** Absolute path of the file for vitest, relative to the suite for Playwright. */
  readonly file: string
  readonly test: string
  /** The first line of what was wrong. */
  readonly why: string
}

export interface Report {
  readonly tally: Tally
  readonly failures: readonly Failure[]
}

/** A run that was ended has written no report, and that is a failure. */
const nothing: Report = { tally: { passed: 0, failed: 1, skipped: 0 }, failures: [] }

export interface VitestReport extends Report {
  readonly byFile: ReadonlyMap<string, Tally>
}

interface VitestJson {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

export function readVitest(file: string): VitestReport {
  if (!existsSync(file)) return { ...nothing, byFile: new Map() }
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestJson
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed')
    // A file that does not load names no test.
    if (status === 'failed' && failed.length === 0) return [{ file: name, test: '(the file)', why: firstLine(message) }]
    return failed.map(({ fullName, failureMessages }) => ({ file: name, test: fullName, why: firstLine(failureMessages[0]) }))
  })
  return {
    tally: { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests },
    failures,
    byFile: new Map(
      report.testResults.map(({ name, assertionResults }) => [name, countByStatus(assertionResults.map(({ status }) => status))]),
    ),
  }
}

function countByStatus(statuses: readonly string[]): Tally {
  const passed = statuses.filter((one) => one === 'passed').length
  const failed = statuses.filter((one) => one === 'failed').length
  return { passed, failed, skipped: statuses.length - passed - failed }
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly file: string
    readonly title: string
    readonly tests: readonly {
      readonly projectName: string
      readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped'
      readonly results: readonly { readonly error?: { readonly message?: string } }[]
    }[]
  }[]
}

/** `flaky` passed at its second attempt: counted as passed, and named in `again`. */
export function readPlaywright(file: string): Report & { readonly again: readonly Failure[] } {
  if (!existsSync(file)) return { ...nothing, again: [] }
  const report = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightSuite & {
    readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number }
  }
  const { expected, unexpected, flaky, skipped } = report.stats
  return {
    tally: { passed: expected + flaky, failed: unexpected, skipped },
    failures: playwrightTests(report, 'unexpected'),
    again: playwrightTests(report, 'flaky'),
  }
}

function playwrightTests(suite: PlaywrightSuite, wanted: 'unexpected' | 'flaky'): readonly Failure[] {
  const own = (suite.specs ?? []).flatMap(({ file, title, tests }) =>
    tests
      .filter((one) => one.status === wanted)
      .map(({ projectName, results }) => ({
        file,
        test: `[${projectName}] ${title}`,
        why: firstLine(results.find((one) => one.error)?.error?.message),
      })),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => playwrightTests(inner, wanted))]
}

function firstLine(text: string | undefined): string {
  return (
    text
      ?.split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? 'no message'
  )
}
