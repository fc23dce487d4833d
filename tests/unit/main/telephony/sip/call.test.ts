import { describe, expect, it } from 'vitest'
import { compose, createLab, offerSdp, type Peer, reply, type Seat, sdp } from './sip-lab'

/** Calls between two seats of ours, and with a peer that the test plays: what goes over the wire, and what the seat is told. */
function inviteTo(
  seat: Seat,
  {
    branch = 'z9hG4bKa',
    headers = [],
    body = offerSdp,
    callId = 'call-1',
  }: { branch?: string; headers?: string[]; body?: string; callId?: string } = {},
): string {
  return compose(`INVITE ${seat.uri} SIP/2.0`, {
    headers: [
      `Via: SIP/2.0/UDP 10.0.0.9:5060;branch=${branch};rport`,
      'Max-Forwards: 70',
      'From: "张三" <sip:13800138000@hotline.test>;tag=peer',
      `To: <${seat.uri}>`,
      `Call-ID: ${callId}`,
      'CSeq: 10 INVITE',
      'Contact: <sip:13800138000@10.0.0.9:5060>',
      ...headers,
    ],
    body,
  })
}

function inDialog(
  peer: Peer,
  seat: Seat,
  method: string,
  sequence: number,
  extra: { headers?: string[]; body?: string; contentType?: string; branch?: string } = {},
): string {
  const answered = peer.last(/^SIP\/2\.0 (200|18\d)/)
  const { branch = `z9hG4bK${method}${sequence}`, headers = [], ...parts } = extra
  return compose(`${method} ${seat.uri} SIP/2.0`, {
    ...parts,
    headers: [
      `Via: SIP/2.0/UDP 10.0.0.9:5060;branch=${branch}`,
      'Max-Forwards: 70',
      'From: "张三" <sip:13800138000@hotline.test>;tag=peer',
      `To: ${answered.header('To')}`,
      'Call-ID: call-1',
      `CSeq: ${sequence} ${method}`,
      'Contact: <sip:13800138000@10.0.0.9:5060>',
      ...headers,
    ],
  })
}

async function ringingSeat(options: Parameters<typeof inviteTo>[1] = {}) {
  const lab = createLab()
  const peer = lab.peer(9)
  const proxy = lab.peer(1)
  const seat = lab.seat('1004')
  seat.agent.register()
  await lab.clock.advance(5)
  proxy.send(
    reply(proxy.last(/^REGISTER/), '200 OK', { headers: [`Contact: <${seat.uri};transport=udp>;expires=3600`] }, 'r'),
    seat.endpoint,
  )
  await lab.clock.advance(5)
  peer.send(inviteTo(seat, options), seat.endpoint)
  await lab.clock.advance(5)
  return { lab, peer, proxy, seat }
}

async function talkingSeat(options: Parameters<typeof inviteTo>[1] = {}) {
  const made = await ringingSeat(options)
  const { lab, peer, seat } = made
  const call = seat.offered()
  call.ring()
  const answered = call.answer()
  await lab.clock.advance(5)
  peer.send(inDialog(peer, seat, 'ACK', 10), seat.endpoint)
  await lab.clock.advance(5)
  expect(await answered).toEqual({ ok: true, value: undefined })
  return { ...made, call }
}

