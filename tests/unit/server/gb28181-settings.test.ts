import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeText } from '#server/gb28181/decode-text'
import { createFloodGate } from '#server/gb28181/flood-gate'
import { readGbSettings } from '#server/gb28181/settings'
import { gb18030 } from '../../fakes/gb28181/gb18030'

const folder = mkdtempSync(join(tmpdir(), 'seat-gb-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(content: unknown) {
  const file = join(folder, 'gb.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return readGbSettings(file)
}

describe('the file of the platform', () => {
  const settings = { serverId: '34020000002000000001', listen: { address: '10.20.0.5', port: 5060 } }

  it('is read, and refused with the place that is wrong', () => {
    expect(read(settings)).toEqual({ ok: true, value: settings })
    expect(read('{')).toMatchObject({ ok: false, error: expect.stringContaining('读不出来') })
    expect(read({ ...settings, serverId: '3402' })).toMatchObject({ ok: false, error: expect.stringContaining('/serverId') })
    const gateway = { kind: 'zlm', api: 'http://10.20.0.9', secret: 's', rtpAddress: '10.20.0.9', play: 'ws://10.20.0.9/live.flv' }
    // Without a place for the name every camera would be the same picture.
    expect(read({ ...settings, gateway })).toMatchObject({ ok: false, error: expect.stringContaining('/gateway/play') })
  })

  it('says where devices reach a platform that listens everywhere', () => {
    const everywhere = { ...settings, listen: { address: '0.0.0.0', port: 5060 } }
    expect(read(everywhere)).toMatchObject({ ok: false, error: expect.stringContaining('advertised') })
    expect(read({ ...everywhere, advertised: '10.20.0.5' })).toMatchObject({ ok: true })
  })
})

describe('text of devices', () => {
  const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><Name>`

  it('is read as what it is, whatever it says of itself', () => {
    for (const name of ['联通', '模', '解放路口，城管'])
      for (const [bytes, says] of [
        [gb18030(name), 'GB2312'],
        [gb18030(name), 'GB18030'],
        [Buffer.from(name), 'UTF-8'],
        [Buffer.from(name), 'GB2312'],
      ] as const)
        expect(decodeText(Buffer.concat([Buffer.from(declared(says)), bytes]))).toBe(`${declared(says)}${name}`)
  })
})

it('lets each address its share through, and no more of one for the silence of another', () => {
  let now = 0
  const gate = createFloodGate(10, { monotonicMs: () => now })
  const admitted = (address: string, times: number) => Array.from({ length: times }, () => gate.admits(address)).filter(Boolean).length
  expect(admitted('10.0.0.1', 100)).toBe(20)
  expect(admitted('10.0.0.2', 5)).toBe(5)
  now = 1_000
  expect(admitted('10.0.0.1', 100)).toBe(10)
  expect(gate.turnedAway()).toBe(170)
})
