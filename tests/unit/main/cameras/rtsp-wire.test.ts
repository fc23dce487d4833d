import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeVideo } from '#main/cameras/rtsp/describe'
import { createRtspReader, type RtspItem, RtspSyntaxError, statusOf, writeRequest } from '#main/cameras/rtsp/wire'
import { authorization, chooseChallenge } from '#main/device-http/authorize'

const answer = 'RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 5\r\n\r\nv=0\r\n'
const frame = Buffer.from([0x24, 1, 0, 3, 9, 8, 7])

describe('the octets of RTSP', () => {
  it('give the same whatever pieces they come in', () => {
    const stream = Buffer.concat([Buffer.from(answer), frame, Buffer.from('\r\n'), frame, Buffer.from(answer)])
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const read = createRtspReader()
        const places = [0, ...[...cuts].sort((a, b) => a - b), stream.length]
        const items: RtspItem[] = places.slice(1).flatMap((end, index) => read(stream.subarray(places[index], end)))
        expect(items).toHaveLength(4)
        expect(items.map((item) => ('frame' in item ? [...item.frame.data] : item.message.body))).toEqual([
          'v=0\r\n',
          [9, 8, 7],
          [9, 8, 7],
          'v=0\r\n',
        ])
      }),
    )
  })

  it.each([
    ['of another protocol', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['without an end', 'x'.repeat(20_000)],
    ['announcing too much', 'RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n'],
    ['announcing nonsense', 'RTSP/1.0 200 OK\r\nContent-Length: -4\r\n\r\n'],
  ])('%s are refused', (_, text) => {
    expect(() => createRtspReader()(Buffer.from(text))).toThrow(RtspSyntaxError)
  })

  it('never hang or crash on noise', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (blocks) => {
        const read = createRtspReader()
        try {
          for (const block of blocks) read(Buffer.from(block))
        } catch (error) {
          expect(error).toBeInstanceOf(RtspSyntaxError)
        }
      }),
    )
  })

  it('write a request and read a status', () => {
    expect(writeRequest('PLAY', 'rtsp://a/b', { CSeq: '3', Session: undefined })).toBe('PLAY rtsp://a/b RTSP/1.0\r\nCSeq: 3\r\n\r\n')
    expect(statusOf({ firstLine: 'RTSP/1.0 454 Session Not Found', headers: new Map(), body: '' })).toEqual({
      status: 454,
      reason: 'Session Not Found',
    })
    expect(statusOf({ firstLine: 'ANNOUNCE rtsp://a RTSP/1.0', headers: new Map(), body: '' })).toBe(null)
  })
})

describe('the answer to a challenge', () => {
  const account = { user: 'Mufasa', password: 'Circle Of Life' }

  it('is the one of RFC 2617 §3.5', () => {
    const challenge = chooseChallenge([
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    ])
    if (!challenge) throw new Error('no challenge')
    const text = authorization(challenge, account, { method: 'GET', uri: '/dir/index.html', count: 1, clientNonce: '0a4f113b' })
    expect(text).toContain('response="6629fae49393a05397450978507c4ef1"')
    expect(text).toContain('nc=00000001')
    expect(text).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"')
  })

  it('is the one of RFC 7616 §3.9.1 with SHA-256, which is chosen before MD5 and Basic', () => {
    const challenge = chooseChallenge([
      'Basic realm="x"',
      'Digest realm="http-auth@example.org", qop="auth", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"',
      'Digest realm="http-auth@example.org", qop="auth", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"',
    ])
    if (!challenge) throw new Error('no challenge')
    const request = { method: 'GET', uri: '/dir/index.html', count: 1, clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' }
    expect(authorization(challenge, { user: 'Mufasa', password: 'Circle of Life' }, request)).toContain(
      'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"',
    )
  })

  it('is plain only where nothing better is offered, and none where nothing is understood', () => {
    const basic = chooseChallenge(['Basic realm="cam"'])
    expect(basic && authorization(basic, account, { method: 'DESCRIBE', uri: 'x', count: 1, clientNonce: '' })).toBe(
      'Basic TXVmYXNhOkNpcmNsZSBPZiBMaWZl',
    )
    expect(chooseChallenge(['Negotiate', 'Digest realm="x"'])).toBe(null)
  })
})

describe('a description', () => {
  const sdp = (lines: string) => `v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=x\r\nt=0 0\r\n${lines}`

  it('gives the video that can be shown, its address and parameter sets', () => {
    const video = describeVideo(
      sdp(
        'm=audio 0 RTP/AVP 8\r\na=control:track1\r\nm=video 0 RTP/AVP 97\r\na=rtpmap:97 H265/90000\r\na=control:track2\r\n' +
          'm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LAHg==,aM48gA==\r\na=control:track3\r\n',
      ),
      'rtsp://cam/live/',
    )
    expect(video).toEqual({
      codec: 'H264',
      payloadType: 96,
      control: 'rtsp://cam/live/track3',
      sequence: Buffer.from([0x67, 0x42, 0xc0, 0x1e]),
      picture: Buffer.from([0x68, 0xce, 0x3c, 0x80]),
    })
  })

  it('is told apart when it has no video, or one that cannot be shown', () => {
    expect(describeVideo(sdp('m=audio 0 RTP/AVP 8\r\n'), 'rtsp://cam/x')).toBe(null)
    expect(
      describeVideo(sdp('m=video 0 RTP/AVP 97\r\na=rtpmap:97 H265/90000\r\na=control:rtsp://other/t\r\n'), 'rtsp://cam/x'),
    ).toMatchObject({
      codec: 'H265',
      control: 'rtsp://other/t',
    })
  })
})
