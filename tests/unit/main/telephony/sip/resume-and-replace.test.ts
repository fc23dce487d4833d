import { describe, expect, it } from 'vitest'
import type { CallSnapshot } from '#main/telephony/sip/call-snapshot'
import { compose, createLab, type Lab, offerSdp, type Peer, reply, type Seat, sdp } from './sip-lab'

/** Calls that outlive their process, and calls that take the place of others. */
function invite(seat: Seat, callId: string, headers: string[] = []): string {
  return compose(`INVITE ${seat.uri} SIP/2.0`, {
    headers: [
      `Via: SIP/2.0/UDP 10.0.0.9:5060;branch=z9hG4bK${callId}`,
      'From: <sip:13800138000@hotline.test>;tag=peer',
      `To: <${seat.uri}>`,
      `Call-ID: ${callId}`,
      'CSeq: 10 INVITE',
      'Contact: <sip:13800138000@10.0.0.9:5060>',
      ...headers,
    ],
    body: offerSdp,
  })
}

function ack(peer: Peer, seat: Seat, callId: string): string {
  return compose(`ACK ${seat.uri} SIP/2.0`, {
    headers: [
      `Via: SIP/2.0/UDP 10.0.0.9:5060;branch=z9hG4bKack${callId}`,
      'From: <sip:13800138000@hotline.test>;tag=peer',
      `To: ${peer.last(/^SIP\/2\.0 200/).header('To')}`,
      `Call-ID: ${callId}`,
      'CSeq: 10 ACK',
    ],
  })
}

async function talk(lab: Lab, peer: Peer, seat: Seat, callId: string) {
  if (seat.agent.registration().state === 'off') seat.agent.register()
  await lab.clock.advance(5)
  peer.send(invite(seat, callId), seat.endpoint)
  await lab.clock.advance(5)
  const call = seat.offered()
  const answered = call.answer()
  await lab.clock.advance(5)
  peer.send(ack(peer, seat, callId), seat.endpoint)
  await lab.clock.advance(5)
  await answered
  return call
}

/** The process dies: nothing more is sent, and only the journal is left. */
async function died(withAck: boolean) {
  const lab = createLab()
  const peer = lab.peer(9)
  const first = lab.seat('1004')
  const journal: Map<string, CallSnapshot> = first.journal
  if (withAck) await talk(lab, peer, first, 'c1')
  else {
    first.agent.register()
    await lab.clock.advance(5)
    peer.send(invite(first, 'c1'), first.endpoint)
    await lab.clock.advance(5)
    void first.offered().answer()
    await lab.clock.advance(5)
  }
  const kept = new Map(journal)
  const before = peer.received.length
  await first.agent.stop('abrupt')
  const second = lab.seat('1004', {}, 'UDP', kept)
  const [snapshot] = kept.values()
  if (!snapshot) throw new Error('nothing was kept')
  const resumed = await second.agent.resumeCall(snapshot)
  if (!resumed.ok) throw new Error(resumed.error.code)
  await lab.clock.advance(5)
  return { lab, peer, seat: second, call: resumed.value, news: () => peer.received.slice(before), kept }
}

