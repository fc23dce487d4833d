import { createSocket, type Socket } from 'node:dgram'
import { EmitterImpl, type Invitation, Inviter, type Session, SessionState, TransportState, UserAgent } from 'sip.js/lib/api/index.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type InteropSeat, startSeat } from './interop-seat'
import { freePort } from './peers/free-port'
import { until } from './peers/process'

/** Calls with SIP.js, an independent user agent that needs no installation: the one peer that is there on every machine. */
const answerSdp = (port: number): string =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 8`,
    'a=rtpmap:8 PCMA/8000',
    'a=sendrecv',
    '',
  ].join('\r\n')

describe('calls with SIP.js', () => {
  let seat: InteropSeat
  let peer: Awaited<ReturnType<typeof startPeer>>
  beforeEach(async () => {
    const [peerPort, seatPort] = [await freePort(), await freePort()]
    peer = await startPeer(peerPort, seatPort)
    seat = startSeat({ account: '1004', exchangePort: peerPort, profile: { localPort: seatPort, optionsEveryS: 0, sessionTimerS: 0 } })
  })
  afterEach(async () => {
    await seat.stop('abrupt')
    await peer.stop()
  })

  it('are made, answered and ended by the other side', async () => {
    const made = await seat.agent.call('2001')
    if (!made.ok) throw new Error(made.error.code)
    await until('it rings there', () => peer.invitations.length === 1)
    await peer.invitations[0]?.accept()
    await seat.state(made.value, 'established')
    await until('acknowledged', () => peer.invitations[0]?.state === SessionState.Established)
    await peer.invitations[0]?.bye()
    await seat.state(made.value, 'ended')
    expect(made.value.view().end).toMatchObject({ endedBy: 'peer', how: 'bye' })
  })

  it('are refused, and given up', async () => {
    const refused = await seat.agent.call('2001')
    if (!refused.ok) throw new Error(refused.error.code)
    await until('it rings there', () => peer.invitations.length === 1)
    await peer.invitations[0]?.reject({ statusCode: 486 })
    await seat.state(refused.value, 'ended')
    expect(refused.value.view().end).toMatchObject({ endedBy: 'peer', how: 'rejected', sipCause: 486, q850Cause: 17 })
    const left = await seat.agent.call('2001')
    if (!left.ok) throw new Error(left.error.code)
    await until('it rings there', () => peer.invitations.length === 2)
    left.value.hangUp()
    await until('cancelled there', () => peer.invitations[1]?.state === SessionState.Terminated)
    await seat.state(left.value, 'ended')
  })

  it('come in, are held from both sides and ended here', async () => {
    seat.agent.register()
    await until('the socket is bound', () => seat.agent.registration().localAddress !== null)
    const inviter = peer.invite()
    const call = await seat.offered()
    call.ring()
    expect(await call.answer()).toMatchObject({ ok: true })
    expect(await call.hold()).toMatchObject({ ok: true })
    expect(await call.resume()).toMatchObject({ ok: true })
    // Our ACK may still be on its way: until it came SIP.js has no room for a re-INVITE of its own.
    await until('its own re-INVITE leaves', () =>
      inviter.invite().then(
        () => true,
        () => false,
      ),
    )
    await until(
      'its re-INVITE was acknowledged',
      () => seat.agent.trace().filter(({ direction, text }) => direction === 'in' && text.startsWith('ACK')).length === 2,
    )
    call.hangUp()
    await until('ended there', () => inviter.state === SessionState.Terminated)
  })
})

async function startPeer(port: number, seatPort: number) {
  const invitations: Invitation[] = []
  const sockets: Socket[] = []
  const uri = (text: string) => {
    const made = UserAgent.makeURI(text)
    if (!made) throw new Error(text)
    return made
  }
  /** SIP.js over a datagram socket: it knows no port in Via, so one is put in on the way out and taken out on the way in. */
  class UdpTransport {
    readonly protocol = 'UDP'
    state = TransportState.Disconnected
    readonly stateChange = new EmitterImpl<TransportState>()
    onConnect?: () => void
    onDisconnect?: (error?: Error) => void
    onMessage?: (message: string) => void
    readonly socket = createSocket('udp4')
    isConnected = () => this.state === TransportState.Connected
    async connect() {
      sockets.push(this.socket)
      await new Promise<void>((resolve) => this.socket.bind(port, '127.0.0.1', resolve))
      this.socket.on('message', (bytes) => {
        const text = bytes.toString('utf8')
        this.onMessage?.(text.startsWith('SIP/2.0') ? text.replace(/^(Via: SIP\/2\.0\/UDP [^\s;:]+):\d+/im, '$1') : text)
      })
      this.state = TransportState.Connected
      this.onConnect?.()
    }
    async disconnect() {}
    async dispose() {}
    async send(message: string) {
      const text = message.startsWith('SIP/2.0') ? message : message.replace(/^(Via: SIP\/2\.0\/UDP [^\s;:]+)/im, `$1:${port}`)
      this.socket.send(text, seatPort, '127.0.0.1')
    }
  }
  const agent = new UserAgent({
    uri: uri('sip:2001@hotline.test'),
    transportConstructor: UdpTransport as never,
    viaHost: '127.0.0.1',
    contactName: '2001',
    forceRport: true,
    logBuiltinEnabled: false,
    sessionDescriptionHandlerFactory: (() => ({
      close: () => {},
      getDescription: async () => ({ contentType: 'application/sdp', body: answerSdp(port + 1) }),
      hasDescription: (type: string) => type === 'application/sdp',
      setDescription: async () => {},
      sendDtmf: () => false,
    })) as never,
    delegate: { onInvite: (invitation) => void invitations.push(invitation) },
  })
  agent.contact.uri = uri(`sip:2001@127.0.0.1:${port};transport=udp`)
  await agent.start()
  return {
    invitations,
    invite: (): Session & Inviter => {
      const inviter = new Inviter(agent, uri(`sip:1004@127.0.0.1:${seatPort}`))
      void inviter.invite()
      return inviter
    },
    stop: async () => {
      await agent.stop().catch(() => {})
      for (const socket of sockets) socket.close()
    },
  }
}
