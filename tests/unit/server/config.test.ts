import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '#server/config'

const root = join(import.meta.dirname, '../../..')
const parse = (args: string[], environment: Record<string, string> = {}) => parseConfig(args, environment, join(root, 'src-server'))

describe('the server’s configuration', () => {
  it('runs on loopback and SQLite when nothing is said', () => {
    expect(parse([])).toMatchObject({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 7319,
        location: { kind: 'sqlite', file: join(process.cwd(), '.seat/central/central.db') },
        filesFolder: join(process.cwd(), '.seat/central/attachments'),
        isDemonstration: false,
        createAdmin: null,
        metricsToken: null,
        resourcesFolder: join(root, 'resources'),
      },
    })
  })

  it('takes PostgreSQL from DATABASE_URL', () => {
    expect(parse([], { DATABASE_URL: 'postgresql://x/y' })).toMatchObject({
      value: { location: { kind: 'postgresql', url: 'postgresql://x/y' }, filesFolder: join(process.cwd(), '.seat/central/attachments') },
    })
  })

  it('keeps attachments beside the database, or where it is told', () => {
    expect(parse(['--data', '/srv/a'])).toMatchObject({ value: { filesFolder: '/srv/a/attachments' } })
    expect(parse(['--data', '/srv/a', '--files', '/mnt/b'])).toMatchObject({ value: { filesFolder: '/mnt/b' } })
  })

  it('finds its own files from the bundle, too', () => {
    expect(parseConfig([], {}, join(root, 'out/server'))).toMatchObject({ value: { resourcesFolder: join(root, 'resources') } })
  })

  it('opens the simulated exchange where it is told, or not at all', () => {
    expect(parse(['--demo'])).toMatchObject({ value: { demoExchange: 0 } })
    expect(parse(['--demo', '--demo-exchange', '5070'])).toMatchObject({ value: { demoExchange: 5_070 } })
    expect(parse(['--demo', '--demo-exchange', 'none'])).toMatchObject({ value: { demoExchange: null } })
  })

  it('takes the queue of the exchange from CTI, with what is usual filled in', () => {
    const ami = { kind: 'asterisk', host: '10.1.2.3', user: 'seat', secret: 's', queue: 'hotline' }
    expect(parse([], { CTI: JSON.stringify(ami) })).toMatchObject({
      value: { cti: { ...ami, port: 5_038, memberInterface: 'PJSIP/{extension}' } },
    })
    const esl = { kind: 'freeswitch', host: 'pbx', secret: 's', queue: 'hotline@city', agent: 'seat-{extension}', port: 8_022 }
    expect(parse([], { CTI: JSON.stringify(esl) })).toMatchObject({ value: { cti: esl } })
    expect(parse([])).toMatchObject({ value: { cti: null } })
  })

  it.each([
    ['{', 'JSON'],
    ['[]', 'JSON'],
    [{ kind: 'avaya' }, 'asterisk'],
    [{ kind: 'asterisk', host: 'pbx', queue: 'q', user: 'u' }, 'secret'],
    [{ kind: 'freeswitch', host: 'pbx', secret: 'topsecret', queue: 'q', agent: '8001' }, '{extension}'],
    [{ kind: 'freeswitch', host: 'pbx', secret: 'topsecret', queue: 'q', port: 0 }, '端口'],
  ])('says what is wrong with CTI %j, and no secret', (given, word) => {
    const config = parse([], { CTI: typeof given === 'string' ? given : JSON.stringify(given) })
    expect(config.ok ? '' : config.error).toContain(word)
    expect(JSON.stringify(config)).not.toContain('topsecret')
  })

  it.each([
    [['--port', '70000'], '端口号'],
    [['--port', '-1'], '看不懂的参数'],
    [['--port', 'http'], '端口号'],
    [['--create-admin', '有'], '账号'],
    [['--colour', 'red'], '看不懂的参数'],
    [['seat'], '看不懂的参数'],
    [['--demo-exchange', 'off'], '端口号或 none'],
    [['--demo-exchange', '70000'], '端口号或 none'],
    [['--help'], '用法'],
  ])('answers %j in words', (args, word) => {
    const config = parse(args)
    expect(config.ok ? '' : config.error).toContain(word)
  })
})
