/** Starts the central server with its demonstration accounts, and waits until it can be used. */
import { join } from 'node:path'
import type { RoleId } from '#shared/domain/account/role'
import { type Child, onJsonLine, startChild } from './child'

export interface DemoAccount {
  readonly accountNo: string
  readonly name: string
  readonly role: RoleId
}

export interface RunningCentral {
  readonly child: Child
  readonly url: string
  readonly accounts: readonly DemoAccount[]
  readonly password: string
}

interface ReadyLine {
  readonly url: string
  readonly demonstration: { readonly accounts: readonly DemoAccount[]; readonly password: string }
}

const entry = join(import.meta.dirname, '../../out/server/index.js')

/** Undefined when it ended before it was ready; its last words are then on the child. */
export async function startCentral(
  port: string,
  folder: string,
  isVerbose: boolean,
): Promise<{ child: Child; ready: RunningCentral | undefined }> {
  const child = startChild(process.execPath, [entry, '--demo', '--port', port, '--data', folder], { isVerbose })
  const line = new Promise<ReadyLine>((resolve) => {
    onJsonLine(child, (value) => {
      if (value.ready === true) resolve(value as unknown as ReadyLine)
    })
  })
  const first = await Promise.race([line, child.ended])
  if (first === null || typeof first === 'number') return { child, ready: undefined }
  return { child, ready: { child, url: first.url, accounts: first.demonstration.accounts, password: first.demonstration.password } }
}
