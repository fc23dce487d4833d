import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type OptionSources, readOptions } from '#main/shell/options'

/** What a start with these arguments is told; files by path. */
function read(args: string[], more: Partial<OptionSources> & { readonly files?: Readonly<Record<string, string>> } = {}) {
  const { files = {}, ...rest } = more
  return readOptions({
    args,
    env: {},
    version: '1.2.3',
    programFolder: '/program',
    defaultDataFolder: '/data',
    ignoresUnknown: false,
    readText: (path) => files[path],
    ...rest,
  })
}

const server = ['--server', 'http://10.0.0.5:7319']

describe('options of a seat', () => {
  it('fills in what was not said', () => {
    expect(read(server)).toEqual({
      ok: true,
      value: {
        config: {
          version: '1.2.3',
          seatNo: '01',
          centralUrl: 'http://10.0.0.5:7319',
          dataFolder: '/data',
          suggestedAccountNo: null,
          autoLockMinutes: 10,
          databaseKey: null,
        },
        isHeadless: false,
        port: 0,
        hasDevTools: false,
      },
    })
  })

  it('takes a flag before the environment, that before the data folder’s file, and that before the program’s', () => {
    const files = {
      [join('/data', 'seat.json')]: '{"seat":"03","account":"0303"}',
      [join('/program', 'seat.json')]: '\uFEFF{"seat":"04","account":"0404","server":"http://centre:1","autoLockMinutes":0}',
    }
    const answer = read(['--seat=01'], { files, env: { SEAT_NO: '02', SEAT_DATABASE_KEY: 'secret' } })
    expect(answer).toMatchObject({
      ok: true,
      value: {
        config: { seatNo: '01', suggestedAccountNo: '0303', centralUrl: 'http://centre:1', autoLockMinutes: 0, databaseKey: 'secret' },
      },
    })
    expect(read([], { files, env: { SEAT_NO: '02' } })).toMatchObject({ value: { config: { seatNo: '02' } } })
    expect(read([], { files })).toMatchObject({ value: { config: { seatNo: '03' } } })
  })

  it('reads the settings file of the data folder that was asked for', () => {
    const files = { [join('/other', 'seat.json')]: '{"server":"https://centre.example"}' }
    expect(read(['--data', '/other'], { files })).toMatchObject({
      value: { config: { dataFolder: '/other', centralUrl: 'https://centre.example' } },
    })
  })

  it.each([
    [[], '没有指定中心地址'],
    [['--server'], '「--server」缺少值'],
    [['--server', 'centre:7319'], '应形如'],
    [['--server', 'http://centre/api'], '应形如'],
    [['--server', 'http://user:pass@centre'], '应形如'],
    [['--server', 'ftp://centre'], '应形如'],
    [[...server, '--seat', 'A1'], '坐席号「A1」'],
    [[...server, '--account', '0'], '账号「0」'],
    [[...server, '--auto-lock', '-5'], '自动锁定'],
    [[...server, '--auto-lock', '1441'], '自动锁定'],
    [[...server, '--port', '65536'], '端口'],
    [[...server, '--headless=yes'], '不带值'],
    [[...server, '--sever', 'x'], '不认识的参数「--sever」'],
    [[...server, 'somewhere'], '不认识的参数「somewhere」'],
  ])('refuses %j and says what is wrong', (args, sentence) => {
    const answer = read(args)
    expect(answer).toMatchObject({ ok: false, error: { code: 'options/invalid', message: expect.stringContaining(sentence) } })
  })

  it('refuses a settings file that is not a JSON object, by name', () => {
    const path = join('/data', 'seat.json')
    for (const text of ['{"server":', '[]', 'null']) {
      expect(read(server, { files: { [path]: text } })).toMatchObject({ ok: false, error: { message: expect.stringContaining(path) } })
    }
  })

  it('leaves Chromium’s own switches alone in the Electron shell', () => {
    const args = ['--no-sandbox', '--remote-debugging-port=0', '/program', ...server]
    expect(read(args, { ignoresUnknown: true })).toMatchObject({ ok: true, value: { config: { centralUrl: 'http://10.0.0.5:7319' } } })
  })
})