describe('a call of the process before', () => {
  it('opens its speech as it was and tells the peer by a re-INVITE with higher numbers', async () => {
    const { lab, peer, seat, call, kept } = await died(true)
    const again = peer.last(/^INVITE/)
    expect(again.header('CSeq')).toBe('51 INVITE')
    expect(again.body).toMatch(/^o=- \d+ 12 /m)
    expect(seat.media.sessions.get(call.id)?.applied[0]).toMatchObject({ remote: { address: '10.0.0.9', port: 40_000 } })
    expect(call.view()).toMatchObject({ state: 'established', isResuming: true })
    peer.send(reply(again, '200 OK', { headers: ['Contact: <sip:x@10.0.0.9:5060>'], body: sdp({ version: 2 }) }), seat.endpoint)
    await lab.clock.advance(5)
    expect(call.view()).toMatchObject({ state: 'established', isResuming: false })
    call.hangUp()
    await lab.clock.advance(5)
    expect(peer.last(/^BYE/).header('CSeq')).toBe('52 BYE')
    expect(kept.size).toBe(0)
  })

  it('is given up without BYE when the peer does not know it', async () => {
    const { lab, peer, seat, call } = await died(true)
    peer.send(reply(peer.last(/^INVITE/), '481 Call Does Not Exist'), seat.endpoint)
    await lab.clock.advance(5)
    expect(call.view().end).toMatchObject({ endedBy: 'network', how: 'lost', sipCause: 481 })
    expect(peer.count(/^BYE/)).toBe(0)
  })

  it('repeats the 200 that nobody had acknowledged, and goes on after its ACK', async () => {
    const { lab, peer, seat, call, news } = await died(false)
    expect(news().filter((text) => text.startsWith('SIP/2.0 200'))).toHaveLength(1)
    expect(call.view().state).toBe('answering')
    peer.send(ack(peer, seat, 'c1'), seat.endpoint)
    await lab.clock.advance(5)
    expect(call.view().state).toBe('established')
    expect(peer.count(/^INVITE/)).toBe(1)
  })

  it('acknowledges a 2xx of the process before', async () => {
    const { lab, peer, seat } = await died(true)
    const stray = reply(peer.last(/^INVITE/), '200 OK', { headers: ['Contact: <sip:x@10.0.0.9:5060>'], body: sdp({}) })
    peer.send(stray.replace(/CSeq: \d+/, 'CSeq: 7').replace(/branch=[^;\r]+/, 'branch=z9hG4bKgone'), seat.endpoint)
    await lab.clock.advance(5)
    expect(peer.last(/^ACK/).header('CSeq')).toBe('7 ACK')
  })
})

describe('one call in the place of another (RFC 3891)', () => {
  it('is answered by itself, and the old one is hung up', async () => {
    const lab = createLab()
    const peer = lab.peer(9)
    const seat = lab.seat('1004')
    const old = await talk(lab, peer, seat, 'c1')
    const tag = /tag=(\S+)/.exec(peer.last(/^SIP\/2\.0 200/).header('To'))?.[1]
    peer.send(invite(seat, 'c2', [`Replaces: c1;to-tag=${tag};from-tag=peer`]), seat.endpoint)
    await lab.clock.advance(5)
    peer.send(ack(peer, seat, 'c2'), seat.endpoint)
    await lab.clock.advance(5)
    expect(old.view().end).toMatchObject({ how: 'replaced' })
    expect(peer.last(/^BYE/).header('Call-ID')).toBe('c1')
    expect(seat.agent.calls().map((call) => call.view().state)).toEqual(['established'])
    expect(seat.events.some(({ type }) => type === 'callReplaced')).toBe(true)
  })

  it('is refused when there is no such call', async () => {
    const lab = createLab()
    const peer = lab.peer(9)
    const seat = lab.seat('1004')
    await talk(lab, peer, seat, 'c1')
    peer.send(invite(seat, 'c2', ['Replaces: c1;to-tag=other;from-tag=peer']), seat.endpoint)
    await lab.clock.advance(5)
    expect(peer.count(/^SIP\/2\.0 481/)).toBe(1)
  })

  it('is asked for by REFER with a Replaces as the consulted peer knows the call', async () => {
    const lab = createLab()
    const peer = lab.peer(9)
    const seat = lab.seat('1004')
    const citizen = await talk(lab, peer, seat, 'c1')
    const consult = await talk(lab, peer, seat, 'c2')
    const tag = /tag=(\S+)/.exec(peer.last(/^SIP\/2\.0 200/).header('To'))?.[1]
    void citizen.transferTo(consult)
    await lab.clock.advance(5)
    const refer = peer.last(/^REFER/)
    expect(refer.header('Call-ID')).toBe('c1')
    expect(refer.header('Refer-To')).toBe(
      `<sip:13800138000@10.0.0.9:5060?Replaces=${encodeURIComponent(`c2;to-tag=peer;from-tag=${tag}`)}>`,
    )
  })
})
