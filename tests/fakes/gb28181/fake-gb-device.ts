import { createHash, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect, type Socket } from 'node:net'
import { gb18030 } from './gb18030'
import { packPicture, rtpPackets } from './program-stream'

/**
 * A recorder with channels as GB/T 28181 has them, with a SIP of its own: raw text, its own Digest, its own repetition. It registers, keeps alive, answers
 * for its catalogue in pieces, takes steering, and sends RTP/PS where an INVITE says. What goes wrong on its line is up to the test.
 */
export interface FakeGbDevice {
  readonly deviceId: string
  /** The final status of the last REGISTER. */
  register(options?: { readonly password?: string; readonly expires?: number; readonly algorithm?: 'MD5' | 'SHA-256' }): Promise<number>
  /** The status that it was answered with. */
  keepAlive(): Promise<number>
  message(body: string | Buffer): Promise<number>
  /** `PTZCmd` of each DeviceControl, with the channel. */
  readonly orders: readonly string[]
  /** Every request that came, as `METHOD channel`; repeated ones again. */
  readonly heard: readonly string[]
  /** What it sends now. */
  streams(): readonly {
    readonly channelId: string
    readonly address: string
    readonly port: number
    readonly ssrc: string
    readonly subject: string
  }[]
  /** Says goodbye to a picture of its own accord. */
  endStream(channelId: string): Promise<number>
  readonly answers: readonly string[]
  stop(): Promise<void>
}

export interface FakeChannel {
  readonly channelId: string
  readonly name: string
  readonly isOn?: boolean
  readonly position?: readonly [number, number]
  readonly ptzType?: number
  readonly parentId?: string
}

export interface FakeGbOptions {
  readonly deviceId: string
  readonly password: string
  readonly serverId: string
  readonly port: number
  readonly transport?: 'udp' | 'tcp'
  readonly channels: readonly FakeChannel[]
  /** Items in a message. */
  readonly piece?: number
  readonly encoding?: 'gb18030' | 'utf8'
  readonly declares?: string
  /** Pieces that are lost, by number, the first time the catalogue is asked. */
  readonly losesPieces?: readonly number[]
  /** How an INVITE is answered; `lateOk` sends 200 after a CANCEL. */
  readonly invite?: 'ok' | 'busy' | 'silent' | 'refusesMedia' | 'noContact'
  /** So many datagrams to it are lost first, of each method. */
  readonly losesRequests?: Readonly<Record<string, number>>
  /** So many of the ACKs are lost. */
  readonly losesAcks?: number
  readonly picture?: () => readonly Buffer[]
}

const md = (algorithm: string, text: string) =>
  createHash(algorithm === 'SHA-256' ? 'sha256' : 'md5')
    .update(text)
    .digest('hex')