describe('an incoming call', () => {
  it('is offered with the caller, rung, answered, acknowledged and ended by the citizen', async () => {
    const { lab, peer, seat, call } = await talkingSeat()
    expect(call.view()).toMatchObject({
      state: 'established',
      direction: 'incoming',
      peer: { number: '+8613800138000', displayName: '张三', source: 'from' },
    })
    expect(peer.count(/^SIP\/2\.0 180/)).toBe(1)
    expect(peer.last(/^SIP\/2\.0 200/).body).toContain('m=audio')
    expect(seat.media.sessions.get(call.id)?.applied.at(-1)).toMatchObject({
      remote: { address: '10.0.0.9', port: 40_000 },
      codec: { name: 'PCMA' },
      telephoneEvent: 101,
    })
    peer.send(inDialog(peer, seat, 'BYE', 11, { headers: ['Reason: Q.850;cause=16;text="Normal"'] }), seat.endpoint)
    await lab.clock.advance(5)
    expect(call.view()).toMatchObject({ state: 'ended', end: { endedBy: 'peer', how: 'bye', q850Cause: 16, reasonText: 'Normal' } })
    expect(seat.media.sessions.get(call.id)?.closed).toBe(1)
    expect(seat.journal.size).toBe(0)
  })

  it('repeats its 200 until the ACK comes, and says BYE when none does', async () => {
    const { lab, peer, seat } = await ringingSeat()
    const answered = seat.offered().answer()
    await lab.clock.advance(4_000)
    expect(peer.count(/^SIP\/2\.0 200/)).toBe(4)
    await lab.clock.advance(30_000)
    expect((await answered).ok).toBe(false)
    expect(peer.count(/^BYE/)).toBeGreaterThan(0)
    expect(seat.offered().view()).toMatchObject({ state: 'ended', end: { endedBy: 'network', how: 'lost' } })
  })

  it('answers a CANCEL that comes before the 200 with 487, and lets one pass that comes after it', async () => {
    const { lab, peer, seat } = await ringingSeat()
    seat.offered().ring()
    const cancel = inviteTo(seat, { body: '', headers: ['Reason: SIP;cause=200;text="Call completed elsewhere"'] }).replace(
      /INVITE/g,
      'CANCEL',
    )
    peer.send(cancel, seat.endpoint)
    await lab.clock.advance(5)
    expect(peer.last(/^SIP\/2\.0 487/).header('CSeq')).toBe('10 INVITE')
    expect(peer.last(/^SIP\/2\.0 200/).header('CSeq')).toBe('10 CANCEL')
    expect(seat.offered().view().end).toMatchObject({ endedBy: 'peer', how: 'answeredElsewhere' })

    const late = await talkingSeat()
    late.peer.send(inviteTo(late.seat, { body: '' }).replace(/INVITE/g, 'CANCEL'), late.seat.endpoint)
    await late.lab.clock.advance(5)
    expect(late.call.view().state).toBe('established')
  })

  it('repeats a refusal until its ACK (timer G), and stops then', async () => {
    const { lab, peer, seat } = await ringingSeat()
    seat.offered().reject(486)
    await lab.clock.advance(3_600)
    expect(peer.count(/^SIP\/2\.0 486/)).toBe(4)
    peer.send(inDialogAck(peer.last(/^SIP\/2\.0 486/).header('To'), seat), seat.endpoint)
    await lab.clock.advance(60_000)
    expect(peer.count(/^SIP\/2\.0 486/)).toBe(4)
  })

  it('takes a late offer: offers in the 200 and reads the answer in the ACK', async () => {
    const { lab, peer, seat } = await ringingSeat({ body: '' })
    const call = seat.offered()
    const answered = call.answer()
    await lab.clock.advance(5)
    expect(peer.last(/^SIP\/2\.0 200/).body).toContain('PCMA')
    peer.send(inDialog(peer, seat, 'ACK', 10, { body: sdp({ port: 41_000 }) }), seat.endpoint)
    await lab.clock.advance(5)
    expect((await answered).ok).toBe(true)
    expect(call.view().media?.remote?.port).toBe(41_000)
  })

  it('rings reliably where the caller can, and repeats until PRACK (RFC 3262)', async () => {
    const { lab, peer, seat } = await ringingSeat({ headers: ['Supported: 100rel'] })
    seat.offered().ring()
    await lab.clock.advance(1_600)
    const ringing = peer.last(/^SIP\/2\.0 180/)
    expect(peer.count(/^SIP\/2\.0 180/)).toBe(3)
    peer.send(inDialog(peer, seat, 'PRACK', 11, { headers: [`RAck: ${ringing.header('RSeq')} 10 INVITE`] }), seat.endpoint)
    await lab.clock.advance(20_000)
    expect(peer.count(/^SIP\/2\.0 180/)).toBe(3)
    expect(peer.last(/^SIP\/2\.0 200/).header('CSeq')).toBe('11 PRACK')
  })

  it('refuses what it cannot do in the words of the RFC', async () => {
    const { lab, peer, seat } = await ringingSeat()
    const send = async (text: string) => {
      peer.send(text, seat.endpoint)
      await lab.clock.advance(5)
    }
    await send(inviteTo(seat, { branch: 'z9hG4bKr', callId: 'r', headers: ['Require: 100rel, teleport'] }))
    expect(peer.last(/^SIP\/2\.0 420/).header('Unsupported')).toBe('teleport')
    await send(inviteTo(seat, { branch: 'z9hG4bKs', callId: 's', headers: ['Supported: timer', 'Session-Expires: 60'] }))
    expect(peer.last(/^SIP\/2\.0 422/).header('Min-SE')).toBe('90')
    await send(inviteTo(seat, { branch: 'z9hG4bKm' }))
    expect(peer.count(/^SIP\/2\.0 482/)).toBe(1)
    await send(inviteTo(seat, { branch: 'z9hG4bKu', callId: 'u' }).replace('INVITE sip:', 'INVITE unknown:'))
    expect(peer.count(/^SIP\/2\.0 416/)).toBe(1)
    await send(inviteTo(seat, { branch: 'z9hG4bKv', callId: 'v' }).replace(/INVITE/g, 'NEWMETHOD'))
    expect(peer.count(/^SIP\/2\.0 501/)).toBe(1)
  })
})

