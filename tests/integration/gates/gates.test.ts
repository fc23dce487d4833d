import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/**
 * The gates that keep rooms apart, tried with files that break the rules. They run on a copy of the contracts and the rules, so that a test
 * never writes into the sources.
 */
const root = join(import.meta.dirname, '../../..')
let copy: string

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'seat-gates-'))
  for (const part of ['package.json', 'tsconfig.base.json', 'scripts/rooms.cjs', 'src-shared'])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  for (const room of ['src-main', 'src-preload', 'src-renderer', 'src-server']) {
    mkdirSync(join(copy, room), { recursive: true })
    cpSync(join(root, room, 'tsconfig.json'), join(copy, room, 'tsconfig.json'))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir')
})
afterEach(() => rmSync(copy, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true })
  writeFileSync(join(copy, path), text)
}

function node(script: string, args: readonly string[]): { isGood: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: copy,
    encoding: 'utf8',
  })
  return { isGood: status === 0, output: (stdout + stderr).replace(/\s+/g, ' ') }
}

const rooms = () =>
  node('.bin/depcruise', [
    '--output-type',
    'err-long',
    '--config',
    'scripts/rooms.cjs',
    'src-shared',
    'src-main',
    'src-preload',
    'src-renderer',
    'src-server',
  ])
const types = (room: string) => node('@typescript/native/bin/tsc', ['--noEmit', '-p', room])

describe('import rules', () => {
  it('pass on the contracts as they stand', () => {
    expect(rooms()).toMatchObject({ isGood: true })
  })

  it('refuse Node in the renderer and list what the room may import', () => {
    write('src-renderer/features/desk/desk.ts', "import { readFileSync } from 'node:fs'\nexport const text = readFileSync('x', 'utf8')\n")
    const { isGood, output } = rooms()
    expect(isGood).toBe(false)
    expect(output).toContain('src-renderer/features/desk/desk.ts → fs')
    expect(output).toContain(
      'src-renderer/features may import: its own files, src-shared/base, src-shared/domain, src-shared/contracts, src-renderer/bridge, src-renderer/ui',
    )
  })

  it('refuse a contract in the domain', () => {
    write(
      'src-shared/domain/shift/late.ts',
      "import { appError } from '../../contracts/errors'\nexport const late = appError('record/notFound')\n",
    )
    const { isGood, output } = rooms()
    expect(isGood).toBe(false)
    expect(output).toContain('src-shared/domain may import: its own files, src-shared/base, npm:flatbush.')
  })

  it('refuse a feature in another feature', () => {
    write('src-renderer/features/queue/row.ts', 'export const row = 1\n')
    write('src-renderer/features/desk/desk.ts', "import { row } from '../queue/row'\nexport const desk = row\n")
    const { isGood, output } = rooms()
    expect(isGood).toBe(false)
    expect(output).toContain('A feature never imports another feature')
  })

  it('refuse one domain area using another except as types', () => {
    write('src-shared/domain/account/uses.ts', "import { nextShift } from '../shift/shift'\nexport const next = nextShift\n")
    expect(rooms()).toMatchObject({ isGood: false })
    write('src-shared/domain/account/uses.ts', "import type { Shift } from '../shift/shift'\nexport type Duty = Shift\n")
    expect(rooms()).toMatchObject({ isGood: true })
  })

  it('refuse electron outside its rooms', () => {
    write('src-main/workflows/answer.ts', "import { app } from 'electron'\nexport const name = app\n")
    const { isGood, output } = rooms()
    expect(isGood).toBe(false)
    expect(output).toContain('src-main/workflows may import')
  })

  it('refuse knowledge of the demonstration outside the server entry', () => {
    write('src-server/demo/city.ts', 'export const city = 1\n')
    write('src-server/routes/cases.ts', "import { city } from '../demo/city'\nexport const cases = city\n")
    expect(rooms()).toMatchObject({ isGood: false })
  })
})

describe('types of the rooms', () => {
  it('give src-shared neither DOM nor Node', () => {
    write('src-shared/base/leak.ts', 'export const title = document.title\nexport const home = process.env\n')
    const { isGood, output } = types('src-shared')
    expect(isGood).toBe(false)
    expect(output).toContain("'document'")
    expect(output).toContain("'process'")
  })

  it('give the renderer no Node and the core no DOM', () => {
    write('src-renderer/app/leak.ts', 'export const home = process.env\n')
    write('src-main/workflows/leak.ts', 'export const title = document.title\n')
    expect(types('src-renderer')).toMatchObject({ isGood: false })
    expect(types('src-main')).toMatchObject({ isGood: false })
  })
})
