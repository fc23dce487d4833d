/** The central server with its demonstration accounts, as a child of this script. */
import { join } from 'node:path'
import type { RoleId } from '#shared/domain/account/role'
import { type Child, onJsonLine, startChild } from './child'
import type { DemoTelephone } from './telephone'

export interface DemoAccount {
  readonly accountNo: string
  readonly name: string
  readonly role: RoleId
}

export interface RunningCentral {
  readonly url: string
  readonly accounts: readonly DemoAccount[]
  readonly password: string
  /** The further accounts, in words. */
  readonly others: string
  /** Absent when there was no port for the exchange. */
  readonly telephone?: DemoTelephone
}

interface ReadyLine {
  readonly url: string
  readonly demonstration: Pick<RunningCentral, 'accounts' | 'password' | 'others' | 'telephone'>
}

const entry = join(import.meta.dirname, '../../out/server/index.js')

/** How much there is at the beginning, and how fast simulated people act: as the server's own options say. */
export interface DemoOptions {
  readonly cases: string
  readonly speed: string
  /** The seat that drives the demonstration's wall. */
  readonly wallSeat: string
}

export function startCentral(port: string, folder: string, { cases, speed, wallSeat }: DemoOptions, isVerbose: boolean): Child {
  const demo = ['--demo', '--demo-cases', cases, '--demo-speed', speed, '--demo-wall', wallSeat]
  return startChild(process.execPath, [entry, ...demo, '--port', port, '--data', folder], { isVerbose })
}

/** Undefined when it ended before it was ready. */
export async function untilReady(child: Child): Promise<RunningCentral | undefined> {
  const line = new Promise<ReadyLine>((resolve) => {
    onJsonLine(child, (value) => {
      if (value.ready === true) resolve(value as unknown as ReadyLine)
    })
  })
  const first = await Promise.race([line, child.ended])
  if (first === null || typeof first === 'number') return undefined
  return { url: first.url, ...first.demonstration }
}