export async function startFakeGbDevice(options: FakeGbOptions): Promise<FakeGbDevice> {
  const { deviceId, serverId, channels } = options
  const domain = serverId.slice(0, 10)
  const heard: string[] = []
  const orders: string[] = []
  const answers: string[] = []
  const waiting = new Map<string, (text: string) => void>()
  const dialogs = new Map<
    string,
    {
      channelId: string
      address: string
      port: number
      ssrc: string
      subject: string
      invite: string
      ok: string
      acked: boolean
      stop(): void
    }
  >()
  const lost = new Map(Object.entries(options.losesRequests ?? {}))
  let lostAcks = options.losesAcks ?? 0
  let cseq = 1
  let catalogs = 0
  const line = await openLine(options, (bytes) => receive(bytes))

  const headerOf = (text: string, name: string) => new RegExp(`^${name}\\s*:\\s*(.*)$`, 'im').exec(text)?.[1]?.trim() ?? ''
  const head = (first: string, callId: string, fromTag: string, toTag: string, sequence: string) => [
    first,
    `Via: SIP/2.0/${line.name} ${line.address}:${line.port};rport;branch=z9hG4bK${randomBytes(6).toString('hex')}`,
    `From: <sip:${deviceId}@${domain}>;tag=${fromTag}`,
    `To: <sip:${toTag === '' ? `${first.startsWith('REGISTER') ? deviceId : serverId}@${domain}>` : `${serverId}@${domain}>;tag=${toTag}`}`,
    `Call-ID: ${callId}`,
    `CSeq: ${sequence}`,
    'Max-Forwards: 70',
  ]

  function ask(lines: readonly string[], body: Buffer = Buffer.alloc(0)): Promise<string> {
    const bytes = Buffer.concat([Buffer.from([...lines, `Content-Length: ${body.length}`, '', ''].join('\r\n')), body])
    const branch = /branch=([^\s;]+)/.exec(lines.join('\n'))?.[1] ?? ''
    return new Promise((resolve, reject) => {
      let tries = 0
      const again = () => {
        tries += 1
        if (tries > 8) {
          clearInterval(timer)
          waiting.delete(branch)
          reject(new Error(`no answer to ${lines[0]}`))
        } else if (tries === 1 || line.name === 'UDP') line.send(bytes)
      }
      const timer = setInterval(again, 500)
      waiting.set(branch, (text) => {
        clearInterval(timer)
        waiting.delete(branch)
        answers.push(text)
        resolve(text)
      })
      again()
    })
  }
  const statusOf = (text: string) => Number(text.slice(8, 11))

  async function register({ password = options.password, expires = 3_600, algorithm = 'MD5' as 'MD5' | 'SHA-256' } = {}): Promise<number> {
    const callId = randomBytes(8).toString('hex')
    const uri = `sip:${serverId}@${domain}`
    const tag = randomBytes(4).toString('hex')
    const contact = [`Contact: <sip:${deviceId}@${line.address}:${line.port}>`, `Expires: ${expires}`]
    const first = await ask([...head(`REGISTER ${uri} SIP/2.0`, callId, tag, '', `${cseq++} REGISTER`), ...contact])
    if (statusOf(first) !== 401) return statusOf(first)
    const challenge = [...first.matchAll(/^WWW-Authenticate:\s*(.*)$/gim)]
      .map((match) => match[1] ?? '')
      .find((one) => one.includes(`algorithm=${algorithm}`))
    if (challenge === undefined) throw new Error(`${algorithm} is not offered`)
    const part = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(challenge)?.[1] ?? ''
    const cnonce = randomBytes(4).toString('hex')
    const secret = md(algorithm, `${deviceId}:${part('realm')}:${password}`)
    const response = md(algorithm, `${secret}:${part('nonce')}:00000001:${cnonce}:auth:${md(algorithm, `REGISTER:${uri}`)}`)
    const authorization = `Authorization: Digest username="${deviceId}", realm="${part('realm')}", nonce="${part('nonce')}", uri="${uri}", response="${response}", algorithm=${algorithm}, cnonce="${cnonce}", qop=auth, nc=00000001`
    return statusOf(await ask([...head(`REGISTER ${uri} SIP/2.0`, callId, tag, '', `${cseq++} REGISTER`), ...contact, authorization]))
  }

  const message = async (body: string | Buffer): Promise<number> => {
    const lines = head(
      `MESSAGE sip:${serverId}@${domain} SIP/2.0`,
      randomBytes(8).toString('hex'),
      randomBytes(4).toString('hex'),
      '',
      `${cseq++} MESSAGE`,
    )
    return statusOf(await ask([...lines, 'Content-Type: Application/MANSCDP+xml'], Buffer.isBuffer(body) ? body : encode(body)))
  }
  const encode = (text: string): Buffer => (options.encoding === 'utf8' ? Buffer.from(text) : gb18030(text))
  const xml = (root: string, inner: string) =>
    `<?xml version="1.0"${options.declares === undefined ? '' : ` encoding="${options.declares}"`}?>\r\n<${root}>\r\n${inner}\r\n</${root}>\r\n`

  async function answerCatalog(sn: string): Promise<void> {
    catalogs += 1
    const size = options.piece ?? 1
    for (let at = 0; at < Math.max(1, channels.length); at += size) {
      if (catalogs === 1 && options.losesPieces?.includes(at / size)) continue
      const items = channels
        .slice(at, at + size)
        .map(
          ({ channelId, name, isOn = true, position, ptzType, parentId }) =>
            `<Item>\r\n<DeviceID>${channelId}</DeviceID>\r\n<Name>${name}</Name>\r\n<Manufacturer>厂家</Manufacturer>\r\n<Parental>0</Parental>\r\n<ParentID>${parentId ?? deviceId}</ParentID>\r\n<Status>${isOn ? 'ON' : 'OFF'}</Status>${position ? `\r\n<Longitude>${position[0]}</Longitude>\r\n<Latitude>${position[1]}</Latitude>` : ''}\r\n<Info>\r\n<PTZType>${ptzType ?? 1}</PTZType>\r\n</Info>\r\n</Item>`,
        )
      await message(
        xml(
          'Response',
          `<CmdType>Catalog</CmdType>\r\n<SN>${sn}</SN>\r\n<DeviceID>${deviceId}</DeviceID>\r\n<SumNum>${channels.length}</SumNum>\r\n<DeviceList Num="${items.length}">\r\n${items.join('\r\n')}\r\n</DeviceList>`,
        ),
      )
    }
  }

  function reply(request: string, status: string, more: readonly string[] = [], body = ''): string {
    const vias = [...request.matchAll(/^Via:.*$/gim)].map(([via]) => via)
    const to = headerOf(request, 'To')
    const text = [
      `SIP/2.0 ${status}`,
      ...vias,
      `From: ${headerOf(request, 'From')}`,
      `To: ${to}${to.includes('tag=') || status.startsWith('100') ? '' : `;tag=${md('MD5', headerOf(request, 'Call-ID')).slice(0, 8)}`}`,
      `Call-ID: ${headerOf(request, 'Call-ID')}`,
      `CSeq: ${headerOf(request, 'CSeq')}`,
      ...more,
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n')
    line.send(Buffer.from(text))
    return text
  }

  function receive(bytes: Buffer) {
    const text = bytes.toString('latin1')
    if (text.startsWith('SIP/2.0 ')) {
      const branch = /branch=([^\s;]+)/.exec(text)?.[1] ?? ''
      if (!text.startsWith('SIP/2.0 1')) waiting.get(branch)?.(text)
      return
    }
    const [, method = '', channelId = ''] = /^(\w+) sip:(\d+)@/.exec(text) ?? []
    const left = lost.get(method) ?? 0
    if (left > 0) return void lost.set(method, left - 1)
    heard.push(`${method} ${channelId}`)
    if (method === 'MESSAGE') return receiveMessage(text, channelId)
    if (method === 'INVITE') return receiveInvite(text, channelId)
    const dialog = dialogs.get(headerOf(text, 'Call-ID'))
    if (method === 'ACK') {
      if (lostAcks > 0) lostAcks -= 1
      else if (dialog) dialog.acked = true
    } else if (method === 'BYE') {
      dialog?.stop()
      dialogs.delete(headerOf(text, 'Call-ID'))
      reply(text, dialog ? '200 OK' : '481 Call/Transaction Does Not Exist')
    } else reply(text, '200 OK')
  }

  function receiveMessage(text: string, channelId: string) {
    reply(text, '200 OK')
    const sn = /<SN>(\d+)<\/SN>/.exec(text)?.[1] ?? ''
    if (text.includes('<CmdType>Catalog<')) void answerCatalog(sn).catch(() => {})
    else if (text.includes('<CmdType>DeviceInfo<'))
      void message(
        xml(
          'Response',
          `<CmdType>DeviceInfo</CmdType>\r\n<SN>${sn}</SN>\r\n<DeviceID>${deviceId}</DeviceID>\r\n<Result>OK</Result>\r\n<DeviceName>路口录像机</DeviceName>\r\n<Manufacturer>厂家</Manufacturer>\r\n<Model>N8</Model>\r\n<Firmware>1.0</Firmware>`,
        ),
      ).catch(() => {})
    else if (text.includes('<PTZCmd>')) orders.push(`${channelId} ${/<PTZCmd>(\w+)</.exec(text)?.[1]}`)
  }

  function receiveInvite(text: string, channelId: string) {
    const callId = headerOf(text, 'Call-ID')
    const known = dialogs.get(callId)
    if (known) return line.send(Buffer.from(known.ok))
    if (options.invite === 'silent') return
    reply(text, '100 Trying')
    if (options.invite === 'busy') return void reply(text, '486 Busy Here')
    const address = /^c=IN IP4 (\S+)/m.exec(text)?.[1] ?? ''
    const [, port = '0', protocol = ''] = /^m=video (\d+) (\S+)/m.exec(text) ?? []
    const ssrc = /^y=(\d{10})/m.exec(text)?.[1] ?? ''
    const sdp = [
      ...['v=0', `o=${channelId} 0 0 IN IP4 ${line.address}`, 's=Play', `c=IN IP4 ${line.address}`, 't=0 0'],
      `m=video ${options.invite === 'refusesMedia' ? 0 : 30_000} ${protocol} 96`,
      ...['a=sendonly', 'a=rtpmap:96 PS/90000', `y=${ssrc}`, 'f=', ''],
    ].join('\r\n')
    const contact = options.invite === 'noContact' ? [] : [`Contact: <sip:${channelId}@${line.address}:${line.port}>`]
    const ok = reply(text, '200 OK', [...contact, 'Content-Type: application/sdp'], sdp)
    const stopSending =
      options.picture && options.invite !== 'refusesMedia' ? sendPictures(options.picture, address, Number(port), Number(ssrc)) : () => {}
    const dialog = {
      channelId,
      address,
      port: Number(port),
      ssrc,
      subject: headerOf(text, 'Subject'),
      invite: text,
      ok,
      acked: false,
      stop: () => {},
    }
    let delay = 500
    let timer: NodeJS.Timeout | undefined
    // RFC 3261 §13.3.1.4: the 200 is repeated until its ACK comes.
    const again = () => {
      if (dialog.acked) return
      line.send(Buffer.from(ok))
      delay = Math.min(delay * 2, 4_000)
      timer = setTimeout(again, delay)
    }
    timer = setTimeout(again, delay)
    dialog.stop = () => {
      clearTimeout(timer)
      stopSending()
    }
    dialogs.set(callId, dialog)
  }

  return {
    ...{ deviceId, register, message, orders, heard, answers },
    keepAlive: () =>
      message(xml('Notify', `<CmdType>Keepalive</CmdType>\r\n<SN>${cseq}</SN>\r\n<DeviceID>${deviceId}</DeviceID>\r\n<Status>OK</Status>`)),
    streams: () =>
      [...dialogs.values()].map(({ channelId, address, port, ssrc, subject }) => ({ channelId, address, port, ssrc, subject })),
    async endStream(channelId) {
      const found = [...dialogs].find(([, one]) => one.channelId === channelId)
      if (!found) throw new Error('no such stream')
      const [callId, dialog] = found
      dialog.stop()
      dialogs.delete(callId)
      const from = headerOf(dialog.ok, 'To')
      const lines = head(`BYE sip:${serverId}@${line.address} SIP/2.0`, callId, '', 'x', `${cseq++} BYE`)
      const mine = lines.map((one) =>
        one.startsWith('From:')
          ? `From: ${from.replace(channelId, deviceId)}`
          : one.startsWith('To:')
            ? `To: ${headerOf(dialog.invite, 'From')}`
            : one,
      )
      return statusOf(await ask(mine))
    },
    async stop() {
      for (const dialog of dialogs.values()) dialog.stop()
      dialogs.clear()
      await line.close()
    },
  }
}

function sendPictures(picture: () => readonly Buffer[], address: string, port: number, ssrc: number): () => void {
  const socket = createSocket('udp4')
  socket.on('error', () => {})
  let sequence = 0
  let timestamp = 0
  const timer = setInterval(() => {
    const units = picture()
    if (units.length === 0) return
    timestamp += 9_000
    const packets = rtpPackets(packPicture(units, timestamp), { sequence, timestamp, ssrc })
    sequence += packets.length
    for (const packet of packets) socket.send(packet, port, address)
  }, 100)
  return () => {
    clearInterval(timer)
    socket.close()
  }
}

interface Line {
  readonly name: 'UDP' | 'TCP'
  readonly address: string
  readonly port: number
  send(bytes: Buffer): void
  close(): Promise<void>
}

async function openLine(options: FakeGbOptions, receive: (bytes: Buffer) => void): Promise<Line> {
  const address = '127.0.0.1'
  if (options.transport === 'tcp') {
    const socket: Socket = await new Promise((resolve, reject) => {
      const made = connect(options.port, address, () => resolve(made))
      made.once('error', reject)
    })
    let kept = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      kept = Buffer.concat([kept, bytes])
      for (;;) {
        const end = kept.indexOf('\r\n\r\n')
        if (end < 0) return
        const total = end + 4 + Number(/^Content-Length:\s*(\d+)/im.exec(kept.toString('latin1', 0, end))?.[1] ?? 0)
        if (kept.length < total) return
        receive(kept.subarray(0, total))
        kept = kept.subarray(total)
      }
    })
    return {
      name: 'TCP',
      address,
      port: socket.localPort ?? 0,
      send: (bytes) => void socket.write(bytes),
      close: async () => void socket.destroy(),
    }
  }
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, address, resolve))
  socket.on('message', receive)
  let isClosed = false
  return {
    ...{ name: 'UDP', address, port: socket.address().port },
    send: (bytes) => !isClosed && socket.send(bytes, options.port, address),
    close: () =>
      new Promise((resolve) => {
        isClosed = true
        socket.close(() => resolve())
      }),
  }
}
