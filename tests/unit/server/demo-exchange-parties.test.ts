import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encode, levelDb } from '#main/telephony/media/audio/g711'
import { demonstrationCity } from '#server/demo/areas'
import { chanceOf } from '#server/demo/city/random'
import { destinationOf } from '#server/demo/exchange/dial-plan'
import { calledBack, citizens, nextArrival } from '#server/demo/exchange/parties/citizens'
import { beginning, stepConversation, type Turn } from '#server/demo/exchange/parties/conversation'
import { lines } from '#server/demo/exchange/parties/lines'
import { createPatchboard } from '#server/demo/exchange/parties/patchboard'
import { createSpeaker, type Stage } from '#server/demo/exchange/parties/played'
import { createSatisfaction } from '#server/demo/exchange/parties/satisfaction'
import { createSlicer, framesOf, makeMusic, readALawWav, silentFrame } from '#server/demo/exchange/speech/frames'
import { createTicker } from '#server/demo/exchange/speech/ticker'
import type { ReferenceFile } from '#server/workflows/reference'
import { createFakeClock } from '../../fakes/fake-clock'

const resources = join(import.meta.dirname, '../../../resources')
const speechFolder = join(resources, 'demo', 'speech')

describe('a played conversation', () => {
  const script: readonly Turn[] = [{ listenMs: 1_000, orAsk: 'hello' }, { say: 'problem' }, { listenMs: 400 }, { say: 'bye' }]
  const length = () => 5
  /** What is heard in each frame: `s`peech, `.` quiet, `h`eld. What is played: the first letter of the line, `.` silence, `!` over. */
  const play = (heard: string): string => {
    let conversation = beginning
    return [...heard]
      .map((one) => {
        const step = stepConversation(script, conversation, { isSpeech: one === 's', isHeld: one === 'h' }, length)
        conversation = step.conversation
        return step.isOver ? '!' : (step.play?.line[0] ?? '.')
      })
      .join('')
  }

  it('answers when the other has spoken and paused for a second', () => {
    const spoken = `${'s'.repeat(20)}${'.'.repeat(50)}`
    expect(play(`${spoken}${'.'.repeat(6)}`)).toBe(`${'.'.repeat(70)}ppppp.`)
    expect(play(`${'s'.repeat(20)}${'.'.repeat(30)}${spoken}......`), 'a breath is no end').toBe(`${'.'.repeat(120)}ppppp.`)
  })

  it('asks once when it hears nothing, then goes on, and hangs up after the last line', () => {
    const silent = '.'.repeat(50 + 5 + 50 + 5 + 20 + 5 + 2)
    expect(play(silent)).toBe(`${'.'.repeat(50)}hhhhh${'.'.repeat(50)}ppppp${'.'.repeat(20)}bbbbb!!`)
  })

  it('interrupts who never stops talking', () => {
    expect(play('s'.repeat(1_001)).slice(-3)).toBe('..p')
  })

  it('waits where it is while it is on hold', () => {
    const spoken = `${'s'.repeat(20)}${'.'.repeat(50)}`
    expect(play(`${spoken}..hhhhhhhh....`)).toBe(`${'.'.repeat(70)}pp........ppp.`)
  })
})

describe('the citizens', () => {
  const files = readdirSync(join(resources, 'reference'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(resources, 'reference', name), 'utf8')) as ReferenceFile)
  const city = demonstrationCity(files)

  it('live in the city of the demonstration and tell of what its classification knows', () => {
    const places = new Set(city?.places.places.map(({ name }) => name))
    const subclasses = new Set(city?.handbook.entries.map(({ subclassCode }) => subclassCode))
    const strangers = citizens.filter(
      ({ place, subclassCode }) => (place !== null && !places.has(place)) || (subclassCode !== null && !subclasses.has(subclassCode)),
    )
    expect(strangers).toEqual([])
    expect(citizens.some(({ number }) => number === null)).toBe(true)
    for (const { number } of citizens) expect(number ?? '13800000000').toMatch(/^1380000\d{4}$/)
  })

  it('have a spoken file for every line, of speech, small enough to be shipped', () => {
    const used = [...citizens.map(({ script }) => script), calledBack]
      .flat()
      .flatMap((turn) => ('say' in turn ? turn.say : (turn.orAsk ?? [])))
    expect(used.filter((line) => !(line in lines))).toEqual([])
    for (const line of Object.keys(lines)) {
      const speech = readALawWav(readFileSync(join(speechFolder, `${line}.wav`)))
      expect(speech?.length, line).toBeGreaterThan(800)
      expect(levelDb('PCMA', speech ?? new Uint8Array(1)), line).toBeGreaterThan(-40)
    }
    const names = readdirSync(speechFolder)
    expect(names.length).toBe(Object.keys(lines).length)
    expect(names.reduce((sum, name) => sum + statSync(join(speechFolder, name)).size, 0)).toBeLessThan(1_500_000)
  })

  it('come the same way from the same seed, the first soon and with a plain case, never the same twice in a row', () => {
    const course = (seed: number, seats = 1, speed = 1) => {
      const chance = chanceOf(seed)
      let last: (typeof citizens)[number] | null = null
      return Array.from({ length: 400 }, () => {
        const arrival = nextArrival(chance, { seats, speed, last })
        expect(arrival.citizen).not.toBe(last)
        last = arrival.citizen
        return arrival
      })
    }
    expect(course(5)).toEqual(course(5))
    expect(course(5)).not.toEqual(course(6))
    const [first, ...others] = course(7)
    expect(first).toMatchObject({ afterMs: 6_000, citizen: citizens[0] })
    const mean = (all: typeof others) => all.reduce((sum, { afterMs }) => sum + afterMs, 0) / all.length
    expect(mean(others)).toBeGreaterThan(75_000)
    expect(mean(others)).toBeLessThan(105_000)
    expect(mean(course(7, 12).slice(1)), 'twelve seats have twelve times as many').toBeLessThan(10_000)
    expect(Math.min(...course(7, 12, 3_600).map(({ afterMs }) => afterMs))).toBe(400)
    const hasty = others.filter(({ patienceMs }) => patienceMs < 10_000).length
    expect(hasty).toBeGreaterThan(20)
    expect(hasty).toBeLessThan(60)
  })
})