describe('in a call', () => {
  it('answers re-INVITE and UPDATE of the peer, hold and back', async () => {
    const { lab, peer, seat, call } = await talkingSeat()
    peer.send(inDialog(peer, seat, 'INVITE', 11, { body: sdp({ direction: 'sendonly', version: 2 }) }), seat.endpoint)
    await lab.clock.advance(5)
    expect(peer.last(/^SIP\/2\.0 200/).body).toContain('a=recvonly')
    expect(call.view()).toMatchObject({ isHeldByPeer: true, media: { direction: 'recvonly' } })
    // Before the ACK another offer has to wait (§14.2).
    peer.send(inDialog(peer, seat, 'INVITE', 12, { body: sdp({ version: 3 }) }), seat.endpoint)
    await lab.clock.advance(5)
    expect(peer.last(/^SIP\/2\.0 500/).header('Retry-After')).toMatch(/^\d+$/)
    peer.send(inDialog(peer, seat, 'ACK', 11), seat.endpoint)
    peer.send(inDialog(peer, seat, 'UPDATE', 13, { body: sdp({ version: 4, port: 42_000 }) }), seat.endpoint)
    await lab.clock.advance(5)
    expect(call.view()).toMatchObject({ isHeldByPeer: false, media: { direction: 'sendrecv', remote: { port: 42_000 } } })
  })

  it('holds and resumes, tries again after 491, and gives the call up without BYE on 481', async () => {
    const { lab, peer, seat, call } = await talkingSeat()
    const held = call.hold()
    await lab.clock.advance(5)
    expect(peer.last(/^INVITE/).body).toContain('a=sendonly')
    peer.send(reply(peer.last(/^INVITE/), '491 Request Pending'), seat.endpoint)
    await lab.clock.advance(2_500)
    const second = peer.last(/^INVITE/)
    expect(second.header('CSeq')).toBe('2 INVITE')
    peer.send(reply(second, '200 OK', { headers: ['Contact: <sip:x@10.0.0.9>'], body: sdp({ direction: 'recvonly' }) }), seat.endpoint)
    await lab.clock.advance(5)
    expect(await held).toEqual({ ok: true, value: undefined })
    expect(call.view()).toMatchObject({ isHeldHere: true, isHeldByPeer: false, media: { direction: 'sendonly' } })
    const resumed = call.resume()
    await lab.clock.advance(5)
    peer.send(reply(peer.last(/^INVITE/), '481 Gone'), seat.endpoint)
    await lab.clock.advance(5)
    expect((await resumed).ok).toBe(false)
    expect(call.view().end).toMatchObject({ endedBy: 'network', how: 'lost', sipCause: 481 })
    expect(peer.count(/^BYE/)).toBe(0)
  })

  it('refreshes the session when that is its part, and hangs up when the peer did not do its own (RFC 4028)', async () => {
    const peers = await talkingSeat({ headers: ['Supported: timer', 'Session-Expires: 90;refresher=uac'] })
    expect(peers.peer.last(/^SIP\/2\.0 200/).header('Session-Expires')).toBe('90;refresher=uac')
    await peers.lab.clock.advance(59_000)
    expect(peers.call.view().state).toBe('established')
    await peers.lab.clock.advance(2_000)
    expect(peers.call.view().end).toMatchObject({ endedBy: 'network', how: 'lost' })

    const own = await talkingSeat({ headers: ['Supported: timer', 'Allow: UPDATE, INVITE', 'Session-Expires: 90;refresher=uas'] })
    await own.lab.clock.advance(45_100)
    expect(own.peer.last(/^UPDATE/).header('Session-Expires')).toBe('90;refresher=uac')
  })

  it('reads digits from INFO', async () => {
    const { lab, peer, seat } = await talkingSeat()
    peer.send(
      inDialog(peer, seat, 'INFO', 11, { body: 'Signal=5\r\nDuration=160\r\n', contentType: 'application/dtmf-relay' }),
      seat.endpoint,
    )
    await lab.clock.advance(5)
    expect(seat.events.at(-1)).toMatchObject({ type: 'digitReceived', digit: '5', durationMs: 160 })
  })

  it('transfers blind: REFER, progress, BYE; data travels in the URI', async () => {
    const { lab, peer, seat, call } = await talkingSeat()
    const transferred = call.transfer('1007', { caseNo: 'AJ-1', userToUser: null, extra: {} })
    await lab.clock.advance(5)
    expect(peer.last(/^REFER/).header('Refer-To')).toBe('<sip:1007@hotline.test?X-Case-No=AJ-1>')
    peer.send(reply(peer.last(/^REFER/), '202 Accepted'), seat.endpoint)
    const notify = (sequence: number, status: string, state: string) =>
      inDialog(peer, seat, 'NOTIFY', sequence, {
        headers: ['Event: refer', `Subscription-State: ${state}`],
        body: `SIP/2.0 ${status}\r\n`,
        contentType: 'message/sipfrag;version=2.0',
      })
    peer.send(notify(11, '180 Ringing', 'active;expires=60'), seat.endpoint)
    await lab.clock.advance(5)
    expect(call.view().transfer).toBe('trying')
    peer.send(notify(12, '200 OK', 'terminated;reason=noresource'), seat.endpoint)
    await lab.clock.advance(5)
    expect(await transferred).toEqual({ ok: true, value: undefined })
    expect(peer.count(/^BYE/)).toBe(1)
    expect(call.view().end).toMatchObject({ endedBy: 'here', how: 'transferred' })
  })
})

