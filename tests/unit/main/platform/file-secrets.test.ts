import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileSecrets } from '#main/platform/file-secrets'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'seat-secrets-')), 'secrets')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

describe('secrets in a file', () => {
  it('come back after a restart, are replaced, and are gone when deleted', async () => {
    const secrets = createFileSecrets(folder)
    expect(secrets.keptIn).toBe('file')
    expect(await secrets.get('tokens/A01')).toBeUndefined()
    await secrets.set('tokens/A01', 'one')
    await secrets.set('tokens/A01', 'two')
    await secrets.set('__proto__', 'not special')
    expect(await createFileSecrets(folder).get('tokens/A01')).toBe('two')
    expect(await createFileSecrets(folder).get('__proto__')).toBe('not special')
    expect(await secrets.get('toString')).toBeUndefined()
    await secrets.delete('tokens/A01')
    expect(await createFileSecrets(folder).get('tokens/A01')).toBeUndefined()
  })

  it('lose nothing when many are set at once', async () => {
    const secrets = createFileSecrets(folder)
    const names = Array.from({ length: 20 }, (_, number) => `name-${number}`)
    await Promise.all(names.map((name) => secrets.set(name, name)))
    expect(await Promise.all(names.map((name) => secrets.get(name)))).toEqual(names)
  })

  it('can be read by this user alone, also after a crash left a wider file behind', async () => {
    const secrets = createFileSecrets(folder)
    await secrets.set('a', '1')
    writeFileSync(join(folder, 'secrets.json.next'), 'left over', { mode: 0o666 })
    await secrets.set('b', '2')
    // Windows has no such bits: there the folder below the user's profile protects it.
    const expected = process.platform === 'win32' ? 0o666 : 0o600
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(expected)
    expect(readdirSync(folder)).toEqual(['secrets.json'])
  })

  it('start anew when the file is damaged, and keep the damaged one', async () => {
    const secrets = createFileSecrets(folder)
    await secrets.set('a', '1')
    writeFileSync(join(folder, 'secrets.json'), '{"a": "1')
    expect(await secrets.get('a')).toBeUndefined()
    await secrets.set('b', '2')
    expect(await secrets.get('b')).toBe('2')
    expect(readdirSync(folder).sort()).toEqual(['secrets.json', 'secrets.json.damaged'])
  })
})