describe('the announcement after a call', () => {
  async function ask(key: string | null, goesAfterMs = Number.POSITIVE_INFINITY): Promise<readonly string[]> {
    const clock = createFakeClock(0)
    const ticker = createTicker(clock)
    const board = createPatchboard()
    const heard: string[] = []
    const stage: Stage = { ticker, board, framesOf: () => [silentFrame, silentFrame], rated: () => {} }
    const announcement = createSatisfaction(stage, { number: '*45', name: null }, (answer) => heard.push(answer))
    const citizen = createSpeaker(stage, { number: null, name: null }, [{ say: 'problem' }, { say: 'bye' }], key)
    board.connect(citizen, announcement)
    clock.after(Math.min(goesAfterMs, 60_000), () => board.gone(citizen))
    await clock.advance(70_000)
    return heard
  }

  it('takes one answer of each citizen: the key, or none', async () => {
    expect(await ask('1')).toEqual(['satisfied'])
    expect(await ask('3')).toEqual(['dissatisfied'])
    expect(await ask('9'), 'a key that means nothing').toEqual(['none'])
    expect(await ask(null), 'no key').toEqual(['none'])
    expect(await ask('1', 500), 'gone before the key').toEqual(['none'])
  })
})

describe('numbers of the exchange', () => {
  it.each([
    ['8012', { kind: 'seat', extension: '8012' }],
    ['8020', { kind: 'seat', extension: '8020' }],
    ['12319', { kind: 'hotline' }],
    ['*43', { kind: 'echo' }],
    ['7104', { kind: 'department', code: '104' }],
    ['13800001013', { kind: 'citizen' }],
    ['*45000000000000007', { kind: 'satisfaction', ref: '000000000000007' }],
    ['12345', { kind: 'outside' }],
    ['045186520110', { kind: 'outside' }],
    ['8021', { kind: 'unknown' }],
    ['', { kind: 'unknown' }],
  ])('%s', (dialled, destination) => expect(destinationOf(dialled)).toEqual(destination))
})

describe('speech of the exchange', () => {
  it('cuts packets of any length into frames', () => {
    const frames: number[][] = []
    const slice = createSlicer((frame) => frames.push([frame.length, frame[0] ?? -1]))
    const packet = (length: number, value: number) => new Uint8Array(length).fill(value)
    for (const [length, value] of [
      [160, 1],
      [240, 2],
      [80, 3],
      [480, 4],
      [100, 5],
    ] as const)
      slice(packet(length, value))
    expect(frames).toEqual([
      [160, 1],
      [160, 2],
      [160, 2],
      [160, 4],
      [160, 4],
      [160, 4],
    ])
  })

  it('fills up the last frame with silence, and refuses files that are no A-law', () => {
    expect(framesOf(encode('PCMA', new Int16Array(200))).map((frame) => [frame.length, frame.at(-1)])).toEqual([
      [160, 0xd5],
      [160, 0xd5],
    ])
    expect(readALawWav(Buffer.from('RIFF....WAVEnothing'))).toBeNull()
    const pcm = Buffer.from(readFileSync(join(speechFolder, 'key-1.wav')))
    pcm.writeUInt16LE(1, 20)
    expect(readALawWav(pcm)).toBeNull()
  })

  it('has music that is heard and hurts nobody', () => {
    const levels = makeMusic().map((frame) => levelDb('PCMA', frame))
    expect(Math.max(...levels)).toBeLessThan(-15)
    expect(levels.filter((db) => db > -45).length / levels.length).toBeGreaterThan(0.5)
  })

  it('beats every 20 ms however late its timer is, and not at all for nobody', async () => {
    const clock = createFakeClock(0)
    const ticker = createTicker({ ...clock, every: (periodMs, action) => clock.every(periodMs * 1.65, action) })
    let beats = 0
    const stop = ticker.add(() => {
      beats += 1
    })
    await clock.advance(990)
    expect(beats).toBe(49)
    stop()
    expect(clock.pending()).toBe(0)
    await clock.advance(1_000)
    expect(beats).toBe(49)
  })
})
