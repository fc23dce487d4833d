import { describe, expect, it } from 'vitest'
import type { LocalMedia } from '#main/telephony/sip/media-session'
import { answerOffer, readAnswer, readDescription, writeOffer } from '#main/telephony/sip/session/describe-media'
import { sdp } from './sip-lab'

const local: LocalMedia = {
  address: '10.0.1.4',
  port: 20_000,
  codecs: [
    { name: 'PCMA', clockRate: 8_000, payloadType: 8 },
    { name: 'PCMU', clockRate: 8_000, payloadType: 0 },
  ],
  telephoneEvent: 101,
  packetMs: 20,
  srtp: { use: 'off', keys: [] },
}
const key = { tag: 1, suite: 'AES_CM_128_HMAC_SHA1_80', keySalt: 'A'.repeat(40) }
const peerKey = 'a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB|2^20\r\n'
const id = { sessionId: '7', version: 3 }
const read = (text: string) => {
  const described = readDescription(text)
  if (!described.ok) throw new Error(described.error)
  return described.value
}
const answer = (text: string, own = local, wanted: 'sendrecv' | 'sendonly' = 'sendrecv') => answerOffer(read(text), own, id, wanted)

describe('an answer (RFC 3264)', () => {
  it('takes our first codec, with the number of the offer', () => {
    const made = answer(
      sdp({ codecs: '0 97 8 96' }).replace('rtpmap:101', 'rtpmap:96').replace('a=fmtp:101', 'a=rtpmap:97 PCMA/8000\r\na=fmtp:96'),
    )
    expect(made.ok && made.value.media).toMatchObject({
      codec: { name: 'PCMA', payloadType: 97 },
      telephoneEvent: 96,
      remote: { port: 40_000, rtcpPort: 40_001 },
    })
    expect(made.ok && made.value.text).toContain('m=audio 20000 RTP/AVP 97 96')
  })

  it.each([
    ['sendonly', 'sendrecv', 'recvonly'],
    ['recvonly', 'sendrecv', 'sendonly'],
    ['inactive', 'sendrecv', 'inactive'],
    ['sendrecv', 'sendonly', 'sendonly'],
    ['sendonly', 'sendonly', 'inactive'],
  ] as const)('to %s with %s wanted is %s', (offered, wanted, direction) => {
    const made = answer(sdp({ direction: offered }), local, wanted)
    expect(made.ok && made.value.media.direction).toBe(direction)
    expect(made.ok && made.value.text).toContain(`a=${direction}`)
  })

  it('reads the old way of holding, c=0.0.0.0', () => {
    const made = answer(sdp({ address: '0.0.0.0' }))
    expect(made.ok && made.value.media).toMatchObject({ remote: null, direction: 'recvonly' })
  })

  it('refuses other streams in their place', () => {
    const made = answer(`${sdp({})}m=video 50000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n`)
    expect(made.ok && made.value.text).toMatch(/m=audio 20000[\s\S]*m=video 0 RTP\/AVP 96/)
  })

  it('says what is missing: a codec, speech, security', () => {
    expect(answer(sdp({ codecs: '18' }))).toEqual({ ok: false, error: 'noCommonCodec' })
    expect(readDescription(sdp({}).replace('m=audio', 'm=video'))).toEqual({ ok: false, error: 'noAudio' })
    expect(answer(sdp({}).replace('RTP/AVP', 'RTP/SAVP') + peerKey)).toEqual({ ok: false, error: 'noCommonSecurity' })
    expect(answer(sdp({}), { ...local, srtp: { use: 'required', keys: [key] } })).toEqual({ ok: false, error: 'noCommonSecurity' })
    for (const text of ['', 'v=0', 'v=0\r\nm=audio x RTP/AVP 8\r\n', sdp({}).replace('c=IN IP4 10.0.0.9\r\n', '')])
      expect(readDescription(text).ok).toBe(false)
  })

  it('takes SDES keys by their suite, with the tag of the offer (RFC 4568)', () => {
    const made = answer(sdp({}).replace('RTP/AVP', 'RTP/SAVP') + peerKey, { ...local, srtp: { use: 'optional', keys: [key] } })
    expect(made.ok && made.value.media.srtp).toMatchObject({
      local: { tag: 2, keySalt: key.keySalt },
      remote: { tag: 2, keySalt: 'B'.repeat(40) },
    })
    expect(made.ok && made.value.text).toContain('RTP/SAVP')
  })
})

it('an offer and its answer agree on both sides', () => {
  const offer = writeOffer(local, id, 'sendonly')
  expect(offer).toContain('o=- 7 3 IN IP4 10.0.1.4')
  const peer: LocalMedia = { ...local, address: '10.0.0.9', port: 40_000, telephoneEvent: null }
  const answered = answerOffer(read(offer), peer, id, 'sendrecv')
  if (!answered.ok) throw new Error(answered.error)
  expect(answered.value.media.direction).toBe('recvonly')
  expect(readAnswer(read(answered.value.text), local, 'sendonly')).toMatchObject({
    ok: true,
    value: { direction: 'sendonly', telephoneEvent: null, remote: { address: '10.0.0.9', port: 40_000 } },
  })
})
