import { describe, expect, it } from 'vitest'
import { writeRtcp } from '#main/telephony/media/rtp/rtcp'
import { writeRtp } from '#main/telephony/media/rtp/rtp-packet'
import { createSrtpReceiver, createSrtpSender } from '#main/telephony/media/rtp/srtp'

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')
/** The master key and salt of RFC 3711 B.3, and the packet that implementations check each other with. */
const keySalt = hex('e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6').toString('base64')
const plain = hex('800f1234 decafbad cafebabe abababab abababab abababab abababab')
const suite = 'AES_CM_128_HMAC_SHA1_80'

describe('SRTP', () => {
  it('encrypts and signs the known packet to the known octets, and back', () => {
    const cipher = createSrtpSender(suite, keySalt)?.protectRtp(plain, 0x1234)
    expect(cipher?.toString('hex')).toBe('800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb')
    expect(createSrtpReceiver(suite, keySalt)?.unprotectRtp(cipher ?? plain)).toEqual(plain)
  })

  it('takes a packet once, and none that was changed in a single bit', () => {
    const sender = createSrtpSender(suite, keySalt)
    const receiver = createSrtpReceiver(suite, keySalt)
    const one = sender?.protectRtp(plain, 0x1234) ?? plain
    for (let bit = 0; bit < one.length * 8; bit += 7) {
      const changed = Buffer.from(one)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(receiver?.unprotectRtp(changed) ?? null, `bit ${bit}`).toBeNull()
    }
    expect(receiver?.unprotectRtp(one)).toEqual(plain)
    expect(receiver?.unprotectRtp(one), 'replayed').toBeNull()
  })

  it('goes on over the roll-over of sequence numbers, and after a restart at the index it had', () => {
    const sender = createSrtpSender(suite, keySalt)
    let receiver = createSrtpReceiver(suite, keySalt)
    const speech = (sequence: number) =>
      writeRtp({ payloadType: 8, marker: false, sequence, timestamp: 0, ssrc: 9, payload: Buffer.from('speech') })
    for (let index = 65_530; index < 65_545; index += 1) {
      if (index === 65_540) receiver = createSrtpReceiver(suite, keySalt, receiver?.newestIndex() ?? null)
      const sent = sender?.protectRtp(speech(index % 65_536), index) ?? Buffer.alloc(0)
      expect(receiver?.unprotectRtp(sent)?.subarray(12).toString(), String(index)).toBe('speech')
    }
  })

  it('protects reports, and the short tag is four octets', () => {
    const report = writeRtcp({ ssrc: 5, sender: null, block: null, name: 'seat' })
    const sent = createSrtpSender(suite, keySalt)?.protectRtcp(report) ?? report
    expect(sent.includes(report.subarray(8))).toBe(false)
    expect(createSrtpReceiver(suite, keySalt)?.unprotectRtcp(sent)).toEqual(report)
    expect(createSrtpSender('AES_CM_128_HMAC_SHA1_32', keySalt)?.protectRtp(plain, 0x1234).length).toBe(plain.length + 4)
  })

  it('refuses suites it does not know and keys of another length', () => {
    expect(createSrtpSender('AES_256_CM_HMAC_SHA1_80', keySalt)).toBeNull()
    expect(createSrtpReceiver(suite, Buffer.alloc(16).toString('base64'))).toBeNull()
  })
})
