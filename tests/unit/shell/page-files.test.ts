import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPageFiles, relativeName } from '#main/shell/page-files'

let folder: string
const find = (path: string) => createPageFiles(join(folder, 'page'))(path)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seat-page-'))
  mkdirSync(join(folder, 'page/assets'), { recursive: true })
  mkdirSync(join(folder, 'page-secrets'))
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'page/assets/图 1.js'), 'export {}')
  writeFileSync(join(folder, 'page/notes.unknown'), 'x')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  writeFileSync(join(folder, 'page-secrets/secret.js'), 'secret')
  symlinkSync(join(folder, 'secret.js'), join(folder, 'page/assets/link.js'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('files of the page', () => {
  it('are found by the path of their address', async () => {
    const index = await find('/')
    expect([index?.content.toString(), index?.contentType, index?.isImmutable]).toEqual([
      '<!doctype html>',
      'text/html; charset=utf-8',
      false,
    ])
    const script = await find(`/assets/${encodeURIComponent('图 1.js')}`)
    expect([script?.content.toString(), script?.contentType, script?.isImmutable]).toEqual([
      'export {}',
      'text/javascript; charset=utf-8',
      true,
    ])
  })

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/assets/%2e%2e%5c..%5csecret.js',
    '/..\\secret.js',
    '//secret.js',
    '/../page-secrets/secret.js',
    '/C:/secret.js',
    '/assets/link.js',
    '/secret.js%00.html',
    '/%zz',
    'secret.js',
    '/assets',
    '/assets/',
    '/notes.unknown',
    '/missing.js',
  ])('are not found outside the folder or where there is none: %s', async (path) => {
    expect(await find(path)).toBeUndefined()
  })

  it('are named without climbing, before the disk is asked at all', () => {
    expect(['/', '/assets/a.js', '/../a.js', '/a/../b.js', '/./a.js', '/a//b.js', '/a%5cb.js', '/a%3ab'].map(relativeName)).toEqual([
      'index.html',
      'assets/a.js',
      ...Array(6).fill(undefined),
    ])
  })
})