describe('an outgoing call', () => {
  async function dialled() {
    const lab = createLab()
    const peer = lab.peer(1)
    const seat = lab.seat('1004')
    const made = await seat.agent.call('13800138000')
    if (!made.ok) throw new Error(made.error.code)
    await lab.clock.advance(5)
    return { lab, peer, seat, call: made.value }
  }

  it('answers the challenge, follows early media, and talks', async () => {
    const { lab, peer, seat, call } = await dialled()
    peer.send(
      reply(
        peer.last(/^INVITE/),
        '407 Proxy Authentication Required',
        { headers: ['Proxy-Authenticate: Digest realm="hotline.test", nonce="n1", qop="auth"'] },
        'x',
      ),
      seat.endpoint,
    )
    await lab.clock.advance(5)
    const invite = peer.last(/^INVITE/)
    expect(invite.header('Proxy-Authorization')).toContain('nc=00000001')
    expect(peer.last(/^ACK/).header('CSeq')).toBe('1 ACK')
    peer.send(
      reply(invite, '183 Session Progress', { headers: ['Contact: <sip:b@10.0.0.9>'], body: sdp({ port: 43_000 }) }, 'b'),
      seat.endpoint,
    )
    await lab.clock.advance(5)
    expect(call.view()).toMatchObject({ state: 'early', media: { remote: { port: 43_000 } } })
    peer.send(reply(invite, '200 OK', { headers: ['Contact: <sip:b@10.0.0.1:5060>'], body: sdp({ port: 43_000 }) }, 'b'), seat.endpoint)
    await lab.clock.advance(5)
    expect(call.view().state).toBe('established')
    expect(peer.last(/^ACK/).header('CSeq')).toBe('2 ACK')
    call.hangUp()
    await lab.clock.advance(5)
    expect(peer.count(/^BYE/)).toBe(1)
  })

  it('repeats the INVITE by timer A until something comes, and gives up by timer B', async () => {
    const { lab, peer, call } = await dialled()
    await lab.clock.advance(3_600)
    expect(peer.count(/^INVITE/)).toBe(4)
    await lab.clock.advance(30_000)
    expect(call.view().end).toMatchObject({ endedBy: 'network', how: 'noAnswer', sipCause: 408 })
  })

  it('acknowledges and hangs up a 200 that crossed its CANCEL', async () => {
    const { lab, peer, seat, call } = await dialled()
    const invite = peer.last(/^INVITE/)
    peer.send(reply(invite, '180 Ringing', { headers: ['Contact: <sip:b@10.0.0.9>'] }, 'b'), seat.endpoint)
    await lab.clock.advance(5)
    call.hangUp()
    peer.send(reply(invite, '200 OK', { headers: ['Contact: <sip:b@10.0.0.1>'], body: offerSdp }, 'b'), seat.endpoint)
    await lab.clock.advance(5)
    expect([peer.count(/^CANCEL/), peer.count(/^ACK/), peer.count(/^BYE/)]).toEqual([1, 1, 1])
    expect(call.view().end).toMatchObject({ endedBy: 'here', how: 'cancelled' })
  })

  it('talks to the fork that answers first and releases the other', async () => {
    const { lab, peer, seat, call } = await dialled()
    const invite = peer.last(/^INVITE/)
    for (const tag of ['b', 'c']) peer.send(reply(invite, '180 Ringing', { headers: ['Contact: <sip:b@10.0.0.1>'] }, tag), seat.endpoint)
    for (const tag of ['b', 'c'])
      peer.send(reply(invite, '200 OK', { headers: ['Contact: <sip:b@10.0.0.1>'], body: offerSdp }, tag), seat.endpoint)
    await lab.clock.advance(5)
    expect(peer.count(/^ACK/)).toBe(2)
    expect(peer.last(/^BYE/).header('To')).toContain('tag=c')
    expect(call.view().state).toBe('established')
  })

  it('acknowledges reliable progress in order, once each (RFC 3262 §4)', async () => {
    const { lab, peer, seat } = await dialled()
    const invite = peer.last(/^INVITE/)
    const progress = (rseq: number) =>
      reply(
        invite,
        '183 Session Progress',
        { headers: ['Contact: <sip:b@10.0.0.1>', 'Require: 100rel', `RSeq: ${rseq}`], body: offerSdp },
        'b',
      )
    for (const rseq of [7, 7, 9]) peer.send(progress(rseq), seat.endpoint)
    await lab.clock.advance(5)
    expect(peer.count(/^PRACK/)).toBe(1)
    expect(peer.last(/^PRACK/).header('RAck')).toBe('7 1 INVITE')
  })
})

function inDialogAck(to: string, seat: Seat): string {
  return compose(`ACK ${seat.uri} SIP/2.0`, {
    headers: [
      'Via: SIP/2.0/UDP 10.0.0.9:5060;branch=z9hG4bKa;rport',
      'From: <sip:13800138000@hotline.test>;tag=peer',
      `To: ${to}`,
      'Call-ID: call-1',
      'CSeq: 10 ACK',
    ],
  })
}
