import { createSocket, type Socket } from 'node:dgram'

/** A caller that knows just enough to make a telephone ring and to give up: INVITE, CANCEL, ACK (RFC 3261 §13, §9, §17.1.1.3), over one UDP socket. */
export interface SipCaller {
  ring(whom: { readonly user: string; readonly port: number; readonly from?: string }): Ringing
  close(): void
}

export interface Ringing {
  /** When the INVITE went out, epoch ms with fractions. */
  readonly sentAt: number
  /** Milliseconds from the INVITE to the first 180. */
  readonly rang: Promise<number>
  /** Cancels, and waits for the answer to the INVITE. */
  giveUp(): Promise<void>
}

const patienceMs = 5_000
const someone = '13800138000'

export async function openSipCaller(): Promise<SipCaller> {
  const socket: Socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port: ownPort } = socket.address()
  const sdp = [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'],
    ...['m=audio 39000 RTP/AVP 8 101', 'a=rtpmap:8 PCMA/8000', 'a=rtpmap:101 telephone-event/8000', ''],
  ].join('\r\n')
  let number = 0
  let onAnswer: (text: string) => void = () => undefined
  socket.on('message', (bytes) => onAnswer(bytes.toString('latin1')))

  return {
    ring({ user, port, from = someone }) {
      number += 1
      const own = `bench-${number}`
      const uri = `sip:${user}@127.0.0.1:${port}`
      const send = (method: string, to: string, body = ''): void => {
        const lines = [
          `${method} ${uri} SIP/2.0`,
          `Via: SIP/2.0/UDP 127.0.0.1:${ownPort};branch=z9hG4bK${own};rport`,
          ...[`From: <sip:${from}@127.0.0.1>;tag=${own}`, to, `Call-ID: ${own}@127.0.0.1`, `CSeq: 1 ${method}`],
          ...['Max-Forwards: 70', `Contact: <sip:${from}@127.0.0.1:${ownPort}>`],
          ...(body === '' ? [] : ['Content-Type: application/sdp']),
          ...[`Content-Length: ${Buffer.byteLength(body)}`, '', body],
        ]
        socket.send(Buffer.from(lines.join('\r\n')), port, '127.0.0.1')
      }
      const to = `To: <${uri}>`
      const within = <T>(what: string, work: (resolve: (value: T) => void) => void): Promise<T> =>
        new Promise((resolve, reject) => {
          const late = setTimeout(() => reject(new Error(`${what} at ${uri} not within ${patienceMs} ms`)), patienceMs)
          work((value) => {
            clearTimeout(late)
            resolve(value)
          })
        })
      const sentMs = performance.now()
      let hasRung: (ms: number) => void = () => undefined
      let hasEnded: () => void = () => undefined
      const rang = within<number>('ringing', (resolve) => {
        hasRung = resolve
      })
      const ended = new Promise<void>((resolve) => {
        hasEnded = resolve
      })
      onAnswer = (text) => {
        if (!text.includes(`${own}@`)) return
        if (text.startsWith('SIP/2.0 180')) hasRung(performance.now() - sentMs)
        if (!/^SIP\/2\.0 [3-6]/.test(text)) return
        send('ACK', /^To: .*$/im.exec(text)?.[0] ?? to)
        hasEnded()
      }
      send('INVITE', to, sdp)
      return {
        sentAt: performance.timeOrigin + sentMs,
        rang,
        giveUp() {
          send('CANCEL', to)
          return within<void>('the end', (resolve) => void ended.then(resolve))
        },
      }
    },
    close: () => socket.close(),
  }
}
